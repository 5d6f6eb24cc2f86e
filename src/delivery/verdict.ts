import { backoffSeconds, type Backoff } from "./backoff.ts";
import type { Job } from "./job.ts";

/** What becomes of a job after a try. `attempts` is the number of tries that count so far. */
export type Verdict =
  | { readonly is: "done"; readonly attempts: number }
  /** The other side asked its whole bucket to wait. The try does not count. */
  | { readonly is: "deferred"; readonly attempts: number; readonly seconds: number; readonly error: string }
  | { readonly is: "again"; readonly attempts: number; readonly seconds: number; readonly error: string }
  | { readonly is: "dead"; readonly attempts: number; readonly error: string };

export type RetryPolicy = {
  /** How many tries a job of this topic gets in all. */
  readonly attempts: (topic: string) => number;
  readonly backoff: Backoff;
  readonly random: () => number;
};

const DAY_SECONDS = 86_400;
const LONGEST_ERROR = 2000;

export const succeeded = (job: Job): Verdict => ({ is: "done", attempts: job.attempts + 1 });

/** Nothing is left of its tries: the last of them ended with its worker, so nobody could bury it then. */
export const exhausted = (job: Job): Verdict => ({
  is: "dead",
  attempts: job.attempts,
  error: "The worker died or lost the database during the last try. It may have had its effect.",
});

/**
 * Reads what a handler threw. `again: false` gives up at once; `retryAfterSeconds` defers the bucket (1 second to a
 * day, whatever the other side wrote); everything else is tried again until the tries of the topic are used up.
 */
export function failed(job: Job, thrown: unknown, policy: RetryPolicy): Verdict {
  const error = describe(thrown);
  const attempts = job.attempts + 1;
  if (field(thrown, "again") === false) return { is: "dead", attempts, error };

  const wait = field(thrown, "retryAfterSeconds");
  if (typeof wait === "number" && !Number.isNaN(wait)) {
    return { is: "deferred", attempts: job.attempts, seconds: Math.min(Math.max(wait, 1), DAY_SECONDS), error };
  }
  if (attempts >= policy.attempts(job.topic)) return { is: "dead", attempts, error };
  return { is: "again", attempts, seconds: backoffSeconds(attempts, policy.backoff, policy.random()), error };
}

const field = (thrown: unknown, name: string): unknown =>
  typeof thrown === "object" && thrown !== null ? Reflect.get(thrown, name) : undefined;

/** PostgreSQL cannot store the character 0, and a result that cannot be stored would bring the job back for ever. */
const describe = (thrown: unknown): string => String(thrown).replaceAll("\0", "").slice(0, LONGEST_ERROR);
