import { setTimeout as sleep } from "node:timers/promises";

/** Waits for so long, or until the signal aborts. */
export const pause = async (ms: number, signal: AbortSignal): Promise<void> =>
  sleep(ms, undefined, { signal }).catch(() => undefined);
