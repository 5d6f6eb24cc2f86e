import type { Api } from "grammy";
import type { AuditEntry } from "../../../domain/audit.ts";
import type { Case, Invoice, Link } from "../../../domain/invoice.ts";
import type { Letterbox, Posted, Purpose } from "../../desk.ts";
import { Undelivered } from "../../undelivered.ts";
import { cleanly, edited, NO_PREVIEW } from "../calls.ts";
import { newChatOf } from "../errors.ts";
import { type CardReader, renderCard, renderCase } from "./card.ts";
import { isNoPlace, type ManagerMessage, type Standing, write } from "./say.ts";

/** Tells managers in Telegram what became true. Every call may be repeated. What is not taken is thrown as `Undelivered`. */
export type ManagerNotifier = {
  /** The card of a link that was asked for in Telegram, as it must look now: a reply to what asked, edited in place. */
  card(invoice: Invoice, link: Link, url: string): Promise<void>;
  /** A case as a reply to the card of its link. */
  caseThread(invoice: Invoice, link: Link, about: { one: Case; entries: readonly AuditEntry[] }): Promise<void>;
};

type Parts = Omit<CardReader, "locale"> & { readonly api: Api; readonly letterbox: Letterbox };

export function createManagerNotifier(parts: Parts): ManagerNotifier {
  const { letterbox, api: _api, ...reader } = parts;
  return {
    card: cleanly<Parameters<ManagerNotifier["card"]>>(async (invoice, link, url) => {
      const { origin } = link;
      if (origin?.chat !== "telegram") return;
      const message = renderCard(invoice, link, { ...reader, locale: origin.locale, url });
      await publish(parts, { purpose: "card", subject: link.id, message, at: origin, otherwise: origin.user });
    }),
    caseThread: cleanly<Parameters<ManagerNotifier["caseThread"]>>(async (invoice, link, { one, entries }) => {
      const { origin } = link;
      if (origin?.chat !== "telegram") return;
      const card = await letterbox.find("card", link.id);
      if (!card) throw new Undelivered("The card of this case is not posted yet.", { again: true });
      const message = renderCase(invoice, one, { ...reader, locale: origin.locale, entries });
      const topic = card.channel === origin.channel ? origin.topic : null;
      const at = { channel: card.channel, topic, message: Number(card.message) };
      await publish(parts, { purpose: "case_thread", subject: one.id, message, at, otherwise: origin.user });
    }),
  };
}

/** One message of ours; `otherwise` is whose private chat gets it when nobody can be told where it belongs. */
type Wanted = {
  readonly purpose: Purpose;
  readonly subject: string;
  readonly message: ManagerMessage;
  readonly at: Standing;
  readonly otherwise: string;
};

/**
 * Edits the message when it is known and says something else now; writes it when it is not known or cannot be edited. Telegram
 * does not tell what an unanswered call did: then the message may stand twice, and the later one is the one that is edited.
 */
async function publish({ api, letterbox }: Parts, wanted: Wanted): Promise<void> {
  const { purpose, subject, message } = wanted;
  const posted = await letterbox.find(purpose, subject);
  const content = JSON.stringify(message);
  if (posted?.content === content) return;
  const stands = posted && (await rewritten(api, posted, message)) ? posted : await placed(api, wanted);
  await letterbox.keep(purpose, subject, { channel: stands.channel, message: stands.message, content });
}

type Stands = Pick<Posted, "channel" | "message">;

async function rewritten(api: Api, { channel, message }: Stands, { text, ...rest }: ManagerMessage): Promise<boolean> {
  try {
    return await edited(api.editMessageText(channel, Number(message), text, { ...rest, ...NO_PREVIEW }));
  } catch (error) {
    if (isNoPlace(error) || newChatOf(error) !== undefined) return false;
    throw error;
  }
}

/** Where it belongs; in a group that became a supergroup under its new id, without a message of the old one to reply to. */
async function placed(api: Api, { at, message, otherwise }: Wanted): Promise<Stands> {
  const stand = async (standing: Standing): Promise<Stands> => ({
    channel: standing.channel,
    message: String(await write(api, standing, message)),
  });
  try {
    return await stand(at);
  } catch (error) {
    const moved = newChatOf(error);
    if (moved !== undefined) return stand({ channel: String(moved), topic: null, message: null });
    if (!isNoPlace(error)) throw error;
    return stand({ channel: otherwise, topic: null, message: null });
  }
}
