import type { MikroORM } from "@mikro-orm/postgresql";
import type { Letterbox, Posted } from "../../bots/desk.ts";
import { ask } from "../sql.ts";

/** Which messages of ours stand where. */
export const createLetterbox = (orm: MikroORM): Letterbox => ({
  find: async (purpose, subject) => {
    const [row] = await ask<Posted>(
      orm.em.fork(),
      "select channel, message, content from posted_messages where purpose = ? and subject = ?",
      [purpose, subject],
    );
    return row;
  },
  keep: async (purpose, subject, { channel, message, content }) => {
    await ask(
      orm.em.fork(),
      `insert into posted_messages (purpose, subject, channel, message, content) values (?, ?, ?, ?, ?)
       on conflict (purpose, subject)
       do update set channel = excluded.channel, message = excluded.message, content = excluded.content`,
      [purpose, subject, channel, message, content],
    );
  },
});
