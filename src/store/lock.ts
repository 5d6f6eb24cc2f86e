import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";

type Terms = { readonly name: string; readonly signal: AbortSignal; readonly trouble: (error: Error) => void };

const TRY_AGAIN_MS = 3000;

/**
 * Does work that only one process may do at a time, and waits for its turn. The lock belongs to a connection of its own and
 * goes with it, even after kill -9; when the connection is lost the work goes on until it ends and the lock is taken anew.
 */
export async function holdLock(connect: () => pg.Client, terms: Terms, work: () => Promise<void>): Promise<void> {
  const { name, signal, trouble } = terms;
  while (!signal.aborted) {
    const client = connect();
    client.on("error", trouble);
    try {
      await client.connect();
      const { rows } = await client.query<{ held: boolean }>("select pg_try_advisory_lock(hashtext($1)) as held", [
        name,
      ]);
      if (rows[0]?.held) return await work();
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      trouble(error);
    } finally {
      await client.end().catch(() => undefined);
    }
    await sleep(TRY_AGAIN_MS, undefined, { signal }).catch(() => undefined);
  }
}
