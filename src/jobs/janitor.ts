/** Regular cleaning. Every copy of the service does it; done twice it does nothing more. */
export type Chore = { readonly name: string; readonly run: () => Promise<unknown> };

const FIRST_MS = 30_000;
const EVERY_MS = 10 * 60_000;

/**
 * Runs the chores soon, when the start is over, and then every ten minutes, one after the other; one that fails is reported
 * and tried next time.
 */
export function startJanitor(
  chores: readonly Chore[],
  trouble: (error: unknown, chore: string) => void,
): { stop(): void } {
  const round = async (): Promise<void> => {
    for (const { name, run } of chores) await run().catch((error: unknown) => trouble(error, name));
  };
  const first = setTimeout(() => void round(), FIRST_MS).unref();
  const timer = setInterval(() => void round(), EVERY_MS).unref();
  return {
    stop: () => {
      clearTimeout(first);
      clearInterval(timer);
    },
  };
}
