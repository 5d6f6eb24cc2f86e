import type { EntityManager } from "@mikro-orm/postgresql";
import { ask } from "../../sql.ts";

/** What one statement takes at most, so that it holds nobody up. */
export const BATCH = 1000;

/** Done jobs of before a time, and their dedupe keys stay: `outbox_key` is a table of its own. Dead jobs stay too. */
const SWEEP_JOBS = `
with gone as (
  delete from outbox_job where id in (
    select id from outbox_job where state = 'done' and ended_at < ? order by ended_at limit ${BATCH} for update skip locked
  ) returning id
)
select count(*)::int as count from gone`;

/** A lane without a job is only a name; the next message brings it back. */
const SWEEP_LANES = `
with gone as (
  delete from outbox_lane where key in (
    select key from outbox_lane where ready_at is null and touched_at < ? limit ${BATCH} for update skip locked
  ) returning key
)
select count(*)::int as count from gone`;

/** The janitor of the outbox, in short statements that hold nobody up. Answers with how many jobs it removed. */
export async function sweepOutbox(em: EntityManager, before: Date): Promise<number> {
  const jobs = await inBatches(em, SWEEP_JOBS, before);
  await inBatches(em, SWEEP_LANES, before);
  return jobs;
}

/** Repeats a statement that does `BATCH` rows at most and says how many. Answers with how many there were in all. */
export async function inBatches(em: EntityManager, sql: string, before: Date): Promise<number> {
  let total = 0;
  for (;;) {
    const [row] = await ask<{ count: number }>(em, sql, [before]);
    const count = row?.count ?? 0;
    total += count;
    if (count < BATCH) return total;
  }
}
