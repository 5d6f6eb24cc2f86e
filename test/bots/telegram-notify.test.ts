import { describe, expect, test } from "vitest";
import { WORDS } from "../../bots/telegram/words.ts";
import type { Invoice, Link } from "../../domain/invoice.ts";
import { SPEC_PRESENT, telegramViolations } from "../specs/telegram-spec.ts";
import { aLink, ANI, anInvoice, aPayment, aSend, customerStory, KAREN, MANAGERS, PAY_URL } from "./telegram-story.ts";

const TO = { chat: String(KAREN), locale: "en", url: PAY_URL } as const;

/** Karen has met the bot and has the link in her chat. */
async function toldOfTheLink(invoice: Invoice = anInvoice(), link: Link = aLink()) {
  const story = await customerStory();
  story.knows();
  await story.notifier.customer(invoice, link, TO);
  return story;
}

const PAID = anInvoice({ payments: [aPayment()] });
const PAID_LINK = aLink({ state: "paid" });

describe("a link is sent to its customer", () => {
  test("they get one message with the Pay button, and Telegram does not look at our page", async () => {
    await using story = await toldOfTheLink();
    expect(story.said()).toHaveLength(1);
    expect(story.buttons()).toEqual([{ text: "Pay", url: PAY_URL }]);
    expect(story.shown()[0]?.link_preview_options).toEqual({ is_disabled: true });
  });

  test("told again of the same, Telegram is not even asked", async () => {
    await using story = await toldOfTheLink();
    await story.notifier.customer(anInvoice(), aLink(), TO);
    expect(story.methods()).toEqual(["sendMessage"]);
  });

  test("paid: the same message is edited in place and its button is gone", async () => {
    await using story = await toldOfTheLink();
    await story.notifier.customer(PAID, PAID_LINK, TO);
    expect(story.said()).toEqual([expect.stringContaining("✅ Paid.")]);
    expect(story.buttons()).toEqual([]);
    expect(story.methods()).toEqual(["sendMessage", "editMessageText"]);
  });

  test("sent once more: a new message, and the old one has no button any longer", async () => {
    await using story = await toldOfTheLink();
    const resent = aLink({ sends: [aSend("send-1"), aSend("copy", "copy"), aSend("send-2")] });
    await story.notifier.customer(anInvoice({ links: [resent] }), resent, TO);
    expect(story.shown().map(({ reply_markup }) => reply_markup !== undefined)).toEqual([false, true]);

    await story.notifier.customer(PAID, { ...resent, state: "paid" }, TO);
    expect(story.said().map((text) => text.includes("Paid"))).toEqual([false, true]);
    expect(story.buttons()).toEqual([]);
  });

  test("shown before its delivery is recorded: the record changes nothing, and a resend is a new message", async () => {
    await using story = await toldOfTheLink(anInvoice(), aLink({ sends: [aSend("copy", "copy")] }));
    const arrived = aLink({ sends: [aSend("copy", "copy"), aSend("send-1")] });
    await story.notifier.customer(anInvoice(), arrived, TO);
    expect(story.said()).toHaveLength(1);
    expect(story.buttons()).toHaveLength(1);
    await story.notifier.customer(anInvoice(), aLink({ sends: [...arrived.sends, aSend("send-2")] }), TO);
    expect(story.said()).toHaveLength(2);
  });

  test("handed to the manager once more: the customer's chat is left alone", async () => {
    await using story = await toldOfTheLink();
    const copied = aLink({ sends: [aSend("send-1"), aSend("copy", "copy")] });
    await story.notifier.customer(anInvoice(), copied, TO);
    expect(story.methods()).toEqual(["sendMessage"]);
  });

  test("the customer moved to another chat: the message stands there", async () => {
    await using story = await toldOfTheLink();
    story.knows(ANI);
    await story.notifier.customer(anInvoice(), aLink(), { ...TO, chat: String(ANI) });
    expect(story.buttons(ANI)).toHaveLength(1);
  });
});

describe("a link ends before anybody was given it", () => {
  test("its customer hears nothing", async () => {
    await using story = await customerStory();
    story.knows();
    await story.notifier.customer(anInvoice(), aLink({ state: "cancelled", sends: [] }), TO);
    expect(story.said()).toEqual([]);
  });

  test("but whoever was handed its address and opens it too late is told", async () => {
    await using story = await customerStory();
    story.knows();
    await story.notifier.customer(anInvoice(), aLink({ state: "expired", sends: [aSend("copy", "copy")] }), TO);
    expect(story.said()).toEqual([expect.stringContaining(WORDS.en.standing.expired)]);
  });
});

