import type pg from "pg";
import { SETTLE } from "../store/outbox/statements.ts";
import { backoffSeconds, type Backoff } from "./backoff.ts";
import type { ClaimedJob } from "./job.ts";
import { pause } from "./pause.ts";
import type { Verdict } from "./verdict.ts";

const TRIES = 6;
const PATIENCE: Backoff = { firstSeconds: 0.1, capSeconds: 2 };

/**
 * Stores what became of a job. Tried several times while the lease holds, because a result that is not stored means
 * that the job is delivered again. False: the lane was taken over meanwhile, and nothing is changed.
 */
export async function settle(
  pool: pg.Pool,
  { job, verdict, now }: { job: ClaimedJob; verdict: Verdict; now: Date | null },
  lease: AbortSignal,
): Promise<boolean> {
  const seconds = "seconds" in verdict ? verdict.seconds : 0;
  const error = "error" in verdict ? verdict.error : null;
  const values = [now, job.lane, job.id, job.lease, verdict.is, verdict.attempts, seconds, error];
  for (let failures = 1; ; failures++) {
    try {
      const { rows } = await pool.query<{ settled: boolean }>({ name: "outbox_settle", text: SETTLE, values });
      return rows.some(({ settled }) => settled);
    } catch (trouble) {
      if (failures === TRIES || lease.aborted) throw trouble;
      await pause(backoffSeconds(failures, PATIENCE, Math.random()) * 1000, lease);
    }
  }
}
