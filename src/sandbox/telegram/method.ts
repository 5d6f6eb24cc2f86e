import { z } from "zod";
import { badRequest } from "./refusals.ts";
import type { World } from "./world.ts";

/** What a method answers with `ok: true`. Only the webhook methods add a description. */
export type Reply = { readonly result: unknown; readonly description?: string };

export type Method = {
  /** Whether it changes what Telegram remembers. */
  readonly writes: boolean;
  call(world: World, params: unknown): Reply | Promise<Reply>;
};

/** A Bot API method: what it reads from the request, and what it then does. Unknown parameters are ignored. */
export function method<Shape extends z.ZodRawShape>(
  shape: Shape,
  act: (world: World, asked: z.infer<z.ZodObject<Shape>>) => Reply | Promise<Reply>,
  writes = true,
): Method {
  const schema = z.object(shape);
  return {
    writes,
    call(world, params) {
      const parsed = schema.safeParse(params);
      if (!parsed.success) throw badRequest(parsed.error.issues[0]?.message ?? "wrong parameters");
      return act(world, parsed.data);
    },
  };
}

/** Parameters, each with the words Telegram uses when it is missing or wrong. */
export const fields = {
  chatId: z.union([z.int(), z.string().min(1)], { error: "chat_id is empty" }),
  messageId: z.int({ error: "message identifier is not specified" }).positive("message identifier is not specified"),
  required: (name: string) => z.string({ error: required(name) }).min(1, required(name)),
  text: (name: string) => z.string({ error: typed(name, "String") }).optional(),
  integer: (name: string) => z.int({ error: typed(name, "Integer") }).optional(),
  flag: (name: string) => z.boolean({ error: typed(name, "Boolean") }).optional(),
  anything: z.unknown().optional(),
};

const required = (name: string): string => `parameter "${name}" is required`;
const typed = (name: string, type: string): string => `parameter "${name}" must be of type ${type}`;
