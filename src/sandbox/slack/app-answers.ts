import { z } from "zod";
import { ApiError } from "./api-error.ts";
import { checkBlocks } from "./block-kit/message-blocks.ts";
import { post, whisper } from "./messages.ts";
import type { Json } from "./saved-state.ts";
import type { ResponsePlace } from "./response-urls.ts";
import type { Workspace } from "./workspace.ts";

/** A message in an acknowledgement or through a response URL. Other keys are taken and ignored, as Slack does. */
const answer = z.object({
  text: z.string().optional(),
  blocks: z.unknown().optional(),
  response_type: z.enum(["ephemeral", "in_channel"]).optional(),
  replace_original: z.boolean().optional(),
  delete_original: z.boolean().optional(),
  thread_ts: z.string().optional(),
});

export type AppAnswer = Omit<z.infer<typeof answer>, "text" | "blocks"> & { text: string; blocks: Json[] };

/** Null: it is not a message at all. Wrong blocks throw `ApiError`. */
export function readAnswer(value: unknown): AppAnswer | null {
  const checked = answer.safeParse(typeof value === "string" ? { text: value } : value);
  if (!checked.success) return null;
  const { text = "", blocks, ...rest } = checked.data;
  return { ...rest, text, blocks: blocks === undefined ? [] : checkBlocks(blocks) };
}

/** Shows the answer to the person who asked, or to the whole channel when it says `in_channel`. */
export function showAnswer(workspace: Workspace, place: ResponsePlace, answered: AppAnswer): void {
  const { text, blocks, thread_ts: threadTs = place.threadTs } = answered;
  if (text === "" && blocks.length === 0) throw new ApiError("no_text");
  const words = { channelId: place.channelId, threadTs, text, blocks };
  if (answered.response_type === "in_channel") {
    post(workspace, { ...words, userId: workspace.app.userId, fromApp: true });
  } else {
    whisper(workspace, { ...words, userId: place.userId });
  }
}
