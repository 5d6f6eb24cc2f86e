import type { WebClient } from "@slack/web-api";
import type { AuditEntry } from "../../domain/audit.ts";
import type { Case, Invoice, Link, SlackOrigin } from "../../domain/invoice.ts";
import type { Locale } from "../../domain/locale.ts";
import type { Expecting } from "../../domain/schedule.ts";
import type { Letterbox, Posted, Purpose } from "../desk.ts";
import { Undelivered } from "../undelivered.ts";
import type { Words } from "./blocks.ts";
import { renderCard } from "./card.ts";
import { renderCase } from "./case-card.ts";
import { fingerprint } from "./fingerprint.ts";
import { directMessage, findOurs, post, type Stamp } from "./messages.ts";
import { delivering, isOneOf, NO_PLACE, NOT_EDITABLE, THREAD_GONE } from "./refused.ts";

export type SlackNotifierOptions = {
  readonly client: WebClient;
  readonly letterbox: Letterbox;
  readonly timeZone: string;
  /** The language of the ops channel. */
  readonly opsLocale?: Locale;
  /** When the next part of an invoice is due. */
  readonly expecting?: Expecting;
  readonly caseUrl?: (caseId: string) => string;
};

/** A case with the history it is told from. `repeat`: an earlier try may have succeeded without our knowing. */
type Told = { readonly one: Case; readonly entries: readonly AuditEntry[]; readonly repeat: boolean };

/** One message of ours: what it is about, what it says in a place, and where it belongs. */
type Message = {
  readonly purpose: Purpose;
  readonly subject: string;
  readonly stamp: Stamp;
  readonly wordsIn: (channel: string) => Words;
  readonly channel: string;
  readonly thread?: string;
  /** Who gets it in a direct message when the channel cannot be written to. */
  readonly user?: string;
  /** Not earlier than this: where the search for a message that may already be there begins. */
  readonly since: Date;
  /** An earlier try to post it may have succeeded without our knowing. */
  readonly repeat: boolean;
};

/**
 * Tells Slack what became true. Each message exists once and is edited in place; a call is made only when what it says has
 * changed. Whatever fails leaves as `Undelivered`, which says whether the same may be tried again.
 */
export function createSlackNotifier(options: SlackNotifierOptions) {
  const { letterbox, timeZone, opsLocale = "en", caseUrl, expecting } = options;
  const rendering = { timeZone, ...(caseUrl ? { caseUrl } : {}), ...(expecting ? { expecting } : {}) };

  return {
    /** The manager's card, in the channel where the link was asked for. A link from elsewhere has none. */
    async card(invoice: Invoice, link: Link, { url, repeat }: { url: string; repeat: boolean }): Promise<void> {
      const { origin } = link;
      if (origin?.chat !== "slack") return;
      const card = { ...rendering, url, locale: origin.locale };
      const wordsIn: Message["wordsIn"] = (channel) =>
        renderCard(invoice, link, { ...card, elsewhere: channel !== origin.channel });
      await publish(options, { ...cardMessage(link, origin), wordsIn, repeat });
    },

    /** The case as a reply under the card of its link. */
    async caseThread(invoice: Invoice, link: Link, { one, entries, repeat }: Told): Promise<void> {
      if (link.origin?.chat !== "slack") return;
      const card = await letterbox.find("card", link.id);
      if (!card) throw new Undelivered("The card of this case is not posted yet.", { again: true });
      const words = renderCase(invoice, one, { ...rendering, entries, locale: link.origin.locale });
      const place = { channel: card.channel, thread: card.message };
      await publish(options, { ...caseMessage(one, "case_thread"), ...place, wordsIn: () => words, repeat });
    },

    /** The case in the channel of ops, where every case of every invoice stands. `invoice` null: money without one. */
    async caseOps(invoice: Invoice | null, channel: string, { one, entries, repeat }: Told): Promise<void> {
      const words = renderCase(invoice, one, { ...rendering, entries, locale: opsLocale });
      await publish(options, { ...caseMessage(one, "case_ops"), channel, wordsIn: () => words, repeat });
    },
  };
}

const cardMessage = ({ id, issuedAt }: Link, { channel, user }: SlackOrigin) => ({
  purpose: "card" as const,
  subject: id,
  stamp: { event_type: "paythread_card", event_payload: { link: id } },
  channel,
  user,
  since: issuedAt,
});

const caseMessage = ({ id, openedAt }: Case, purpose: "case_thread" | "case_ops") => ({
  purpose,
  subject: id,
  stamp: { event_type: "paythread_case", event_payload: { case: id } },
  since: openedAt,
});

/** Edits the message when it is known and says something else now; posts it when it is not known or cannot be edited. */
async function publish({ letterbox, client }: SlackNotifierOptions, message: Message): Promise<void> {
  const { purpose, subject } = message;
  const known = await letterbox.find(purpose, subject);
  if (known && known.content === contentOf(known.channel, message)) return;
  await delivering(async () => {
    const stands =
      known && (await edited(client, known, message)) ? known : await placed(client, message, known?.message);
    const { channel, message: ts } = stands;
    await letterbox.keep(purpose, subject, { channel, message: ts, content: contentOf(channel, message) });
  });
}

type Standing = Pick<Posted, "channel" | "message">;

const contentOf = (channel: string, { wordsIn }: Message): string => fingerprint(JSON.stringify(wordsIn(channel)));

/** False: nobody can edit it any more, it is gone or too old. */
async function edited(client: WebClient, { channel, message: ts }: Standing, { wordsIn }: Message): Promise<boolean> {
  const { text, blocks } = wordsIn(channel);
  try {
    await client.chat.update({ channel, ts, text, blocks: [...blocks] });
    return true;
  } catch (error) {
    if (isOneOf(error, [...NOT_EDITABLE, ...NO_PLACE])) return false;
    throw error;
  }
}

/** In its channel; where the app may not write, in a direct message to the one who asked. */
async function placed(client: WebClient, message: Message, except: string | undefined): Promise<Standing> {
  const { channel, user } = message;
  try {
    return await placedIn(client, message, { channel, except });
  } catch (error) {
    if (user === undefined || !isOneOf(error, NO_PLACE)) throw error;
    return placedIn(client, message, { channel: await directMessage(client, user), except });
  }
}

/** Takes over what an earlier try left there, or posts. A thread that is gone is no reason to be silent. */
async function placedIn(
  client: WebClient,
  message: Message,
  { channel, except }: { readonly channel: string; readonly except: string | undefined },
): Promise<Standing> {
  const { stamp, thread, since, wordsIn, repeat } = message;
  const left = repeat ? await findOurs(client, channel, { stamp, thread, since, except }) : undefined;
  if (left !== undefined && (await edited(client, { channel, message: left }, message)))
    return { channel, message: left };
  const words = wordsIn(channel);
  try {
    return { channel, message: await post(client, channel, { words, stamp, thread }) };
  } catch (error) {
    if (thread === undefined || !isOneOf(error, THREAD_GONE)) throw error;
    return { channel, message: await post(client, channel, { words, stamp }) };
  }
}
