import type pg from "pg";
import { NOTE_DEAD, TAKE_DEAD } from "../store/outbox/statements.ts";
import type { DeadJob, Job } from "./job.ts";

const AT_ONCE = 10;

type Mourners = {
  readonly onDead: (job: DeadJob) => Promise<void>;
  readonly onTrouble: (error: unknown, job?: Job) => void;
  /** How long nobody else is told of a job that somebody is being told of. */
  readonly leaseSeconds: number;
  readonly now: () => Date | null;
};

/**
 * Tells of every dead job that nobody was told of, whichever worker buried it. A job counts as told when `onDead` has
 * resolved: if we die before, or it rejects, the job comes again after the lease.
 */
export async function tellOfTheDead(pool: pg.Pool, mourners: Mourners): Promise<void> {
  for (;;) {
    const taken = { name: "outbox_take_dead", text: TAKE_DEAD, values: [mourners.leaseSeconds, AT_ONCE] };
    const { rows } = await pool.query<DeadJob>(taken);
    await Promise.all(rows.map((job) => tell(pool, job, mourners)));
    if (rows.length < AT_ONCE) return;
  }
}

async function tell(pool: pg.Pool, job: DeadJob, { onDead, onTrouble, now }: Mourners): Promise<void> {
  try {
    await onDead(job);
    await pool.query({ name: "outbox_note_dead", text: NOTE_DEAD, values: [now(), job.id] });
  } catch (error) {
    onTrouble(error, job);
  }
}
