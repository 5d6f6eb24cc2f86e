import type { Update } from "grammy/types";
import { z } from "zod";
import type { Keep } from "../desk.ts";

/** What we ask Telegram for. Named each time: left out, Telegram keeps what was asked for before. */
export const KINDS = ["message", "callback_query", "my_chat_member"] as const;

export type KeptUpdate = Parameters<Keep>[0];

const withId = z.looseObject({ id: z.int() });
const update = z
  .looseObject({
    update_id: z.int(),
    message: z.looseObject({ chat: withId }).optional(),
    callback_query: z.looseObject({ from: withId, message: z.looseObject({ chat: withId }).optional() }).optional(),
    my_chat_member: z.looseObject({ chat: withId }).optional(),
  })
  .refine((read) => KINDS.some((kind) => read[kind] !== undefined));

/** An update as grammY knows it: we read what decides the lane, grammY's filters read the rest. */
export const readUpdate = z.custom<Update>(
  (value) => update.safeParse(value).success,
  "This is no update of Telegram.",
);

/**
 * How an update is kept until it is handled: once for each bot and number, in the order of its chat. Undefined: nothing for
 * us is in it. It came from Telegram (the secret was checked before), so it is acknowledged and forgotten.
 */
export function updateToKeep(botId: string, body: unknown): KeptUpdate | undefined {
  const { data } = update.safeParse(body);
  if (!data) return undefined;
  const lane = `telegram:${botId}:${whoseTurn(data)}`;
  const key = `${botId}:${data.update_id}`;
  return { source: "telegram", key, lane, requestId: `telegram:${key}`, body };
}

/** The chat; a press on a message that Telegram no longer knows has only its person. In private chats both are the same. */
function whoseTurn({ message, callback_query: press, my_chat_member: membership }: z.infer<typeof update>): number {
  const told = message ?? press?.message ?? membership;
  return told?.chat.id ?? press?.from.id ?? 0;
}

/** A token begins with the bot's own number: updates can be kept before Telegram was ever asked anything. */
export const botIdOf = (token: string): string => token.split(":", 1)[0] ?? "";
