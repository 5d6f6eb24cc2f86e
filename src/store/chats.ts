import type { MikroORM } from "@mikro-orm/postgresql";
import { isLocale, type Locale } from "../../domain/locale.ts";

/** What chats told us about themselves: language, and whether they let us in. */
export const createChats = (orm: MikroORM, bot: string) => ({
  of: async (chat: string): Promise<Locale | undefined> => {
    const [row] = await orm.em
      .fork()
      .execute<{ language: string | null }[]>("select language from chat_settings where bot = ? and chat = ?", [
        bot,
        chat,
      ]);
    return isLocale(row?.language) ? row.language : undefined;
  },
  choose: async (chat: string, language: Locale): Promise<void> => {
    await orm.em.fork().execute(
      `insert into chat_settings (bot, chat, language) values (?, ?, ?)
       on conflict (bot, chat) do update set language = excluded.language`,
      [bot, chat, language],
    );
  },
  reach: async (chat: string, reachable: boolean): Promise<void> => {
    await orm.em.fork().execute(
      `insert into chat_settings (bot, chat, reachable) values (?, ?, ?)
       on conflict (bot, chat) do update set reachable = excluded.reachable`,
      [bot, chat, reachable],
    );
  },
});
