import { describe, expect, test } from "vitest";
import { WORDS } from "../../bots/telegram/words.ts";
import type { Answer, Request } from "../../domain/desk.ts";
import { sayHelp } from "../../domain/words/help.ts";
import { isMariam, managers, words } from "./telegram-managers-story.ts";
import { aLink, ANI, anInvoice, KAREN, MANAGERS, PAY_URL } from "./telegram-story.ts";

const HELP = `${sayHelp("en")}\n\n${words.byName("paythread_bot")}`;

const refusal: Answer = { kind: "refused", invoiceName: "INV-1042", because: "not_allowed", who: "Karen" };

describe("a linked manager asks in a group of managers", () => {
  test("the desk hears the person of Slack and the way it came; the answer is a reply to the command, in its topic", async () => {
    await using story = await managers();
    const asked = await story.asks("list", { threadId: 7 });
    const [request] = story.requests;
    expect(request?.by).toEqual({ ...isMariam.asker, via: "telegram" });
    expect(request?.ask).toEqual({ want: "list" });
    expect(request?.origin).toEqual({
      chat: "telegram",
      channel: String(MANAGERS),
      topic: 7,
      message: asked.message_id,
      user: String(ANI),
      locale: "en",
    });
    expect(story.group()).toMatchObject([
      {
        text: "You have no open payment links.",
        message_thread_id: 7,
        reply_to_message: { message_id: asked.message_id },
      },
    ]);
    expect(story.misspoken()).toEqual([]);
  });

  test("the same command delivered twice carries the same key, so the desk acts once", async () => {
    await using story = await managers();
    await story.asks("send INV-1042", { times: 2 });
    const [first, second] = story.requests;
    expect(first?.key).toMatch(/^telegram:7000000001:\d+$/);
    expect([second?.key, second?.requestId]).toEqual([first?.key, first?.key]);
  });

  test("in the general topic, as a reply: the thread of a reply is no topic, and the answer stands there", async () => {
    await using story = await managers({ chats: [String(MANAGERS)] });
    const first = await story.asks("list");
    await story.asks("list", { replyTo: first.message_id });
    expect(story.requests.map(({ origin }) => origin?.chat === "telegram" && origin.topic)).toEqual([null, null]);
    expect(story.groupSaid()).toHaveLength(2);
  });

  test("no words and help are answered with how to type, a slip of the pen with what was not understood", async () => {
    await using story = await managers();
    await story.asks("");
    await story.asks("help");
    await story.asks("INV-1042 tomorrow");
    await story.asks("telegram");
    expect(story.groupSaid().slice(0, 2)).toEqual([HELP, HELP]);
    expect(story.groupSaid()[2]).toContain("“tomorrow”");
    expect(story.groupSaid()[3]).toBe(words.typedInSlack);
    expect(story.requests).toEqual([]);
  });

  test("who has chosen no language and has none of ours is answered in that of Slack", async () => {
    await using story = await managers();
    story.sandbox.sends({ userId: ANI, chatId: MANAGERS, text: "/paylink@paythread_bot help", languageCode: "fr" });
    await story.deliver();
    expect(story.groupSaid()).toEqual([expect.stringContaining(sayHelp("ru"))]);
  });

  test("a fresh link is not spoken of: its card is the answer; an older one is, with where its card stands", async () => {
    const link = aLink({ id: "other" });
    const issued = { kind: "issued", invoice: anInvoice({ links: [link] }), link, unheeded: [] } as const;
    let already = false;
    await using story = await managers({ answer: () => ({ ...issued, already }) });
    await story.asks("INV-1042");
    expect(story.groupSaid()).toEqual([]);
    already = true;
    await story.asks("INV-1042");
    expect(story.groupSaid()[0]).toMatch(
      /already issued by Mariam.*\nhttps:\/\/pay.*\nStatus: .*\n.*\/paylink why INV-1042/,
    );
    expect(story.groupSaid()[0]).toContain(PAY_URL);
    await story.letterbox.keep("card", "other", { channel: String(MANAGERS), message: "55", content: "" });
    await story.asks("INV-1042");
    expect(story.groupSaid()[1]).toContain("https://t.me/c/1234567890/55");
  });

  test("its own link, delivered once more, is not called an older one", async () => {
    let origin: Request["origin"] = null;
    await using story = await managers({
      answer: (request) => {
        const already = origin !== null;
        origin = request.origin;
        const link = aLink({ origin });
        return { kind: "issued", invoice: anInvoice({ links: [link] }), link, already, unheeded: [] };
      },
    });
    await story.asks("INV-1042", { times: 2 });
    expect(story.requests).toHaveLength(2);
    expect(story.groupSaid()).toEqual([]);
  });
});

describe("an answer is for one person's eyes", () => {
  test("a refusal is said in private, with the request id, and the group hears nothing", async () => {
    await using story = await managers({ answer: () => refusal });
    await story.asks("send INV-1042");
    expect(story.said(ANI)[0]).toMatch(/INV-1042.*\nRequest id: telegram:7000000001:\d+$/s);
    expect(story.groupSaid()).toEqual([]);
  });

  test("where the bot may not write in private, the group hears that and the request id, and nothing of what was asked", async () => {
    await using story = await managers({ answer: () => refusal });
    story.sandbox.blocks(ANI);
    await story.asks("send INV-1042");
    expect(story.groupSaid()[0]).toMatch(/^Not done\. .*\nRequest id: telegram:7000000001:\d+$/);
    expect(story.groupSaid()[0]).not.toMatch(/INV|Karen/);
  });

  test("the address that makes its opener the customer goes to the manager alone", async () => {
    const url = "https://t.me/paythread_bot?start=AbCdEfGhIjKlMnOpQrStUv";
    await using story = await managers({
      answer: () => ({ kind: "invited", invoice: anInvoice(), link: aLink(), url }),
    });
    await story.asks("send INV-1042");
    expect(story.said(ANI)[0]).toContain(url);
    expect(story.groupSaid()).toEqual([words.inPrivate]);
  });

  test("the topic was deleted meanwhile: the answer finds the person in private", async () => {
    await using story = await managers();
    story.sandbox.sends({ userId: ANI, chatId: MANAGERS, threadId: 7, text: "/paylink@paythread_bot list" });
    story.sandbox.deletesTopic(MANAGERS, 7);
    await story.deliver();
    expect(story.said(ANI)).toHaveLength(1);
    expect(story.groupSaid()).toEqual([]);
  });
});

