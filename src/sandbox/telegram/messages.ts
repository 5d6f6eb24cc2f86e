import type { Chat, InlineKeyboard, Message } from "./shapes.ts";
import type { ChatRecord, KeptMessage, SavedState } from "./state.ts";
import { unixTime, type World } from "./world.ts";

const KEPT_PER_CHAT = 1000;

type Content = Omit<Message, "message_id" | "chat" | "date">;

/** Writes a message into its chat. */
export function addMessage(world: World, record: ChatRecord, content: Content): Message {
  const { chat, messages } = record;
  const message: Message = {
    message_id: nextMessageId(world.state, chat),
    ...content,
    chat: structuredClone(chat),
    date: unixTime(world),
  };
  messages.push({ message, history: [], deleted: false });
  if (messages.length > KEPT_PER_CHAT) messages.shift();
  return message;
}

/** A message that is still there. */
export const findMessage = (record: ChatRecord, messageId: number): KeptMessage | undefined =>
  record.messages.find(({ message, deleted }) => message.message_id === messageId && !deleted);

type Appearance = Pick<Message, "text" | "entities" | "link_preview_options"> & {
  readonly reply_markup: InlineKeyboard | undefined;
};

/** Replaces what the message shows and remembers what it showed. False: it would look exactly the same. */
export function editMessage(world: World, kept: KeptMessage, appearance: Appearance): boolean {
  const { message, history } = kept;
  const { text, entities, reply_markup } = message;
  if (same({ text, entities, reply_markup }, appearance)) return false;
  history.push({ text, entities, reply_markup, at: world.clock().toISOString() });
  kept.message = { ...message, ...appearance, edit_date: unixTime(world) };
  return true;
}

const same = (before: Partial<Message>, after: Partial<Message>): boolean => shown(before) === shown(after);

const shown = ({ text, entities, reply_markup }: Partial<Message>): string =>
  JSON.stringify([text, entities ?? [], reply_markup ?? null]);

function nextMessageId(state: SavedState, { id, type }: Chat): number {
  const counter = type === "supergroup" ? String(id) : "account";
  const next = (state.lastMessageIds[counter] ?? 0) + 1;
  state.lastMessageIds[counter] = next;
  return next;
}
