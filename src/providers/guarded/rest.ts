import type { Answer } from "../../ports.ts";

/** Why a provider is left alone, to be read after its name, and for how many whole seconds more. */
export type Rest = { readonly seconds: number; readonly because: string };

/** The seconds from one moment to a later one, in milliseconds each, rounded up so that nobody comes back too early. */
export const secondsBetween = (now: number, until: number): number => Math.ceil((until - now) / 1000);

export function longer(one: Rest | null, other: Rest | null): Rest | null {
  if (!one || !other) return one ?? other;
  return one.seconds >= other.seconds ? one : other;
}

/** What a call is answered with that never left us. */
export const notAsked = (who: string, { seconds, because }: Rest): Answer<never> => ({
  is: "did_not_happen",
  because: `${who} ${because}, so it was not asked. Try again in ${seconds} s.`,
  retryAfterSeconds: seconds,
});
