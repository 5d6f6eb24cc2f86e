import { describe, expect, test } from "vitest";
import { createManagerNotifier } from "../../bots/telegram/managers/notify.ts";
import { MANAGER_WORDS, type ManagerWords } from "../../bots/telegram/managers/words.ts";
import type { Case, Invoice, TelegramOrigin } from "../../domain/invoice.ts";
import { LOCALES } from "../../domain/locale.ts";
import { languageFaults } from "../domain/words-language.ts";
import { SPEC_PRESENT, telegramViolations } from "../specs/telegram-spec.ts";
import {
  ANI,
  aLink,
  anInvoice,
  aPayment,
  createLetterbox,
  customerStory,
  MANAGERS,
  PAY_URL,
  TIME_ZONE,
} from "./telegram-story.ts";

const LINK = "0197a5c2-0000-7000-8000-000000000001";

/** A link that was asked for in a topic of the managers' group, and the one who tells of it. */
async function asked(change: Partial<TelegramOrigin> = {}) {
  const story = await customerStory();
  story.knows(ANI);
  const { message } = story.sandbox.sends({ userId: ANI, chatId: MANAGERS, threadId: 7, text: "/paylink INV-1042" });
  const origin: TelegramOrigin = {
    chat: "telegram",
    channel: String(MANAGERS),
    topic: 7,
    message: message.message_id,
    user: String(ANI),
    locale: "en",
    ...change,
  };
  const link = aLink({ id: LINK, origin, sends: [] });
  const letterbox = createLetterbox();
  const notifier = createManagerNotifier({ api: story.bot.api, letterbox, timeZone: TIME_ZONE });
  const card = (invoice: Invoice) => notifier.card(invoice, invoice.links[0] ?? link, PAY_URL);
  return {
    ...story,
    message,
    origin,
    letterbox,
    notifier,
    link,
    card,
    owed: anInvoice({ links: [link] }),
    group: () => story.shown(MANAGERS),
    misspoken: () => (SPEC_PRESENT ? telegramViolations(story.sandbox.wire()) : []),
  };
}

const aCase = (more: Partial<Case> = {}): Case => ({
  id: "case-1",
  kind: "link_stale",
  cause: "link-1",
  state: "open",
  link: LINK,
  details: {},
  openedAt: new Date("2026-11-24T10:15:00Z"),
  resolution: null,
  ...more,
});

