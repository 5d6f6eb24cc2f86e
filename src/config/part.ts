/** A part of the product is real, or a stand-in on this machine. Half-set it is neither, and nothing starts. */
export type Part<Live> = (Live & { readonly is: "live" }) | { readonly is: "stand-in" };

export const STAND_IN = { is: "stand-in" } as const;

/** Collects what is wrong, so that a person mends everything at once. */
export type Complain = (sentence: string) => void;

export function complainOfHalf(complain: Complain, missing: string, others: Readonly<Record<string, unknown>>): void {
  const set = Object.entries(others).filter(([, value]) => value !== undefined);
  const [first] = set.map(([name]) => name);
  if (first !== undefined) complain(`${first} is set but ${missing} is not: set both, or neither for the stand-in.`);
}
