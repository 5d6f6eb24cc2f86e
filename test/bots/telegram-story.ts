import type { FrontDoor, Letterbox, Posted } from "../../bots/desk.ts";
import { createTelegramBot } from "../../bots/telegram/bot.ts";
import type { ManagerDoors } from "../../bots/telegram/managers/doors.ts";
import { createTelegramNotifier } from "../../bots/telegram/notify.ts";
import type { Visit } from "../../domain/desk.ts";
import type { Invoice, Link, Payment, Send } from "../../domain/invoice.ts";
import type { Locale } from "../../domain/locale.ts";
import type { Money } from "../../domain/money.ts";
import type { TelegramOptions } from "../../src/sandbox/telegram/telegram.ts";
import { ANI, KAREN, MANAGERS, telegram, TOKEN } from "../sandbox/telegram-story.ts";

export { ANI, KAREN, MANAGERS, TOKEN };
export const TIME_ZONE = "Asia/Yerevan";
export const PAY_URL = "https://pay.example.am/p/Zm9vYmFyYmF6cXV4MTIzNA";
export const INVITATION = "AbCdEfGhIjKlMnOpQrStUv";

export const drams = (whole: number): Money => ({ minor: BigInt(whole) * 100n, currency: "AMD" });

const AT = new Date("2026-11-24T09:00:00Z");

export function aSend(id: string, channel: Send["channel"] = "telegram"): Send {
  return { id, key: id, at: AT, by: "Mariam", channel, outcome: "sent" };
}

export function aLink(more: Partial<Link> = {}): Link {
  return {
    id: "link-1",
    token: "Zm9vYmFyYmF6cXV4MTIzNA",
    state: "active",
    stale: false,
    part: false,
    amount: drams(15_000),
    purpose: "Delivery of 3 chairs",
    language: null,
    expiresAt: new Date("2026-11-27T19:59:59Z"),
    issuedBy: { kind: "manager", id: "slack:T1:U1", name: "Mariam" },
    issuedAt: AT,
    origin: null,
    sends: [aSend("send-1")],
    ...more,
  };
}

export function aPayment(more: Partial<Payment> = {}): Payment {
  return {
    id: "payment-1",
    attempt: "attempt-1",
    link: "link-1",
    provider: "vpos",
    dispute: null,
    fiscal: "none",
    reference: "RRN-634812",
    bankReference: null,
    amount: drams(15_000),
    refunded: drams(0),
    home: "applied",
    paidAt: new Date("2026-11-24T10:15:00Z"),
    ...more,
  };
}

export function anInvoice(more: Partial<Invoice> = {}): Invoice {
  return {
    id: "invoice-1",
    crm: "book",
    kind: "invoice",
    number: "INV-1042",
    amount: drams(15_000),
    purpose: "Delivery of 3 chairs",
    customer: { id: "c-1", name: "Ani Petrosyan", language: null },
    owner: null,
    state: "open",
    url: null,
    links: [aLink()],
    attempts: [],
    payments: [],
    cases: [],
    ...more,
  };
}

/** A letterbox in memory. */
export function createLetterbox(): Letterbox {
  const box = new Map<string, Posted>();
  return {
    find: async (purpose, subject) => box.get(`${purpose} ${subject}`),
    keep: async (purpose, subject, posted) => void box.set(`${purpose} ${subject}`, posted),
  };
}

/** A product in which nobody's account is linked, and no group is one of managers. */
export const NO_MANAGERS: ManagerDoors = {
  mayAskIn: () => false,
  accounts: {
    open: async () => ({ is: "unknown" }),
    leave: async () => "never",
    personOf: async () => undefined,
  },
  whoIs: async () => undefined,
  desk: async () => ({ kind: "list", invoices: [] }),
  invoiceOf: async () => undefined,
  letterbox: createLetterbox(),
  timeZone: TIME_ZONE,
  pageUrl: () => PAY_URL,
};

/** Karen's phone, the bot, and the product behind it: a front door that knows one invitation. */
export async function customerStory(options: Partial<TelegramOptions> = {}, managers: Partial<ManagerDoors> = {}) {
  const story = await telegram({ secondMs: 10, ...options });
  const { sandbox } = story;
  const visits: Visit[] = [];
  const reached: string[] = [];
  const chosen = new Map<string, Locale>();
  const frontDoor: FrontDoor = async (visit) => {
    visits.push(visit);
    const language = visit.language ?? "hy";
    return visit.token === INVITATION ? { kind: "shown", language } : { kind: "unknown_token", language };
  };
  const bot = createTelegramBot({
    token: TOKEN,
    apiRoot: sandbox.apiRoot,
    frontDoor,
    languages: {
      of: async (chat) => chosen.get(chat),
      choose: async (chat, locale) => void chosen.set(chat, locale),
    },
    requestId: () => "request-1",
    managers: { ...NO_MANAGERS, ...managers },
    reach: async (chat, reachable) => void reached.push(`${chat} ${reachable ? "reachable" : "unreachable"}`),
  });

  let offset = 1;
  /** Hands the bot everything that waits at Telegram, as the worker would. */
  const deliver = async (times = 1): Promise<void> => {
    const { result } = await story.call("getUpdates", { offset });
    for (const update of Array.isArray(result) ? result : []) {
      offset = Number(update.update_id) + 1;
      for (let time = 0; time < times; time += 1) await bot.handle(update);
    }
  };
  const fromBot = (chat: number) => sandbox.chat(chat).filter(({ from, deleted }) => from?.is_bot && !deleted);
  return {
    ...story,
    bot,
    visits,
    reached,
    deliver,
    notifier: createTelegramNotifier({ api: bot.api, letterbox: createLetterbox(), timeZone: TIME_ZONE }),
    /** Somebody writes in private, and the bot has heard it. */
    writes: async (text: string, userId: number = KAREN, languageCode = "en") => {
      sandbox.sends({ userId, text, languageCode });
      await deliver();
    },
    /** Presses Start, so that the bot may write, and is told nothing of it. */
    knows: (userId: number = KAREN): void => {
      const { updateId } = sandbox.sends({ userId, text: "hello" });
      offset = (updateId ?? 0) + 1;
    },
    /** What the bot has said in a chat. */
    said: (chat: number = KAREN) => fromBot(chat).map(({ text }) => text ?? ""),
    shown: (chat: number = KAREN) => fromBot(chat),
    buttons: (chat: number = KAREN) =>
      fromBot(chat).flatMap(({ reply_markup }) => reply_markup?.inline_keyboard.flat() ?? []),
    methods: () => sandbox.wire().flatMap(({ method }) => (method === "getUpdates" ? [] : [method])),
  };
}
