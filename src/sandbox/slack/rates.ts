import { RateLimited } from "./api-error.ts";

export type Rate = { readonly perMinute: number; readonly burst: number };
export type Rates = ReturnType<typeof createRates>;

/** Token buckets, one for each key: `burst` calls at once, refilled evenly. An empty one throws `RateLimited`. */
export function createRates(clock: () => Date) {
  const buckets = new Map<string, { level: number; at: number }>();

  return {
    spend(key: string, rate: Rate): void {
      const now = clock().getTime();
      const bucket = buckets.get(key) ?? { level: rate.burst, at: now };
      const refill = (Math.max(0, now - bucket.at) / 60_000) * rate.perMinute;
      const level = Math.min(rate.burst, bucket.level + refill);
      const allowed = level >= 1;
      buckets.set(key, { level: allowed ? level - 1 : level, at: now });
      if (!allowed) throw new RateLimited(Math.max(1, Math.ceil(((1 - level) * 60) / rate.perMinute)));
    },
  };
}
