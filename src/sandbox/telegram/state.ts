import { randomInt } from "node:crypto";
import { z } from "zod";
import { shapes, type Chat, type User } from "./shapes.ts";

/** How the bot stands in a chat. `stranger`: a person who exists but never pressed Start. */
const standing = z.enum(["stranger", "member", "blocked", "deactivated", "kicked", "left", "deleted", "upgraded"]);

const version = shapes.message.pick({ text: true, entities: true, reply_markup: true }).extend({ at: z.string() });

const keptMessage = z.object({
  message: shapes.message,
  /** What the message looked like before each edit, oldest first. */
  history: z.array(version),
  deleted: z.boolean(),
});

const chatRecord = z.object({
  chat: shapes.chat,
  standing,
  upgradedTo: z.int().nullable(),
  topics: z.array(z.int()),
  /** In a group, a bare command reaches the bot only after it has written there. */
  botWrote: z.boolean(),
  messages: z.array(keptMessage),
});

const pendingUpdate = z.object({
  update: shapes.update,
  /** Updates of one lane are delivered in order; a failing one blocks only its own lane. */
  lane: z.string(),
  expiresAt: z.int(),
  /** A repeated delivery: given out once more, whatever the offset says. */
  again: z.boolean(),
});

const callback = z.object({
  id: z.string(),
  at: z.int(),
  answer: z.object({ text: z.string(), showAlert: z.boolean(), url: z.string().nullable() }).nullable(),
});

const webhook = z.object({
  url: z.string(),
  secretToken: z.string(),
  maxConnections: z.int(),
  lastError: z.object({ at: z.int(), message: z.string() }).nullable(),
  goneSince: z.int().nullable(),
});

const savedState = z.object({
  version: z.literal(1),
  nextUpdateId: z.int(),
  nextCallbackId: z.int(),
  /** One counter for the account (private chats and basic groups), one for each supergroup. */
  lastMessageIds: z.record(z.string(), z.int()),
  people: z.array(shapes.user),
  chats: z.array(chatRecord),
  pending: z.array(pendingUpdate),
  callbacks: z.array(callback),
  commands: z.array(
    z.object({ key: z.string(), commands: z.array(z.object({ command: z.string(), description: z.string() })) }),
  ),
  webhook: webhook.nullable(),
  /** Null: every type except the ones that must be asked for. */
  allowedUpdates: z.array(z.string()).nullable(),
});

/** Everything Telegram would remember of one bot, as plain JSON. */
export type SavedState = z.infer<typeof savedState>;
export type ChatRecord = z.infer<typeof chatRecord>;
export type KeptMessage = z.infer<typeof keptMessage>;
export type PendingUpdate = z.infer<typeof pendingUpdate>;
export type CallbackRecord = z.infer<typeof callback>;

export type Person = {
  readonly id: number;
  readonly first_name: string;
  readonly last_name?: string;
  readonly username?: string;
  readonly language_code?: string;
};

export type Group = {
  /** Negative; a supergroup's begins with -100. */
  readonly id: number;
  readonly title: string;
  readonly type?: "group" | "supergroup";
  readonly username?: string;
  /** Ids of forum topics; naming any makes the supergroup a forum. */
  readonly topics?: readonly number[];
};

/** Reads what `snapshot()` gave, or begins an empty Telegram whose update ids start anywhere, as the real ones do. */
export function openState(saved: unknown): SavedState {
  if (saved !== undefined && saved !== null) return savedState.parse(saved);
  return {
    version: 1,
    nextUpdateId: randomInt(100_000_000, 900_000_000),
    nextCallbackId: 4_000_000_000_001,
    lastMessageIds: {},
    people: [],
    chats: [],
    pending: [],
    callbacks: [],
    commands: [],
    webhook: null,
    allowedUpdates: null,
  };
}

/** The person, and their private chat in which the bot is still a stranger; known people keep what they have. */
export function introduce(state: SavedState, person: Person): User {
  const known = state.people.find(({ id }) => id === person.id);
  if (known) return known;
  const user: User = { is_bot: false, ...person };
  state.people.push(user);
  const { id, first_name, last_name, username } = person;
  state.chats.push(newChat({ id, type: "private", first_name, last_name, username }, "stranger"));
  return user;
}

/** A group with the bot in it. */
export function found(state: SavedState, group: Group): void {
  if (recordOf(state, group.id)) return;
  const { id, title, username, topics = [] } = group;
  const type = group.type ?? (String(id).startsWith("-100") ? "supergroup" : "group");
  const forum = topics.length > 0 ? { is_forum: true as const } : {};
  state.chats.push({ ...newChat({ id, type, title, username, ...forum }, "member"), topics: [...topics] });
}

export const recordOf = (state: SavedState, chatId: number): ChatRecord | undefined =>
  state.chats.find(({ chat }) => chat.id === chatId);

export function newChat(chat: Chat, as: ChatRecord["standing"]): ChatRecord {
  return { chat, standing: as, upgradedTo: null, topics: [], botWrote: false, messages: [] };
}
