import { createServer } from "node:http";
import { HTTPReceiver, LogLevel } from "@slack/bolt";
import type { Desk, Keep, Letterbox, Posted } from "../../bots/desk.ts";
import { createSlackApp } from "../../bots/slack/app.ts";
import { slackClient } from "../../bots/slack/client.ts";
import { createSlackHandler } from "../../bots/slack/handle.ts";
import { createSlackNotifier } from "../../bots/slack/notify.ts";
import { createSlackPeople } from "../../bots/slack/people.ts";
import type { TelegramAccounts } from "../../bots/slack/telegram-account.ts";
import type { Answer, Request } from "../../domain/desk.ts";
import type { Attempt, Case, Invoice, Link, Payment, Send } from "../../domain/invoice.ts";
import type { Money } from "../../domain/money.ts";
import { createSlackSandbox } from "../../src/sandbox/slack/slack.ts";

export const TIME_ZONE = "Asia/Yerevan";
export const PAGE = "https://pay.example.am/p/Zm9vYmFyYmF6cXV4MTIzNA";
const TOKEN = "xoxb-the-token-of-this-test";
const SECRET = "the signing secret of this test";

const drams = (whole: number): Money => ({ minor: BigInt(whole) * 100n, currency: "AMD" });
const justNow = () => new Date(Date.now() - 60_000);

export const aSend = (more: Partial<Send> = {}): Send => ({
  id: "send-1",
  key: "send-1",
  at: justNow(),
  by: "Mariam",
  channel: "telegram",
  outcome: "sent",
  ...more,
});

export const aLink = (more: Partial<Link> = {}): Link => ({
  id: "link-1",
  token: "Zm9vYmFyYmF6cXV4MTIzNA",
  state: "active",
  stale: false,
  part: false,
  amount: drams(15_000),
  purpose: "Delivery of 3 chairs",
  language: null,
  expiresAt: new Date("2026-11-27T19:59:59Z"),
  issuedBy: { kind: "manager", id: "slack:T0SANDBOX:U1ANI", name: "Ani" },
  issuedAt: justNow(),
  origin: { chat: "slack", channel: "C1SALES", user: "U1ANI", locale: "en" },
  sends: [],
  ...more,
});

export const anAttempt = (more: Partial<Attempt> = {}): Attempt => ({
  id: "attempt-1",
  link: "link-1",
  number: 1,
  provider: "vpos",
  account: "main",
  state: "pending",
  reference: "P-1",
  checkoutUrl: null,
  checkoutExpiresAt: null,
  lookups: 0,
  requestIds: [],
  openedAt: justNow(),
  ...more,
});

export const aPayment = (more: Partial<Payment> = {}): Payment => ({
  id: "payment-1",
  attempt: "attempt-1",
  link: "link-1",
  provider: "vpos",
  reference: "P-1",
  bankReference: null,
  amount: drams(15_000),
  refunded: drams(0),
  home: "applied",
  dispute: null,
  fiscal: "none",
  paidAt: justNow(),
  ...more,
});

export const aCase = (more: Partial<Case> = {}): Case => ({
  id: "case-1",
  kind: "link_stale",
  cause: "link-1",
  state: "open",
  link: "link-1",
  details: {},
  openedAt: justNow(),
  resolution: null,
  ...more,
});

export const anInvoice = (more: Partial<Invoice> = {}): Invoice => ({
  id: "invoice-1",
  crm: "book",
  kind: "invoice",
  number: "INV-1042",
  amount: drams(15_000),
  purpose: "Delivery of 3 chairs",
  customer: { id: "c1", name: "Karen", language: "hy" },
  owner: null,
  state: "open",
  url: null,
  links: [aLink()],
  attempts: [],
  payments: [],
  cases: [],
  ...more,
});

/** A letterbox in memory. */
export function letterbox(): Letterbox & { readonly all: Map<string, Posted> } {
  const all = new Map<string, Posted>();
  return {
    all,
    find: async (purpose, subject) => all.get(`${purpose} ${subject}`),
    keep: async (purpose, subject, posted) => void all.set(`${purpose} ${subject}`, posted),
  };
}

