import { z } from "zod";
import { ApiError } from "../api-error.ts";
import { parseBlocks } from "../block-kit/message-blocks.ts";
import { jsonOr } from "../json.ts";
import { LIMITS } from "../limits.ts";
import type { Json, Message } from "../saved-state.ts";
import { flag, text } from "./method.ts";

/** What chat.postMessage, chat.update and chat.postEphemeral have in common. */
export const content = {
  text: text.optional(),
  blocks: text.optional(),
  markdown_text: text.optional(),
  attachments: text.optional(),
  metadata: text.optional(),
  parse: z.enum(["none", "full", "mrkdwn", "client"]).optional(),
  link_names: flag.optional(),
};

type Content = Partial<Record<"text" | "blocks" | "markdown_text" | "attachments" | "metadata", string | undefined>>;
export type Words = { readonly text: string; readonly blocks: Json[] };

/** The text and blocks of a message. A message that would show nothing is refused. */
export function readWords(args: Content): Words {
  if (args.attachments !== undefined && args.attachments !== "[]") {
    throw new ApiError("invalid_attachments", ["[ERROR] the stand-in takes blocks, not legacy attachments"]);
  }
  const words = args.text ?? "";
  const blocks = args.blocks === undefined ? [] : parseBlocks(args.blocks);
  if (args.markdown_text !== undefined) {
    if (words !== "" || blocks.length > 0) throw new ApiError("markdown_text_conflict");
    return { text: args.markdown_text, blocks };
  }
  if (words === "" && blocks.length === 0) throw new ApiError("no_text");
  return { text: words, blocks };
}

export function refuseLongText(words: string): void {
  if (words.length > LIMITS.text) throw new ApiError("msg_too_long");
}

const metadata = z.strictObject({
  event_type: z.string().min(1),
  event_payload: z.record(z.string(), z.unknown()),
});

/** `{}` means "no metadata": on chat.update it removes what was there. */
export function readMetadata(json: string): Message["metadata"] {
  if (Buffer.byteLength(json) > LIMITS.metadataBytes) throw new ApiError("metadata_too_large");
  const value = jsonOr(json, () => {
    throw new ApiError("invalid_metadata_format");
  });
  if (typeof value === "object" && value !== null && Object.keys(value).length === 0) return null;
  const checked = metadata.safeParse(value);
  if (!checked.success) throw new ApiError("invalid_metadata_schema");
  return checked.data;
}
