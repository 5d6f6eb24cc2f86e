import { Composer, type Context } from "grammy";
import type { CustomerDoors } from "../customer-doors.ts";
import { FALLBACK, languageOf, wordsFor } from "../languages.ts";
import { WORDS } from "../words.ts";
import { isCode, PASTED } from "./code.ts";

/**
 * A customer opens the bot with an invitation. The invoice itself is told by the outbox; here only what went wrong is said,
 * with the same sentence for a code that is unknown, expired, used up or no code at all.
 */
export function start(doors: CustomerDoors): Composer<Context> {
  const composer = new Composer<Context>();
  const privately = composer.chatType("private");

  privately.command("start", async (ctx) => {
    await doors.reach(String(ctx.chat.id), true);
    const code = ctx.match.trim();
    if (code === "") await explain(ctx, doors);
    else await open(ctx, code, doors);
  });
  privately.hears(PASTED, async (ctx) => open(ctx, ctx.match[1] ?? "", doors));
  return composer;
}

async function explain(ctx: Context, { languages }: CustomerDoors): Promise<void> {
  const words = await wordsFor(ctx, languages);
  await ctx.reply(words.bareStart);
}

async function open(ctx: Context, code: string, doors: CustomerDoors): Promise<void> {
  const language = await languageOf(ctx, doors.languages);
  const welcome = isCode(code)
    ? await doors.frontDoor({
        token: code,
        bot: String(ctx.me.id),
        chat: String(ctx.chat?.id),
        language,
        requestId: doors.requestId(),
        key: `telegram:${ctx.me.id}:${ctx.update.update_id}`,
      })
    : ({ kind: "unknown_token", language: language ?? FALLBACK } as const);
  if (welcome.kind === "unknown_token") await ctx.reply(WORDS[welcome.language].unknownCode);
}
