import type { Context } from "grammy";
import { meaningOf } from "../errors.ts";

/**
 * Ends the waiting of a pressed button: before any other work, which may take longer than Telegram waits. A press that is
 * too old is still obeyed, only nobody looks at its button any more.
 */
export async function answerPress(ctx: Context): Promise<void> {
  try {
    await ctx.answerCallbackQuery();
  } catch (error) {
    if (meaningOf(error) !== "press_expired") throw error;
  }
}