describe("the chat is not as we left it", () => {
  test("the message was deleted: it is written anew, and edited there afterwards", async () => {
    await using story = await toldOfTheLink();
    const { message_id } = story.shown()[0] ?? { message_id: 0 };
    story.sandbox.deletesMessage(KAREN, message_id);
    await story.notifier.customer(PAID, PAID_LINK, TO);
    expect(story.said()).toEqual([expect.stringContaining("✅ Paid.")]);

    await story.notifier.customer(anInvoice({ payments: [aPayment({ home: "refunded" })] }), PAID_LINK, TO);
    expect(story.said()).toEqual([expect.stringContaining("refunded")]);
  });

  test("an edit was carried out and its answer lost: the repeat is a success", async () => {
    await using story = await toldOfTheLink();
    story.sandbox.faults.add("editMessageText", { is: "answer_lost" });
    await expect(story.notifier.customer(PAID, PAID_LINK, TO)).rejects.toMatchObject({ again: true });
    await story.notifier.customer(PAID, PAID_LINK, TO);
    expect(story.said()).toEqual([expect.stringContaining("✅ Paid.")]);
  });

  test("the customer shut the bot out: the send is blocked, and repeating is no use", async () => {
    await using story = await customerStory();
    story.knows();
    story.sandbox.blocks(KAREN);
    const told = story.notifier.customer(anInvoice(), aLink(), TO);
    await expect(told).rejects.toMatchObject({ name: "Undelivered", reach: "blocked", again: false });
  });

  test("there is no such chat", async () => {
    await using story = await customerStory();
    const told = story.notifier.customer(anInvoice(), aLink(), { ...TO, chat: "123456" });
    await expect(told).rejects.toMatchObject({ name: "Undelivered", reach: "gone", again: false });
  });

  test("Telegram asks us to wait: how long is handed to the worker", async () => {
    await using story = await toldOfTheLink();
    const parameters = { retry_after: 3 };
    const description = "Too Many Requests: retry after 3";
    story.sandbox.faults.add("editMessageText", { is: "error", status: 429, description, parameters });
    const told = story.notifier.customer(PAID, PAID_LINK, TO);
    await expect(told).rejects.toMatchObject({ again: true, retryAfterSeconds: 3, reach: "fine" });
  });
});

describe("an invoice is paid", () => {
  test("its customer gets one receipt for the payment, however often it is told", async () => {
    await using story = await toldOfTheLink();
    await story.notifier.receipt(PAID, aPayment(), TO);
    await story.notifier.receipt(PAID, aPayment(), TO);
    expect(story.said().filter((text) => text.startsWith(WORDS.en.receipt.title))).toHaveLength(1);
  });
});

describe("ops are told in Telegram", () => {
  test("a text beyond the limit is cut, so that an alarm always arrives", async () => {
    await using story = await customerStory();
    await story.notifier.ops(String(MANAGERS), "x".repeat(9000));
    expect(story.said(MANAGERS)[0]).toHaveLength(4096);
  });

  test("the group became a supergroup: the alarm goes to its new id", async () => {
    await using story = await customerStory();
    const { newChatId } = story.sandbox.migrates(story.oldGroup);
    await story.notifier.ops(String(story.oldGroup), "The provider is silent.");
    expect(story.said(newChatId)).toEqual(["The provider is silent."]);
  });
});

describe.skipIf(!SPEC_PRESENT)("everything said to customers (skipped without Telegram's published contract)", () => {
  test("is what Telegram's documentation allows", async () => {
    await using story = await toldOfTheLink(anInvoice(), aLink({ purpose: "Աթոռ ".repeat(2000) }));
    const resent = aLink({ sends: [aSend("send-1"), aSend("send-2")] });
    await story.notifier.customer(anInvoice(), resent, TO);
    await story.notifier.customer(PAID, { ...resent, state: "paid" }, TO);
    await story.notifier.receipt(PAID, aPayment(), TO);
    expect(story.methods()).toEqual([
      "sendMessage",
      "editMessageReplyMarkup",
      "sendMessage",
      "editMessageText",
      "sendMessage",
    ]);
    expect(telegramViolations(story.sandbox.wire())).toEqual([]);
  });
});
