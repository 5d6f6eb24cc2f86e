import { FormattedString } from "@grammyjs/parse-mode";
import type { Api } from "grammy";
import type { InlineKeyboardMarkup, MessageEntity } from "grammy/types";
import { NO_PREVIEW } from "../calls.ts";
import { meaningOf } from "../errors.ts";
import { fit, LONGEST_TEXT } from "../fit.ts";
import type { Asked } from "./asked.ts";
import type { Place } from "./doors.ts";

/** A message as Telegram takes it. Styles are entities, so nothing that a CRM wrote needs escaping. */
export type ManagerMessage = {
  readonly text: string;
  readonly entities: MessageEntity[];
  readonly reply_markup?: InlineKeyboardMarkup;
};

/**
 * An answer: where it was asked, or for one person's eyes. Telegram shows nothing to one person in a group, so `here` is what
 * is said there meanwhile, and `unheard` what is said when that person cannot be written to: it must give nothing away.
 */
export type Said =
  | { readonly to: "place"; readonly text: string; readonly reply_markup?: InlineKeyboardMarkup }
  | { readonly to: "person"; readonly text: string; readonly here: string | null; readonly unheard: string };

/** Lines as one message, the first in bold; what is too long is cut at its end. */
export function asMessage([title = "", ...lines]: readonly string[]): ManagerMessage {
  const { text, entities } = FormattedString.join([FormattedString.b(title), ...lines], "\n");
  return { text: fit(text, LONGEST_TEXT), entities };
}

/** Says it; what nobody can be told any more where it was asked is told to the person alone. */
export async function say(api: Api, { place, account }: Pick<Asked, "place" | "account">, said: Said): Promise<void> {
  if (said.to === "place") {
    const { text, reply_markup } = said;
    const message = { ...plain(text), ...(reply_markup ? { reply_markup } : {}) };
    if (!(await sayIn(api, place, message))) await sayTo(api, account, message);
    return;
  }
  const heard = await sayTo(api, account, plain(said.text));
  const here = heard ? said.here : said.unheard;
  if (here !== null) await sayIn(api, place, plain(here));
}

const plain = (text: string): ManagerMessage => ({ text: fit(text, LONGEST_TEXT), entities: [] });

/** As a reply to what was asked, in its topic. False: there is no such place any more, or the bot has none in it. */
const sayIn = (api: Api, place: Place, message: ManagerMessage): Promise<boolean> =>
  reached(async () => void (await write(api, place, message)));

const sayTo = (api: Api, account: string | null, message: ManagerMessage): Promise<boolean> =>
  reached(async () => {
    if (account !== null) await write(api, { channel: account, topic: null, message: null }, message);
  });

/** Where a message is to stand; `message` is what it is a reply to. */
export type Standing = Omit<Place, "message"> & { readonly message: number | null };

/** Writes a message and gives its id. */
export async function write(api: Api, { channel, topic, message }: Standing, what: ManagerMessage): Promise<number> {
  const { text, ...rest } = what;
  const { message_id } = await api.sendMessage(channel, text, {
    ...rest,
    ...NO_PREVIEW,
    ...(topic === null ? {} : { message_thread_id: topic }),
    ...(message === null ? {} : { reply_parameters: { message_id: message, allow_sending_without_reply: true } }),
  });
  return message_id;
}

/** Whether an error says that there is nobody at a place to hear us: asked again, it will be the same. */
export function isNoPlace(error: unknown): boolean {
  const meaning = meaningOf(error);
  return meaning === "blocked" || meaning === "gone" || meaning === "no_topic";
}

async function reached(saying: () => Promise<void>): Promise<boolean> {
  try {
    await saying();
    return true;
  } catch (error) {
    if (isNoPlace(error)) return false;
    throw error;
  }
}
