import type { MikroORM } from "@mikro-orm/postgresql";
import { isLocale, type Locale } from "../../domain/locale.ts";
import { ask } from "../sql.ts";

/** What chats told us about themselves: language, and whether they let us in. */
export const createChats = (orm: MikroORM, bot: string) => ({
  of: async (chat: string): Promise<Locale | undefined> => {
    const [row] = await ask<{ language: string | null }>(
      orm.em.fork(),
      "select language from chat_settings where bot = ? and chat = ?",
      [bot, chat],
    );
    return isLocale(row?.language) ? row.language : undefined;
  },
  choose: async (chat: string, language: Locale): Promise<void> => {
    await ask(
      orm.em.fork(),
      `insert into chat_settings (bot, chat, language) values (?, ?, ?)
       on conflict (bot, chat) do update set language = excluded.language`,
      [bot, chat, language],
    );
  },
  reach: async (chat: string, reachable: boolean): Promise<void> => {
    await ask(
      orm.em.fork(),
      `insert into chat_settings (bot, chat, reachable) values (?, ?, ?)
       on conflict (bot, chat) do update set reachable = excluded.reachable`,
      [bot, chat, reachable],
    );
  },
});
