/** Wherever a time may be null, null is the database clock: `$now` is only given by a test that moves the time. */

const JOB_COLUMNS = `
  id, delivery_id as "idempotencyKey", lane, bucket, topic, payload, attempts,
  dedupe_key as "dedupeKey", request_id as "requestId"`;

/**
 * $1 now, $2 lease in seconds, $3 free hands (negative: more is in hand than there are), $4 the most that one bucket may have in hand over all workers, $5 what is done,
 * as an array of lane, id, lease and attempts. First the lanes of what is done are handed back, then there is taken what can
 * be. It waits for no lock: a lane that somebody sends to at this moment is passed over and its hand is not free, or one
 * sender who lingers would hold up every lane. Every row has the jobs whose lanes were reached, and which of these were handed
 * back; the first may have no job of its own, and then says in how many milliseconds something waits for a time.
 */
export const TURN_OVER = `
with finished as materialized (
  select * from jsonb_to_recordset($5::jsonb) as finished(lane text, id bigint, lease uuid, attempts int)
),
free as materialized (
  select key from outbox_lane where key = any (array(select lane from finished)) for update skip locked
),
done as materialized (
  select id, outbox_settle($1, lane, id, lease, 'done', attempts, 0, null) as settled from finished
  where lane in (select key from free) or not exists (select from outbox_lane where key = lane)
),
handed as (
  select coalesce(array_agg(id::text), '{}') as reached, coalesce(array_agg(id::text) filter (where settled), '{}') as settled
  from done
)
select handed.reached, handed.settled, ${JOB_COLUMNS}, lease, "nextMs"
from handed
left join lateral outbox_claim($1, $2, greatest(0, $3::int + cardinality(handed.reached)), $4) claimed on true
left join lateral (select outbox_next($1) as "nextMs" where claimed.id is null) next on true`;

/** $1 now, $2 lane, $3 job, $4 lease, $5 done, again, deferred or dead, $6 attempts so far, $7 seconds, $8 error. */
export const SETTLE = `select outbox_settle($1, $2, $3, $4, $5, $6, $7, $8) as settled`;

/** $1 lane, $2 lease, $3 seconds. No row: the lane belongs to somebody else by now. */
export const RENEW = `
update outbox_lane set lease_until = clock_timestamp() + make_interval(secs => $3)
where key = $1 and lease_id = $2`;

/** $1 seconds, $2 how many. Dead jobs that nobody was told of; for so long nobody else gets them. */
export const TAKE_DEAD = `
update outbox_job set noting_until = clock_timestamp() + make_interval(secs => $1)
where id in (
  select id from outbox_job
  where state = 'dead' and noted_at is null and (noting_until is null or noting_until < clock_timestamp())
  order by id limit $2 for update skip locked
)
returning ${JOB_COLUMNS}, last_error as "lastError"`;

/** $1 now, $2 job. */
export const NOTE_DEAD = `
update outbox_job set noted_at = coalesce($1::timestamptz, clock_timestamp()) where id = $2`;
