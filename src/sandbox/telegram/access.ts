import { badRequest, forbidden } from "./refusals.ts";
import type { ChatRecord } from "./state.ts";
import { recordOf } from "./state.ts";
import type { World } from "./world.ts";

export type ChatId = number | string;

/** The chat, when the bot may do this there. `edit` and `read` work in the chat of a person who blocked the bot. */
export function reachChat(world: World, chatId: ChatId, to: "write" | "edit" | "read"): ChatRecord {
  const record = findChat(world, chatId);
  if (!record) throw badRequest("chat not found");
  const refusal = record.chat.type === "private" ? privateRefusal(record, to) : groupRefusal(record, to);
  if (refusal) throw refusal;
  return record;
}

/** By number, or `@name` of a public group. People cannot be reached by their names. */
function findChat({ state }: World, chatId: ChatId): ChatRecord | undefined {
  if (typeof chatId === "number") return recordOf(state, chatId);
  if (/^-?\d+$/.test(chatId)) return recordOf(state, Number(chatId));
  const name = chatId.toLowerCase();
  return state.chats.find(({ chat }) => chat.type !== "private" && `@${chat.username ?? ""}`.toLowerCase() === name);
}

function privateRefusal({ standing }: ChatRecord, to: string): Error | undefined {
  if (standing === "deactivated" && to !== "read") return forbidden("user is deactivated");
  if (standing === "stranger") {
    return to === "read" ? badRequest("chat not found") : forbidden("bot can't initiate conversation with a user");
  }
  return standing === "blocked" && to === "write" ? forbidden("bot was blocked by the user") : undefined;
}

/** In Telegram's order: upgraded, deleted, kicked, not a member. */
function groupRefusal({ standing, chat, upgradedTo }: ChatRecord, to: string): Error | undefined {
  if (standing === "upgraded") {
    const moved = upgradedTo === null ? undefined : { migrate_to_chat_id: upgradedTo };
    return to === "read" ? undefined : badRequest("group chat was upgraded to a supergroup chat", moved);
  }
  if (standing === "deleted") return forbidden("the group chat was deleted");
  if (standing === "kicked") return forbidden(`bot was kicked from the ${chat.type} chat`);
  return standing === "left" ? forbidden(`bot is not a member of the ${chat.type} chat`) : undefined;
}
