import { addMessage, findMessage } from "./messages.ts";
import { chatWith, tellMembership, type Told } from "./people.ts";
import { found } from "./state.ts";
import type { World } from "./world.ts";

/** What people do to a bot's chats while the bot is at work. */
export type ChatEvents = {
  /** A group throws the bot out. */
  removesBot(chatId: number): Told;
  /** A basic group becomes a supergroup with another id; both chats are told, and the old id is refused from now on. */
  migrates(chatId: number): { readonly newChatId: number };
  deletesTopic(chatId: number, threadId: number): void;
  /** A person deletes a message, the bot's too; bots are never told. */
  deletesMessage(chatId: number, messageId: number): void;
  /** The person's account is gone. */
  deactivates(userId: number): void;
};

export function createChatEvents(world: World): ChatEvents {
  return {
    removesBot(chatId) {
      const record = chatWith(world, chatId);
      record.standing = "kicked";
      const by = { id: 1, is_bot: false, first_name: "Administrator" };
      return changed(world, tellMembership(world, record, { by, change: ["member", "kicked"] }));
    },
    migrates: (chatId) => changed(world, migrate(world, chatId)),
    deletesTopic(chatId, threadId) {
      const record = chatWith(world, chatId);
      record.topics = record.topics.filter((topic) => topic !== threadId);
      world.changed();
    },
    deletesMessage(chatId, messageId) {
      const kept = findMessage(chatWith(world, chatId), messageId);
      if (!kept) throw new Error(`Chat ${chatId} has no message ${messageId} to delete.`);
      kept.deleted = true;
      world.changed();
    },
    deactivates(userId) {
      chatWith(world, userId).standing = "deactivated";
      world.changed();
    },
  };
}

function changed<T>(world: World, value: T): T {
  world.changed();
  return value;
}

function migrate(world: World, chatId: number): { newChatId: number } {
  const old = chatWith(world, chatId);
  if (old.chat.type !== "group") throw new Error(`Chat ${chatId} is no basic group: it cannot become a supergroup.`);
  const newChatId = -1_000_000_000_000 - Math.abs(chatId);
  found(world.state, { id: newChatId, title: old.chat.title ?? "Group", type: "supergroup" });
  old.standing = "upgraded";
  old.upgradedTo = newChatId;
  const leaving = addMessage(world, old, { migrate_to_chat_id: newChatId });
  const arriving = addMessage(world, chatWith(world, newChatId), { migrate_from_chat_id: chatId });
  world.updates.push("message", leaving, `chat:${chatId}`);
  world.updates.push("message", arriving, `chat:${newChatId}`);
  return { newChatId };
}
