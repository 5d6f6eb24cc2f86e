import pg from "pg";
import type { Backoff } from "./backoff.ts";
import type { DeadJob, Job } from "./job.ts";

export type WorkerOptions = ({ readonly url: string } | { readonly pool: pg.Pool }) & {
  /**
   * Delivers, or throws. What it throws may carry `again: false` (give up at once) or `retryAfterSeconds` (the whole
   * bucket waits, the try does not count). The signal aborts when the lane is lost, the time is over or we stop.
   */
  readonly handle: (job: Job, signal: AbortSignal) => Promise<void>;
  /** Told at least once of every job that was given up, by us or by a worker that died: open a case, by `job.id`. */
  readonly onDead: (job: DeadJob) => Promise<void>;
  readonly onTrouble: (error: unknown, job?: Job) => void;
  /** How many tries a job of this topic gets in all. */
  readonly attempts: (topic: string) => number;
  /** Jobs in hand at once in this process, but for what a slow sender brings late. A given pool needs three connections more than that. */
  readonly concurrency: number;
  /** The most that one bucket has in hand over all workers, so that one silent party does not hold up the others. */
  readonly mostPerBucket?: number;
  readonly backoff?: Backoff;
  /** How long a lane waits for a worker that died. Renewed while a handler works, so handlers may take longer. */
  readonly leaseSeconds?: number;
  /** How long one try may take. */
  readonly handleSeconds?: number;
  /** How long `stop` waits for what is in hand. */
  readonly stopSeconds?: number;
  /** Decides what is due, for tests that move the time. Without it the database's clock does. */
  readonly now?: () => Date;
  readonly random?: () => number;
};

/** The options with everything decided. `now` is null where the database's clock shall be asked. */
export type Terms = Required<Omit<WorkerOptions, "now">> & { readonly now: () => Date | null };

export const termsOf = (options: WorkerOptions): Terms => ({
  mostPerBucket: Math.max(1, options.concurrency - 2),
  backoff: { firstSeconds: 2, capSeconds: 600 },
  leaseSeconds: 15,
  handleSeconds: 300,
  stopSeconds: 20,
  random: Math.random,
  ...options,
  now: () => options.now?.() ?? null,
});

/** For the listener, the claims and those who are told of the dead. */
const BESIDE_THE_HANDS = 3;

/** A pool of the worker's own. No statement of it takes long, so silence means that the connection is lost. */
export const poolFor = (url: string, concurrency: number, onTrouble: (error: unknown) => void): pg.Pool =>
  new pg.Pool({
    connectionString: url,
    max: concurrency + BESIDE_THE_HANDS,
    maxLifetimeSeconds: 1800,
    connectionTimeoutMillis: 10_000,
    query_timeout: 30_000,
    keepAlive: true,
    application_name: "paythread outbox",
  }).on("error", onTrouble);