const nothing = () => undefined;
const silent = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  setName: nothing,
  getLevel: () => LogLevel.ERROR,
};

type Kept = Parameters<Keep>[0];
type Setup = {
  answer?: (request: Request) => Answer;
  keep?: Keep;
  scopes?: string[];
  telegram?: TelegramAccounts;
};

/** Nobody's account in Telegram is linked, and nobody's can be. */
export const NO_TELEGRAM: TelegramAccounts = {
  invite: async () => {
    throw new Error("this story has no Telegram");
  },
  endAll: async () => 0,
};

/** A workspace on this machine with our bot in it, over real HTTP; the desk answers as the test says. */
export async function slackWorld({ answer, keep, scopes, telegram }: Setup = {}) {
  const kept = new Map<string, Kept>();
  const requests: Request[] = [];
  const keepOnce: Keep = async (delivery) => void (kept.has(delivery.key) || kept.set(delivery.key, delivery));
  const desk: Desk = async (request) => {
    requests.push(request);
    return answer?.(request) ?? { kind: "list", invoices: [] };
  };

  let eventsUrl = "";
  const slack = createSlackSandbox({
    botToken: TOKEN,
    signingSecret: SECRET,
    eventsUrl: () => eventsUrl,
    people: [
      { id: "U1ANI", name: "ani", realName: "Ani Petrosyan", locale: "hy-AM" },
      { id: "U2BORIS", name: "boris", locale: "ru-RU" },
      { id: "U3GUEST", name: "guest", isRestricted: true },
      { id: "U4OTHER", name: "partner", teamId: "T9OTHER" },
      { id: "U5ENG", name: "eve", locale: "en-US" },
    ],
    channels: [
      { id: "C1SALES", name: "sales" },
      { id: "C2UNJOINED", name: "random", botIsMember: false },
      { id: "C3OLD", name: "old", isArchived: true },
      { id: "C9OPS", name: "ops" },
    ],
    eventRetryDelaysMs: [0, 0, 0],
    ...(scopes ? { scopes } : {}),
  });
  await slack.start();
  const slackApiUrl = slack.apiUrl;
  const client = slackClient({ token: TOKEN, slackApiUrl, timeoutMs: 1000, logger: silent });
  const people = createSlackPeople({ client, team: slack.team.id });
  const box = letterbox();
  const handler = createSlackHandler({
    client,
    people,
    desk,
    letterbox: box,
    telegram: telegram ?? NO_TELEGRAM,
    timeZone: TIME_ZONE,
    pageUrl: () => PAGE,
    slackApiUrl,
  });

  const server = await listen({ keep: keep ?? keepOnce, people, slackApiUrl });
  eventsUrl = server.url;
  return {
    slack,
    kept,
    requests,
    box,
    handler,
    notifier: createSlackNotifier({ client, letterbox: box, timeZone: TIME_ZONE }),
    /** What the worker does: everything kept is handled once. */
    async work(): Promise<void> {
      for (const { body } of kept.values()) await handler.handle(JSON.parse(JSON.stringify(body)));
      kept.clear();
    },
    calls: (method: string) => slack.wire().filter(({ kind, name }) => kind === "web_api" && name === method),
    async [Symbol.asyncDispose]() {
      await slack.stop();
      await server.close();
    },
  };
}

type Listening = { keep: Keep; people: ReturnType<typeof createSlackPeople>; slackApiUrl: string };

async function listen({ keep, people, slackApiUrl }: Listening) {
  const receiver = new HTTPReceiver({
    signingSecret: SECRET,
    logger: silent,
    endpoints: ["/slack/events"],
    processBeforeResponse: true,
    unhandledRequestTimeoutMillis: 2500,
  });
  const authorize = async () => ({ botToken: TOKEN, botId: "B0PAYTHREAD", botUserId: "U0PAYTHREAD" });
  const { languageOf } = people;
  await createSlackApp({ receiver, authorize, logger: silent, keep, languageOf, slackApiUrl }).init();
  const server = createServer(receiver.requestListener);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/slack/events`,
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
