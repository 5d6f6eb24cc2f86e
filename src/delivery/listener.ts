import { once } from "node:events";
import type pg from "pg";
import { backoffSeconds, type Backoff } from "./backoff.ts";
import { pause } from "./pause.ts";

type Ears = {
  readonly onHint: () => void;
  readonly onTrouble: (error: unknown) => void;
  /** Ends the listening. */
  readonly signal: AbortSignal;
};

const RECONNECT: Backoff = { firstSeconds: 0.2, capSeconds: 15 };

/** Listens to `outbox` until the signal aborts, and connects again whenever the connection is lost. Never throws. */
export async function listen(pool: pg.Pool, { onHint, onTrouble, signal }: Ears): Promise<void> {
  for (let failures = 0; !signal.aborted;) {
    const heard = (): void => {
      failures = 0;
      onHint();
    };
    try {
      await listenOnce(pool, heard, signal);
    } catch (error) {
      failures += 1;
      onTrouble(error);
      await pause(backoffSeconds(failures, RECONNECT, Math.random()) * 1000, signal);
    }
  }
}

async function listenOnce(pool: pg.Pool, heard: () => void, signal: AbortSignal): Promise<void> {
  const client = await pool.connect();
  const lost = Promise.withResolvers<never>();
  lost.promise.catch(() => undefined); // it may be lost before anybody waits for it
  client.on("error", lost.reject).on("end", () => lost.reject(new Error("The listening connection was closed.")));
  try {
    await client.query("listen outbox");
    client.on("notification", heard);
    heard(); // what was sent while nobody listened
    if (!signal.aborted) await Promise.race([lost.promise, once(signal, "abort")]);
  } finally {
    client.release(true); // a connection that listens is of no use to anybody else
  }
}
