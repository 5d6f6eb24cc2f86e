import type { Logger } from "pino";
import type { Letterbox } from "../../bots/desk.ts";
import { Undelivered } from "../../bots/undelivered.ts";
import { nameOf, type Case, type Invoice, type Link } from "../../domain/invoice.ts";
import { sayCase } from "../../domain/words/cases.ts";
import type { HeardHint } from "../delivery/payload.ts";
import type { Deliverers } from "../delivery/routes.ts";
import type { Locale } from "../../domain/locale.ts";
import type { Parts } from "./parts.ts";
import type { Inbox } from "../store/inbox.ts";
import { hearHint } from "../usecases/hear-hint.ts";
import { noteUnreachable } from "../usecases/note-unreachable.ts";
import type { Needs } from "../usecases/needs.ts";
import type { assembleSlack } from "./slack.ts";
import type { assembleTelegram } from "./telegram.ts";

type Hung = {
  readonly needs: Needs;
  readonly slack: ReturnType<typeof assembleSlack>;
  readonly telegram: ReturnType<typeof assembleTelegram>;
  readonly inbox: Inbox;
  readonly letterbox: Letterbox;
  readonly parts: Parts;
  readonly invoicePaid: Deliverers["invoicePaid"];
  readonly log: Logger;
};

/** Armenia is the first market: a customer of whom nobody knows the language is spoken to in Armenian. */
const UNKNOWN_CUSTOMER: Locale = "hy";

/** The bots' notifiers and the edges' handlers, as the outbox's routes want them. */
export function createDeliverers(hung: Hung): Deliverers {
  const { needs, slack, telegram, invoicePaid } = hung;
  const url = (link: Link): string => needs.pageUrl(link.token);
  return {
    card: (invoice, link, repeat) =>
      link.origin?.chat === "telegram"
        ? telegram.managerNotifier.card(invoice, link, url(link))
        : slack.notifier.card(invoice, link, { url: url(link), repeat }),
    caseThread: async (invoice, link, one, repeat) => {
      const entries = await needs.books.entries(invoice);
      await (link.origin?.chat === "telegram"
        ? telegram.managerNotifier.caseThread(invoice, link, { one, entries })
        : slack.notifier.caseThread(invoice, link, { one, entries, repeat }));
    },
    caseOps: (invoice, one, repeat) => tellOps(hung, invoice, one, repeat),
    ...customerDeliverers(hung),
    invoicePaid,
    ...inboxDeliverers(hung),
  };
}

function customerDeliverers(hung: Hung): Pick<Deliverers, "customer" | "receipt"> {
  const { needs, telegram } = hung;
  const to = async (invoice: Invoice, link: Link): Promise<{ chat: string; locale: Locale } | undefined> => {
    const chat = await needs.invitations.chatOfLink(link.id);
    if (chat === undefined) return undefined;
    const locale = (await telegram.chats.of(chat)) ?? link.language ?? invoice.customer.language ?? UNKNOWN_CUSTOMER;
    return { chat, locale };
  };
  return {
    customer: async (invoice, link) => {
      const recipient = await to(invoice, link);
      if (!recipient) return missed(needs, link);
      const there = { ...recipient, url: needs.pageUrl(link.token) };
      await reaching(hung, link, recipient.chat, () => telegram.notifier.customer(invoice, link, there));
    },
    receipt: async (invoice, link, id) => {
      const recipient = await to(invoice, link);
      const payment = invoice.payments.find((one) => one.id === id);
      if (!recipient || payment?.home !== "applied") return;
      await reaching(hung, link, recipient.chat, () => telegram.notifier.receipt(invoice, payment, recipient));
    },
  };
}

/** The chat shut us out after the manager was told that the link goes there: a send is never silently lost. */
async function missed(needs: Needs, { id, state }: Link): Promise<void> {
  if (state === "active") await noteUnreachable(needs, id, "blocked");
}

/** A customer who shut the bot out is not a failed message: the send says so, and the manager is told once. */
async function reaching({ needs, telegram }: Hung, link: Link, chat: string, tell: () => Promise<void>): Promise<void> {
  try {
    await tell();
  } catch (error) {
    if (!(error instanceof Undelivered) || error.reach === "fine") throw error;
    await telegram.chats.reach(chat, false);
    await noteUnreachable(needs, link.id, error.reach === "blocked" ? "blocked" : "failed");
  }
}

function inboxDeliverers({ needs, slack, telegram, inbox }: Hung): Pick<Deliverers, "slack" | "telegram" | "webhook"> {
  const hearAgain = async (id: string): Promise<HeardHint> => {
    const { source, body, headers, receivedAt } = await inbox.read(id);
    const provider = source.replace(WEBHOOK_SOURCE, "");
    const reading = needs.providers.hear(provider, body, headers, receivedAt);
    if (reading?.is === "hint") return { provider, hint: reading.hint };
    throw new Error(`inbox ${id} was kept as genuine and now is ${reading?.is ?? "nobody's"}`);
  };
  const bodyOf = async (id: string): Promise<unknown> => JSON.parse((await inbox.read(id)).body.toString("utf8"));
  return {
    slack: async (id) => slack.handle(await bodyOf(id)),
    telegram: async (id) => telegram.handle(await bodyOf(id)),
    webhook: async ({ inbox: id, heard }, requestId, last) => {
      const { provider, hint } = heard ?? (await hearAgain(id));
      await hearHint(needs, hint, { provider, requestId, last });
    },
  };
}

/** How the inbox calls what a provider sent. */
const WEBHOOK_SOURCE = /^webhook:/;

/** Ops hear of a case in every channel they have; in Telegram it is said once, since nothing can be pressed there yet. */
async function tellOps(hung: Hung, invoice: Invoice | null, one: Case, repeat: boolean): Promise<void> {
  const { slack, telegram, letterbox, needs, log } = hung;
  const slackOps = hung.parts.slack.opsChannel;
  const telegramOps = hung.parts.telegram.opsChat;
  if (slackOps === null && telegramOps === null) {
    log.warn({ case: one.id, kind: one.kind }, "a case was opened and there is no ops channel: set SLACK_OPS_CHANNEL");
  }
  const entries = invoice ? await needs.books.entries(invoice) : [];
  if (slackOps !== null) await slack.notifier.caseOps(invoice, slackOps, { one, entries, repeat });
  if (telegramOps === null || (await letterbox.find("case_ops", `telegram:${one.id}`))) return;
  const context = {
    locale: "en" as const,
    timeZone: needs.policy.timeZone,
    invoiceName: invoice ? nameOf(invoice) : "",
  };
  const text = sayCase(one, context);
  await telegram.notifier.ops(telegramOps, text);
  await letterbox.keep("case_ops", `telegram:${one.id}`, { channel: telegramOps, message: "", content: text });
}
