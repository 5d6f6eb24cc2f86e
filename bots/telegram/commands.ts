import type { Api } from "grammy";
import type { BotCommand, BotCommandScope } from "grammy/types";
import { type Locale, LOCALES } from "../../domain/locale.ts";
import { undeliveredOf } from "./errors.ts";
import { MANAGER_WORDS } from "./managers/words.ts";
import { CUSTOMER_COMMANDS, WORDS } from "./words.ts";

const PRIVATELY = { type: "all_private_chats" } as const;

/** Puts the commands of a private chat into its menu, in every language of ours and in English for the rest of the world. */
export async function registerCommands(api: Api): Promise<void> {
  try {
    for (const locale of LOCALES) await register(api, commandsIn(locale), { scope: PRIVATELY, language_code: locale });
    await register(api, commandsIn("en"), { scope: PRIVATELY });
  } catch (error) {
    throw undeliveredOf(error);
  }
}

/** And /paylink into the menu of the managers' groups. Each stands for itself: one without the bot hinders no other. */
export async function registerManagerCommands(
  api: Api,
  chats: readonly string[],
  trouble: (error: Error) => void,
): Promise<void> {
  const groups = [...new Set(chats.map((chat) => Number(chat.split("/", 1)[0])))].filter((id) => id < 0);
  for (const chat_id of groups) {
    const scope = { type: "chat", chat_id } as const;
    const registered = (locale: Locale, language: Language): Promise<void> =>
      register(api, [{ command: "paylink", description: MANAGER_WORDS[locale].command }], { scope, ...language });
    try {
      for (const locale of LOCALES) await registered(locale, { language_code: locale });
      await registered("en", {});
    } catch (error) {
      trouble(undeliveredOf(error));
    }
  }
}

type Language = { language_code?: Locale };
type Where = Language & { readonly scope: BotCommandScope };

async function register(api: Api, wanted: BotCommand[], where: Where): Promise<void> {
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
