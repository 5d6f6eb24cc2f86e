import { z } from "zod";
import { reachChat } from "./access.ts";
import { fields, method } from "./method.ts";
import { badRequest } from "./refusals.ts";
import type { World } from "./world.ts";

const chatScope = { chat_id: fields.chatId };

const scope = z
  .discriminatedUnion(
    "type",
    [
      z.object({ type: z.literal("default") }),
      z.object({ type: z.literal("all_private_chats") }),
      z.object({ type: z.literal("all_group_chats") }),
      z.object({ type: z.literal("all_chat_administrators") }),
      z.object({ type: z.literal("chat"), ...chatScope }),
      z.object({ type: z.literal("chat_administrators"), ...chatScope }),
      z.object({ type: z.literal("chat_member"), ...chatScope, user_id: z.int() }),
    ],
    { error: "can't parse BotCommandScope: Unsupported type specified" },
  )
  .optional();

const command = z.object({
  command: z.string().regex(/^[a-z0-9_]{1,32}$/, "BOT_COMMAND_INVALID"),
  description: z.string().min(1, "BOT_COMMAND_DESCRIPTION_INVALID").max(256, "BOT_COMMAND_DESCRIPTION_INVALID"),
});

const commands = z.array(command, { error: "expected an Array of BotCommand" }).max(100, "BOT_COMMANDS_TOO_MUCH");

/** One list for each scope and language; an empty language is the fallback. */
export const setMyCommands = method(
  { commands, scope, language_code: fields.text("language_code") },
  (world, asked) => {
    const key = keyOf(asked.scope, asked.language_code);
    reachScope(world, asked.scope);
    const others = world.state.commands.filter((list) => list.key !== key);
    world.state.commands = asked.commands.length > 0 ? [...others, { key, commands: asked.commands }] : others;
    return { result: true };
  },
);

export const getMyCommands = method(
  { scope, language_code: fields.text("language_code") },
  (world, asked) => {
    const key = keyOf(asked.scope, asked.language_code);
    reachScope(world, asked.scope);
    return { result: world.state.commands.find((list) => list.key === key)?.commands ?? [] };
  },
  false,
);

/** The commands of a chat belong to one that the bot is in. */
function reachScope(world: World, asked: z.infer<typeof scope>): void {
  if (asked && "chat_id" in asked) reachChat(world, asked.chat_id, "read");
}

function keyOf(asked: z.infer<typeof scope>, language = ""): string {
  if (language !== "" && !/^[a-z]{2}$/.test(language)) throw badRequest("invalid language code specified");
  const { type, ...of } = asked ?? { type: "default" as const };
  return [type, ...Object.values(of).map(String), language].join(":");
}
