import type { Api } from "grammy";
import { z } from "zod";
import type { Invoice, Link, Payment } from "../../domain/invoice.ts";
import type { Locale } from "../../domain/locale.ts";
import type { Letterbox, Posted } from "../desk.ts";
import { cleanly, edited, NO_PREVIEW } from "./calls.ts";
import { newChatOf } from "./errors.ts";
import { fit, LONGEST_TEXT } from "./fit.ts";
import { type CustomerMessage, renderCustomer, renderReceipt } from "./message.ts";
import { standingOf } from "./standing.ts";

export type Recipient = { readonly chat: string; readonly locale: Locale };

/** Tells people in Telegram. Every call may be repeated. What Telegram does not take is thrown as `Undelivered`. */
export type TelegramNotifier = {
  /** The customer's message of a link as it must look now: written, edited in place, or left alone. */
  customer(invoice: Invoice, link: Link, to: Recipient & { readonly url: string }): Promise<void>;
  /** Once for each payment. */
  receipt(invoice: Invoice, payment: Payment, to: Recipient): Promise<void>;
  /** A plain text to a chat of ours. */
  ops(chat: string, text: string): Promise<void>;
};

export type NotifierParts = { readonly api: Api; readonly letterbox: Letterbox; readonly timeZone: string };

export function createTelegramNotifier({ api, letterbox, timeZone }: NotifierParts): TelegramNotifier {
  return {
    customer: cleanly<Parameters<TelegramNotifier["customer"]>>(async (invoice, link, { chat, locale, url }) => {
      const posted = await letterbox.find("customer", link.id);
      if (!posted && neverGiven(invoice, link)) return;
      const message = renderCustomer(invoice, link, { locale, timeZone, url });
      const content = contentOf(link, message);
      if (posted?.channel === chat && posted.content === content) return;
      const id = await bringUpToDate(api, posted, { chat, message, content });
      await letterbox.keep("customer", link.id, { channel: chat, message: String(id), content });
    }),
    receipt: cleanly(async (invoice, payment, { chat, locale }) => {
      if (await letterbox.find("receipt", payment.id)) return;
      const message = renderReceipt(invoice, payment, { locale, timeZone });
      const id = await write(api, chat, message);
      await letterbox.keep("receipt", payment.id, { channel: chat, message: String(id), content: message.text });
    }),
    ops: cleanly(async (chat, text) => announce(api, chat, fit(text, LONGEST_TEXT))),
  };
}

/** A link that no person was ever given, and that cannot be paid any more, is no news to its customer. */
const neverGiven = (invoice: Invoice, link: Link): boolean =>
  link.sends.length === 0 && standingOf(invoice, link) !== "payable";

/** What the letterbox keeps: all that was shown, and the delivery it was shown for. */
const contentOf = (link: Link, message: CustomerMessage): string =>
  JSON.stringify({ send: link.sends.findLast(({ channel }) => channel === "telegram")?.id ?? null, ...message });

const keptContent = z.looseObject({ send: z.string().nullable() });

/**
 * A resend is a new message, or the customer would not notice it: then the old one loses its button first. A message that
 * was written before any delivery was recorded is the first delivery's own: it had only overtaken the record.
 */
function isResend(posted: Posted, { message, content }: Wanted): boolean {
  const shownFor = sendIn(posted.content);
  return message.reply_markup !== undefined && shownFor !== null && shownFor !== sendIn(content);
}

const sendIn = (content: string): string | null => keptContent.parse(JSON.parse(content)).send;

type Wanted = { readonly chat: string; readonly message: CustomerMessage; readonly content: string };

/** The id of the message that says it. A customer who moved to another chat gets a message there. */
async function bringUpToDate(api: Api, posted: Posted | undefined, wanted: Wanted): Promise<number> {
  const { chat, message } = wanted;
  if (posted?.channel !== chat) return write(api, chat, message);
  const id = Number(posted.message);
  if (isResend(posted, wanted)) {
    await edited(api.editMessageReplyMarkup(chat, id));
    return write(api, chat, message);
  }
  const { text, ...rest } = message;
  const there = await edited(api.editMessageText(chat, id, text, { ...rest, ...NO_PREVIEW }));
  return there ? id : write(api, chat, message);
}

async function write(api: Api, chat: string, { text, ...rest }: CustomerMessage): Promise<number> {
  const { message_id } = await api.sendMessage(chat, text, { ...rest, ...NO_PREVIEW });
  return message_id;
}

/** A group that became a supergroup has a new id: the alarm goes there, whatever the settings still say. */
async function announce(api: Api, chat: string, text: string): Promise<void> {
  try {
    await api.sendMessage(chat, text, NO_PREVIEW);
  } catch (error) {
    const moved = newChatOf(error);
    if (moved === undefined) throw error;
    await api.sendMessage(moved, text, NO_PREVIEW);
  }
}
