import { z } from "zod";
import { ApiError } from "../api-error.ts";
import { jsonOr } from "../json.ts";
import { LIMITS } from "../limits.ts";
import type { Json } from "../saved-state.ts";
import { blockList, complaints } from "./blocks.ts";
import { withNames } from "./message-blocks.ts";
import { identifier, plainText } from "./texts.ts";

const common = {
  blocks: blockList(LIMITS.viewBlocks),
  private_metadata: z.string().max(LIMITS.privateMetadata).optional(),
  callback_id: identifier.optional(),
  external_id: identifier.optional(),
};

const modal = z
  .strictObject({
    type: z.literal("modal"),
    ...common,
    title: plainText(LIMITS.viewTitle),
    submit: plainText(LIMITS.viewTitle).optional(),
    close: plainText(LIMITS.viewTitle).optional(),
    clear_on_close: z.boolean().optional(),
    notify_on_close: z.boolean().optional(),
    submit_disabled: z.boolean().optional(),
  })
  .refine(({ blocks, submit }) => submit !== undefined || blocks.every(({ type }) => type !== "input"), {
    error: "submit is required when an input is within blocks",
  });

const home = z.strictObject({ type: z.literal("home"), ...common });

/** Reads the `view` argument, a JSON text. A view that is wrong in itself is `invalid_arguments`, with the places. */
export function parseView(text: string, type: "modal" | "home"): Json {
  if (Buffer.byteLength(text) > LIMITS.viewBytes) throw new ApiError("view_too_large");
  return checkView(
    jsonOr(text, () => null),
    type,
  );
}

export function checkView(value: unknown, type: "modal" | "home"): Json {
  const checked = type === "modal" ? modal.safeParse(value) : home.safeParse(value);
  if (!checked.success) throw new ApiError("invalid_arguments", complaints(checked.error, "/view"));
  return { ...checked.data, blocks: withNames(checked.data.blocks) };
}
