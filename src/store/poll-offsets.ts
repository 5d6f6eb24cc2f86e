import type { EntityManager, MikroORM } from "@mikro-orm/postgresql";
import { ask } from "../sql.ts";

/** How far a bot's updates are kept: the offset the next poll confirms. */
export const createPollOffsets = (orm: MikroORM, bot: string) => ({
  load: async (): Promise<number | undefined> => {
    const [row] = await ask<{ offset: string }>(orm.em.fork(), `select "offset" from poll_offsets where bot = ?`, [
      bot,
    ]);
    return row && Number(row.offset);
  },
  /** In the transaction that keeps the updates it confirms. */
  save: async (em: EntityManager, offset: number): Promise<void> => {
    await ask(
      em,
      `insert into poll_offsets (bot, "offset") values (?, ?)
       on conflict (bot) do update set "offset" = excluded."offset"`,
      [bot, offset],
    );
  },
});
