import { expect, vi } from "vitest";

/** Stories wait for effects in several processes, and beside each other: a busy machine makes them slow, not wrong. */
export const PATIENT = { concurrent: true, timeout: 90_000 } as const;

/** A lane whose worker was killed is free again after three seconds, on a busy machine after more. */
const WITHIN_MS = Number(process.env["PATIENCE_MS"] ?? 30_000);
const EVERY_MS = 25;

/**
 * Waits for an effect: asked again and again until it is there. `expect.poll` for stories that run beside each other, where
 * it cannot tell in which of them it was called.
 */
export function until<T>(ask: () => T | Promise<T>) {
  const becomes = (check: (seen: T) => void): Promise<void> =>
    vi.waitFor(async () => check(await ask()), { timeout: WITHIN_MS, interval: EVERY_MS });
  return {
    toBe: (wanted: T) => becomes((seen) => expect(seen).toBe(wanted)),
    toEqual: (wanted: unknown) => becomes((seen) => expect(seen).toEqual(wanted)),
    notToEqual: (unwanted: unknown) => becomes((seen) => expect(seen).not.toEqual(unwanted)),
    toContain: (wanted: string) => becomes((seen) => expect(seen).toContain(wanted)),
    toMatch: (wanted: RegExp) => becomes((seen) => expect(seen).toMatch(wanted)),
    toBeMoreThan: (most: number) => becomes((seen) => expect(seen).toBeGreaterThan(most)),
  };
}
