import { Composer, type Context } from "grammy";
import type { CustomerDoors } from "../customer-doors.ts";
import { wordsFor } from "../languages.ts";

/** `/help` in a private chat. */
export function help({ languages }: Pick<CustomerDoors, "languages">): Composer<Context> {
  const composer = new Composer<Context>();
  composer.chatType("private").command("help", async (ctx) => {
    const words = await wordsFor(ctx, languages);
    await ctx.reply(words.help);
  });
  return composer;
}
