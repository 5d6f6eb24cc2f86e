import { Composer, type Context } from "grammy";
import { isLocale, LOCALES } from "../../../domain/locale.ts";
import type { CustomerDoors } from "../customer-doors.ts";
import { meaningOf } from "../errors.ts";
import { wordsFor } from "../languages.ts";
import { LANGUAGE_NAMES, WORDS } from "../words.ts";
import { answerPress } from "./press.ts";

/** `/language` asks by three buttons. What is chosen holds for this chat, for everything said afterwards. */
export function language({ languages }: Pick<CustomerDoors, "languages">): Composer<Context> {
  const composer = new Composer<Context>();
  const privately = composer.chatType("private");

  privately.command("language", async (ctx) => {
    const words = await wordsFor(ctx, languages);
    const buttons = LOCALES.map((one) => ({ text: LANGUAGE_NAMES[one], callback_data: `lang:${one}` }));
    await ctx.reply(words.chooseLanguage, { reply_markup: { inline_keyboard: [buttons] } });
  });

  privately.callbackQuery(/^lang:(\w+)$/, async (ctx) => {
    await answerPress(ctx);
    const chosen = ctx.match[1];
    if (!isLocale(chosen)) return;
    await languages.choose(String(ctx.chat.id), chosen);
    await confirm(ctx, WORDS[chosen].languageChosen);
  });
  return composer;
}

/** In place of the question. Pressed twice, it stands there already; the question deleted, it is said anew. */
async function confirm(ctx: Context, sentence: string): Promise<void> {
  try {
    await ctx.editMessageText(sentence);
  } catch (error) {
    const meaning = meaningOf(error);
    if (meaning === "message_lost") await ctx.reply(sentence);
    else if (meaning !== "not_modified") throw error;
  }
}