describe("the card of a link that was asked for in Telegram", () => {
  test("is a reply to what asked, with the page, without a preview, and with the buttons that make sense", async () => {
    await using story = await asked();
    await story.card(story.owed);
    const [card] = story.group();
    expect(card).toMatchObject({
      message_thread_id: 7,
      reply_to_message: { message_id: story.message.message_id },
      link_preview_options: { is_disabled: true },
    });
    expect(card?.text).toContain(PAY_URL);
    expect(card?.text).toContain("Status: Awaiting payment");
    expect(story.buttons(MANAGERS).map(({ callback_data }) => callback_data)).toEqual(
      ["send", "reissue", "cancel", "why"].map((verb) => `pl:${verb}:${LINK}`),
    );
    expect(story.misspoken()).toEqual([]);
  });

  test("is edited in place when what it says changes, and left alone when it does not", async () => {
    await using story = await asked();
    await story.card(story.owed);
    await story.card(story.owed);
    const link = { ...story.link, state: "paid" } as const;
    await story.card({ ...story.owed, links: [link], payments: [aPayment({ link: LINK })] });
    expect(story.group()).toHaveLength(1);
    expect(story.group()[0]?.text).toContain("Status: Paid");
    expect(story.group()[0]?.text).not.toContain(PAY_URL);
    expect(story.methods()).toEqual(["sendMessage", "editMessageText"]);
    expect(story.misspoken()).toEqual([]);
  });

  test("was deleted: it is written anew, also where the command is gone too", async () => {
    await using story = await asked();
    await story.card(story.owed);
    story.sandbox.deletesMessage(MANAGERS, story.group()[0]?.message_id ?? 0);
    story.sandbox.deletesMessage(MANAGERS, story.message.message_id);
    await story.card({ ...story.owed, links: [{ ...story.link, stale: true }] });
    expect(story.group()).toHaveLength(1);
  });

  test("its topic or its group is no more: it stands with the person who asked, and is edited there", async () => {
    await using story = await asked();
    story.sandbox.deletesTopic(MANAGERS, 7);
    await story.card(story.owed);
    story.sandbox.removesBot(MANAGERS);
    await story.card({ ...story.owed, links: [{ ...story.link, stale: true }] });
    expect(story.shown(ANI)).toHaveLength(1);
    expect(story.shown(ANI)[0]?.history).toHaveLength(1);
    expect(story.group()).toEqual([]);
  });

  test("its group became a supergroup: it stands there under the new id", async () => {
    const old = -4242;
    await using story = await asked({ channel: String(old), topic: null });
    const { newChatId } = story.sandbox.migrates(old);
    await story.card(story.owed);
    expect(story.shown(newChatId)).toHaveLength(1);
    expect(await story.letterbox.find("card", LINK)).toMatchObject({ channel: String(newChatId) });
  });

  test("nobody can be reached any more: it is given up with a reason, and not tried for ever", async () => {
    await using story = await asked();
    story.sandbox.removesBot(MANAGERS);
    story.sandbox.blocks(ANI);
    await expect(story.card(story.owed)).rejects.toMatchObject({ name: "Undelivered", again: false, reach: "blocked" });
  });

  test("a CRM that holds whatever it likes: Telegram takes the card, and nothing of it is markup", async () => {
    await using story = await asked();
    const purpose = "<b>&amp; *x* _y_ [z](http://e.vil)</b> ".repeat(200);
    const customer = { id: "c", name: `${"Ա".repeat(400)}\n\u0000`, language: null };
    const link = { ...story.link, purpose };
    const cases = Array.from({ length: 9 }, (_, at) => aCase({ id: `case-${at}`, details: { name: "x".repeat(900) } }));
    await story.card({ ...story.owed, purpose, customer, links: [link], cases });
    const [card] = story.group();
    expect(card?.text?.length).toBeLessThanOrEqual(4096);
    expect(card?.text).toContain("<b>&amp; *x*");
    expect(card?.entities?.filter(({ type }) => type === "bold")).toHaveLength(1);
    expect(story.misspoken()).toEqual([]);
  });
});

describe("a case of such a link", () => {
  test("is a reply to the card, and the same message until it is resolved", async () => {
    await using story = await asked();
    await story.card(story.owed);
    const [card] = story.group();
    const tell = (one: Case) => story.notifier.caseThread(story.owed, story.link, { one, entries: [] });
    await tell(aCase());
    await tell(aCase({ state: "resolved", resolution: { action: "dismiss", reason: "agreed", by: "Lilit" } }));
    const [, told] = story.group();
    expect(story.group()).toHaveLength(2);
    expect(told).toMatchObject({ message_thread_id: 7, reply_to_message: { message_id: card?.message_id } });
    expect(told?.text).toMatch(/\(resolved\).*Lilit/s);
    expect(story.misspoken()).toEqual([]);
  });

  test("waits for its card", async () => {
    await using story = await asked();
    const told = story.notifier.caseThread(story.owed, story.link, { one: aCase(), entries: [] });
    await expect(told).rejects.toMatchObject({ name: "Undelivered", again: true });
  });
});

describe.each(LOCALES)("what only managers in Telegram hear, in %s", (locale) => {
  const said = (words: ManagerWords): string[] =>
    Object.values(words).map((word: string | ((...names: string[]) => string)) =>
      typeof word === "string" ? word : word("Ani", "Ani"),
    );

  test("is in that language", () => {
    const latin = new Set(["unlink"]);
    const faults = said(MANAGER_WORDS[locale]).flatMap((text) => languageFaults(text, locale));
    expect(faults.filter((fault) => !latin.has(fault.split(" ").at(-1) ?? ""))).toEqual([]);
  });
});
