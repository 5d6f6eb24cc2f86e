import { openCallback } from "./callbacks.ts";
import { addFoundEntities } from "./entities.ts";
import { addMessage, findMessage } from "./messages.ts";
import type { Message, User } from "./shapes.ts";
import { introduce, recordOf, type ChatRecord } from "./state.ts";
import { characters } from "./text.ts";
import { unixTime, type World } from "./world.ts";

export type Words = {
  readonly userId: number;
  /** Absent: the private chat with the bot. */
  readonly chatId?: number;
  readonly text: string;
  readonly languageCode?: string;
  readonly threadId?: number;
  readonly replyTo?: number;
  /** A group's anonymous administrator: the message comes from Telegram's service account. */
  readonly anonymously?: boolean;
};

export type Press = {
  readonly userId: number;
  readonly chatId: number;
  readonly messageId: number;
  readonly data: string;
  /** A modified or late client: the message may hold no such button any more, or may be gone. */
  readonly forged?: boolean;
};

/** `updateId` is null when the bot is not told: privacy mode, not in the group, or a kind it did not ask for. */
export type Told = { readonly updateId: number | null };

const ANONYMOUS: User = { id: 1087968824, is_bot: true, first_name: "Group", username: "GroupAnonymousBot" };

/** A person writes. In a private chat this also presses Start, or Restart after a block. */
export function says(world: World, words: Words): Told & { readonly message: Message } {
  const { userId, chatId = userId, text } = words;
  if (text.trim() === "" || characters(text) > 4096) throw new Error("A message has 1 to 4096 characters.");
  const person = personNamed(world, words);
  const record = chatWith(world, chatId);
  if (record.chat.type === "private") arrives(world, person, record);
  const author = words.anonymously ? { from: ANONYMOUS, sender_chat: record.chat } : { from: person };
  const message = addMessage(world, record, { ...author, ...contentOf(words, record) });
  const updateId = botSees(world, record, message) ? world.updates.push("message", message, `chat:${chatId}`) : null;
  return { message: structuredClone(message), updateId };
}

function contentOf({ text, threadId, replyTo }: Words, record: ChatRecord): Partial<Message> {
  const entities = addFoundEntities(text, []);
  const answered = replyTo === undefined ? undefined : findMessage(record, replyTo)?.message;
  return {
    text,
    ...(entities.length > 0 ? { entities } : {}),
    ...(answered ? { reply_to_message: answered } : {}),
    ...threadOf(record, threadId, answered),
  };
}

/** Outside of topics a reply in a supergroup carries the thread of what it answers, which is no topic and cannot be written to. */
function threadOf({ chat }: ChatRecord, topic: number | undefined, answered: Message | undefined): Partial<Message> {
  if (topic !== undefined) return { message_thread_id: topic, is_topic_message: true };
  if (!answered || chat.type !== "supergroup" || answered.is_topic_message) return {};
  return { message_thread_id: answered.message_thread_id ?? answered.message_id };
}

/** A person presses a callback button. */
export function presses(world: World, press: Press): Told & { readonly callbackQueryId: string } {
  const record = chatWith(world, press.chatId);
  const message = findMessage(record, press.messageId)?.message;
  const buttons = message?.reply_markup?.inline_keyboard.flat() ?? [];
  if (!press.forged && !buttons.some(({ callback_data }) => callback_data === press.data)) {
    throw new Error(`Message ${press.messageId} has no button "${press.data}". Say forged to press it nevertheless.`);
  }
  const id = openCallback(world.state, world.clock());
  const gone = { chat: record.chat, message_id: press.messageId, date: 0 as const };
  const query = {
    id,
    from: personNamed(world, press),
    message: message ?? gone,
    chat_instance: String(press.chatId * 7919),
    data: press.data,
  };
  return { callbackQueryId: id, updateId: world.updates.push("callback_query", query, `callback:${press.userId}`) };
}

/** A person blocks the bot, or lets it in again. */
export function blocks(world: World, userId: number, blocked: boolean): Told {
  const record = chatWith(world, userId);
  const was = record.standing === "blocked";
  if (was === blocked) return { updateId: null };
  record.standing = blocked ? "blocked" : "member";
  const change: [string, string] = blocked ? ["member", "kicked"] : ["kicked", "member"];
  return tellMembership(world, record, { by: personNamed(world, { userId }), change });
}

type Change = { readonly by: User; readonly change: readonly [from: string, to: string] };

/** `my_chat_member`: the bot's own standing in a chat changed. */
export function tellMembership(world: World, { chat }: ChatRecord, { by, change }: Change): Told {
  const member = (status: string) => ({ user: world.bot, status, ...(status === "kicked" ? { until_date: 0 } : {}) });
  const [before, after] = change;
  const content = { chat, from: by, date: unixTime(world) };
  const members = { old_chat_member: member(before), new_chat_member: member(after) };
  return { updateId: world.updates.push("my_chat_member", { ...content, ...members }, `member:${chat.id}`) };
}

/** The chat, or a plain error for whoever wrote the test. */
export function chatWith({ state }: World, chatId: number): ChatRecord {
  const record = recordOf(state, chatId);
  if (!record) throw new Error(`There is no chat ${chatId}: name it in the sandbox's people or groups.`);
  return record;
}

function personNamed({ state }: World, who: { userId: number; languageCode?: string | undefined }): User {
  const user = introduce(state, { id: who.userId, first_name: `Person ${who.userId}` });
  if (who.languageCode !== undefined) user.language_code = who.languageCode;
  return user;
}

function arrives(world: World, person: User, record: ChatRecord): void {
  if (record.standing === "blocked") blocks(world, person.id, false);
  record.standing = "member";
}

/** Privacy mode: of a group's talk the bot gets only what is meant for it. */
function botSees({ bot }: World, record: ChatRecord, message: Message): boolean {
  if (record.chat.type === "private") return true;
  if (record.standing !== "member") return false;
  if (message.reply_to_message && record.messages.some((kept) => repliesTo(kept.message, message, bot))) return true;
  const command = message.entities?.find(({ type, offset }) => type === "bot_command" && offset === 0);
  if (!command) return false;
  const addressee = message.text?.slice(0, command.length).split("@")[1];
  return addressee === undefined ? record.botWrote : addressee.toLowerCase() === bot.username?.toLowerCase();
}

const repliesTo = (message: Message, reply: Message, bot: User): boolean =>
  message.message_id === reply.reply_to_message?.message_id && message.from?.id === bot.id;
