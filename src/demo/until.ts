import { setTimeout as sleep } from "node:timers/promises";

/** Something that should have come true did not. Its message says what was seen instead. */
export class NotSeen extends Error {
  override readonly name = "NotSeen";
}

type Awaited<T> = {
  /** What should come true, as a sentence without its full stop. */
  readonly expected: string;
  readonly withinMs?: number;
  /** Undefined: not yet. */
  readonly look: () => Promise<T | undefined> | T | undefined;
  /** What there is at the end instead, in a few words. */
  readonly seen: () => Promise<string> | string;
};

const WITHIN_MS = 20_000;
const EVERY_MS = 50;

/** Looks until it is there. Throws `NotSeen` when the time is over. */
export async function until<T>({ expected, withinMs = WITHIN_MS, look, seen }: Awaited<T>): Promise<T> {
  const end = performance.now() + withinMs;
  while (performance.now() < end) {
    const found = await look();
    if (found !== undefined) return found;
    await sleep(EVERY_MS);
  }
  throw new NotSeen(`${expected}: not within ${withinMs / 1000} s. Seen instead: ${await seen()}.`);
}
