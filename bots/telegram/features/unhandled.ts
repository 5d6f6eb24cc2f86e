import { Composer, type Context } from "grammy";
import type { CustomerDoors } from "../customer-doors.ts";
import { wordsFor } from "../languages.ts";
import { answerPress } from "./press.ts";

/** The last feature: no button is left spinning, nobody who writes privately is left without a word. Groups hear nothing. */
export function unhandled({ languages }: Pick<CustomerDoors, "languages">): Composer<Context> {
  const composer = new Composer<Context>();
  composer.on("callback_query", answerPress);
  composer.chatType("private").on(["message:text", "message:file"], async (ctx) => {
    const words = await wordsFor(ctx, languages);
    await ctx.reply(words.notUnderstood);
  });
  return composer;
}
