import type { Api } from "grammy";
import type { BotCommand } from "grammy/types";
import { LOCALES } from "../../domain/locale.ts";
import { undeliveredOf } from "./errors.ts";
import { CUSTOMER_COMMANDS, WORDS } from "./words.ts";

/** Puts the commands of a private chat into its menu, in every language of ours and in English for the rest of the world. */
export async function registerCommands(api: Api): Promise<void> {
  try {
    for (const locale of LOCALES) await register(api, commandsIn(locale), { language_code: locale });
    await register(api, commandsIn("en"), {});
  } catch (error) {
    throw undeliveredOf(error);
  }
}

async function register(
  api: Api,
  wanted: BotCommand[],
  language: { language_code?: "hy" | "ru" | "en" },
): Promise<void> {
  const where = { scope: { type: "all_private_chats" }, ...language } as const;
  const known = await api.getMyCommands(where);
  if (!sameCommands(known, wanted)) await api.setMyCommands(wanted, where);
}

const commandsIn = (locale: keyof typeof WORDS): BotCommand[] =>
  CUSTOMER_COMMANDS.map((command) => ({ command, description: WORDS[locale].commands[command] }));

const sameCommands = (known: readonly BotCommand[], wanted: readonly BotCommand[]): boolean =>
  known.length === wanted.length &&
  wanted.every(({ command, description }, at) => {
    const one = known[at];
    return one?.command === command && one.description === description;
  });
