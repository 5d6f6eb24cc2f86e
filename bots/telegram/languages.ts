import type { Context } from "grammy";
import { isLocale, type Locale } from "../../domain/locale.ts";
import type { Languages } from "./customer-doors.ts";
import { type CustomerWords, WORDS } from "./words.ts";

/**
 * The language of whoever speaks: chosen in their own chat with the bot, which has their id, else that of their Telegram when
 * it is one of ours; null: nobody said.
 */
export async function languageOf(ctx: Context, languages: Languages): Promise<Locale | null> {
  const chosen = ctx.from ? await languages.of(String(ctx.from.id)) : undefined;
  const [own] = (ctx.from?.language_code ?? "").split("-");
  return chosen ?? (isLocale(own) ? own : null);
}

/** What is spoken to somebody who reads none of our languages. */
export const FALLBACK: Locale = "en";

/** Our sentences in the language of whoever speaks. */
export const wordsFor = async (ctx: Context, languages: Languages): Promise<CustomerWords> =>
  WORDS[(await languageOf(ctx, languages)) ?? FALLBACK];
