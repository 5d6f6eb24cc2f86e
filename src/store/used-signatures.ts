import type { MikroORM } from "@mikro-orm/postgresql";
import { ask } from "../sql.ts";

/** Signatures of requests that were already taken in, shared by every copy of the service. */
export const createUsedSignatures = (orm: MikroORM) => ({
  /** False: this signature was used before. */
  reserve: async (signature: string, ttlSeconds: number): Promise<boolean> => {
    const rows = await ask<object>(
      orm.em.fork(),
      `insert into used_signatures (signature, expires_at) values (?, clock_timestamp() + make_interval(secs => ?))
       on conflict do nothing returning signature`,
      [signature, ttlSeconds],
    );
    return rows.length > 0;
  },
  /** The answer was not taken: the sender may send the same bytes again. */
  release: async (signature: string): Promise<void> => {
    await ask(orm.em.fork(), "delete from used_signatures where signature = ?", [signature]);
  },
  sweep: async (): Promise<void> => {
    await ask(orm.em.fork(), "delete from used_signatures where expires_at < clock_timestamp()");
  },
});
