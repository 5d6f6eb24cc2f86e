/** The ceiling doubles from `firstSeconds` at the first repeat up to `capSeconds`. */
export type Backoff = { readonly firstSeconds: number; readonly capSeconds: number };

/**
 * Seconds to wait after `failures` failures in a row (1 or more). Full jitter: anything from nothing to the ceiling, so
 * that what failed together does not come back together. `random` is in [0, 1).
 */
export function backoffSeconds(failures: number, { firstSeconds, capSeconds }: Backoff, random: number): number {
  const ceiling = Math.min(capSeconds, firstSeconds * 2 ** (failures - 1));
  return ceiling * random;
}
