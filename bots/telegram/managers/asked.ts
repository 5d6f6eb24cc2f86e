import type { Context } from "grammy";
import type { Message } from "grammy/types";
import type { Place } from "./doors.ts";

/** What somebody asked in a group, and who: null where nobody in person did. */
export type Asked = {
  readonly place: Place;
  readonly account: string | null;
  readonly text: string;
  /** The bot's name: in a group it hears for certain only what is said to it by name. */
  readonly bot: string;
  /** The same for every delivery of the same words: the desk acts on them once. */
  readonly key: string;
  readonly requestId: string;
};

/**
 * A command as it stands in its group. An anonymous administrator and a channel write through accounts of Telegram's own, which
 * are nobody, and what a person only passes on is somebody else's word. Answers in the general topic carry a thread that is no topic, so only a message that says it is in one is.
 */
export function askedIn(ctx: Context & { readonly msg: Message; readonly match: string }): Asked {
  const { chat, from, message_id: message, message_thread_id: thread, is_topic_message } = ctx.msg;
  const inPerson = from !== undefined && !from.is_bot && !isOfOthers(ctx.msg);
  return {
    place: { channel: String(chat.id), topic: is_topic_message ? (thread ?? null) : null, message },
    account: inPerson ? String(from.id) : null,
    text: ctx.match,
    bot: ctx.me.username,
    ...deliveryOf(ctx),
  };
}

const isOfOthers = ({ sender_chat, forward_origin }: Message): boolean =>
  sender_chat !== undefined || forward_origin !== undefined;

/** By what an update is known: the log's lines about it carry the same. */
export function deliveryOf({ me, update }: Context): { readonly key: string; readonly requestId: string } {
  const name = `telegram:${me.id}:${update.update_id}`;
  return { key: name, requestId: name };
}
