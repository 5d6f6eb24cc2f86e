import type { Context } from "grammy";
import { isLocale, type Locale } from "../../domain/locale.ts";
import type { Languages } from "./customer-doors.ts";
import { type CustomerWords, WORDS } from "./words.ts";

/** The language of this chat: chosen, else that of the person's Telegram when it is one of ours; null: nobody said. */
export async function languageOf(ctx: Context, languages: Languages): Promise<Locale | null> {
  const chosen = ctx.chat ? await languages.of(String(ctx.chat.id)) : undefined;
  const [own] = (ctx.from?.language_code ?? "").split("-");
  return chosen ?? (isLocale(own) ? own : null);
}

/** What is spoken to somebody who reads none of our languages. */
export const FALLBACK: Locale = "en";

/** Our sentences in the language of this chat. */
export const wordsFor = async (ctx: Context, languages: Languages): Promise<CustomerWords> =>
  WORDS[(await languageOf(ctx, languages)) ?? FALLBACK];