describe("somebody may not ask", () => {
  test("an account that nobody has linked is told how to, and the desk hears nothing", async () => {
    await using story = await managers();
    await story.asks("cancel INV-1042 no reason", { userId: KAREN });
    expect(story.groupSaid()).toEqual([words.howToLink]);
    expect(story.requests).toEqual([]);
  });

  test("an anonymous administrator is asked to write in person", async () => {
    await using story = await managers();
    await story.asks("cancel INV-1042 no reason", { anonymously: true });
    expect(story.groupSaid().at(-1)).toBe(words.asYourself);
    expect(story.requests).toEqual([]);
  });

  test("what a channel says in its group is nobody's word, whatever account Telegram writes it with", async () => {
    await using story = await managers();
    const text = "/paylink cancel INV-1042 no reason";
    const chat = { id: MANAGERS, type: "supergroup", title: "Managers" };
    const from = { id: ANI, is_bot: false, first_name: "Telegram" };
    const said = {
      message_id: 1,
      date: 1,
      chat,
      from,
      sender_chat: { id: -100_777, type: "channel", title: "News" },
      text,
    };
    await story.bot.handle({
      update_id: 1,
      message: { ...said, entities: [{ type: "bot_command", offset: 0, length: 8 }] },
    });
    expect(story.groupSaid()).toEqual([words.asYourself]);
    expect(story.requests).toEqual([]);
  });

  test("words that a manager only passes on are not the manager's", async () => {
    await using story = await managers();
    const said = {
      message_id: 1,
      date: 2,
      chat: { id: MANAGERS, type: "supergroup", title: "Managers" },
      from: { id: ANI, is_bot: false, first_name: "Ani" },
      forward_origin: { type: "user", date: 1, sender_user: { id: KAREN, is_bot: false, first_name: "Karen" } },
      text: "/paylink cancel INV-1042 no reason",
    };
    await story.bot.handle({
      update_id: 1,
      message: { ...said, entities: [{ type: "bot_command", offset: 0, length: 8 }] },
    });
    expect(story.groupSaid()).toEqual([words.asYourself]);
    expect(story.requests).toEqual([]);
  });

  test.each([
    ["Slack cannot be asked", undefined, /Slack could not be asked/],
    ["the account in Slack is closed", "gone" as const, /Request id/],
  ])("%s: nothing is done, and it is said in private", async (_what, known, says) => {
    await using story = await managers({ slack: () => known });
    await story.asks("cancel INV-1042 no reason");
    expect(story.said(ANI)[0]).toMatch(says);
    expect(story.groupSaid()).toEqual([]);
    expect(story.requests).toEqual([]);
  });

  test.each([
    ["a group that is not listed", [], undefined],
    ["another topic than the listed one", [`${MANAGERS}/8`], 7],
    ["the general topic, where one topic is listed", [`${MANAGERS}/7`], undefined],
  ])("in %s the bot does not know the command", async (_where, chats, threadId) => {
    await using story = await managers({ chats });
    await story.asks("list", threadId === undefined ? {} : { threadId });
    expect(story.groupSaid()).toEqual([]);
    expect(story.requests).toEqual([]);
  });

  test("in the listed topic it does", async () => {
    await using story = await managers({ chats: [`${MANAGERS}/7`] });
    await story.asks("list", { threadId: 7 });
    expect(story.requests).toHaveLength(1);
  });

  test("in private a customer gets a customer's help, and only who is linked hears of a managers' group", async () => {
    await using story = await managers();
    await story.writes("/paylink INV-1042", KAREN);
    await story.writes("/unlink", KAREN);
    expect(story.said(KAREN)).toEqual([WORDS.en.help, WORDS.en.notUnderstood]);
    await story.writes("/paylink INV-1042", ANI);
    expect(story.said(ANI)).toEqual([words.askInGroup]);
  });
});

describe("an account is linked", () => {
  test.each([`/start ${"M".repeat(22)}`, "M".repeat(22), `https://t.me/paythread_bot?start=${"M".repeat(22)}`])(
    "by Start, or the code pasted: %s",
    async (text) => {
      await using story = await managers();
      await story.writes(text, KAREN);
      expect(story.said(KAREN)).toEqual([words.linked(`Mariam ${KAREN}`)]);
      expect(story.visits).toEqual([]);
    },
  );

  test("not in a group, where everybody reads the code", async () => {
    await using story = await managers();
    story.sandbox.sends({ userId: KAREN, chatId: MANAGERS, text: `/start@paythread_bot ${"M".repeat(22)}` });
    await story.deliver();
    expect(story.groupSaid()).toEqual([]);
  });

  test("and unlinked by /unlink", async () => {
    await using story = await managers();
    await story.writes("/unlink", ANI);
    expect(story.said(ANI)).toEqual([words.unlinked("Mariam")]);
  });
});
