import type pg from "pg";
import { expect } from "vitest";
import type { DeadJob, Job } from "../../src/delivery/job.ts";
import type { WorkerOptions } from "../../src/delivery/options.ts";
import { OutboxWorker } from "../../src/delivery/worker.ts";
import type { Message } from "../../src/store/outbox/send.ts";

/** Lane `x1` draws from bucket `x`. */
export const step = (lane: string, number: number, more: Partial<Message> = {}): Message => ({
  lane,
  bucket: { key: lane.slice(0, 1), intervalMs: 0, burst: 1 },
  topic: "tell",
  payload: { step: number },
  ...more,
});

export const numbers = (seen: readonly Job[]): unknown[] => seen.map(({ payload }) => payload["step"]);

export const refuse = (fields: object) => async (): Promise<void> => {
  throw Object.assign(new Error("the other side said no"), fields);
};

export const SOON = { timeout: 5000, interval: 10 };

/** Waits until so many jobs have been given. */
export const given = async (seen: readonly Job[], enough: number): Promise<void> => {
  await expect.poll(() => seen.length, SOON).toBe(enough);
};

/** Nothing is left of the test before. What a process that was killed had asked for may still be going on: it is ended. */
export async function emptyOutbox(pool: pg.Pool): Promise<void> {
  await pool.query(`select pg_terminate_backend(pid, 5000) from pg_stat_activity
    where datname = current_database() and application_name ~ 'outbox'`);
  await pool.query("truncate outbox_job, outbox_lane, outbox_bucket, outbox_key, delivered");
}

/** A worker at work, what it was given in the order in which it was given, whom it buried, what troubled it. */
export function startWork(url: string, how: Partial<WorkerOptions>) {
  const seen: Job[] = [];
  const dead: DeadJob[] = [];
  const trouble: string[] = [];
  const worker = new OutboxWorker({
    url,
    concurrency: 8,
    attempts: () => 3,
    backoff: { firstSeconds: 0.05, capSeconds: 0.05 },
    onDead: async (job) => void dead.push(job),
    onTrouble: (error) => void trouble.push(String(error)),
    ...how,
    handle: async (job, signal) => {
      seen.push(job);
      await how.handle?.(job, signal);
    },
  });
  worker.start();
  return { worker, seen, dead, trouble };
}
