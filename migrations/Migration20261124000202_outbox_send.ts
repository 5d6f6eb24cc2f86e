import { Migration } from "@mikro-orm/migrations";

/** Sending to the outbox, in one place for every statement that sends. */
export class Migration20261124000202_outbox_send extends Migration {
  override name = "Migration20261124000202_outbox_send";

  override up(): void {
    for (const sql of [MESSAGES, SEND]) this.addSql(sql);
  }
}

const MESSAGES = `
create function outbox_messages(p_messages jsonb) returns table (
  lane text, bucket text, interval_ms int, burst int, topic text, payload jsonb,
  dedupe_key text, request_id text, run_at timestamptz, place bigint
) language sql immutable as $$
  select * from rows from (jsonb_to_recordset(p_messages) as (
    lane text, bucket text, "intervalMs" int, burst int, topic text, payload jsonb,
    "dedupeKey" text, "requestId" text, "runAt" timestamptz
  )) with ordinality
$$`;

/**
 * Sends all messages and tells of each whether it was new. Lanes stay locked until the caller commits, so that order of
 * ids is order of commits. Everybody locks in one order (buckets, keys, lanes, each sorted), so nobody deadlocks.
 * A bucket is only touched when its pace changes: its row is shared, and a lock on it would hold up every delivery.
 *
 * A sender with free hands takes what is due at once in hand, as if it had claimed it: the first job of a lane where nothing
 * waits, of a bucket without a pace, that nobody asked to wait. Hands are counted over all workers, but not under a lock: at
 * one moment two senders may both take the last.
 */
const SEND = `
create function outbox_send(
  p_messages jsonb, p_hands int default 0, p_now timestamptz default null, p_lease_seconds float8 default null,
  p_most_per_bucket int default null,
  out sent boolean[], out taken jsonb
) language plpgsql as $$
declare
  v_clock timestamptz := clock_timestamp();
  v_lease uuid := gen_random_uuid();
  v_tell boolean;
begin
  if p_messages = '[]' then
    return;
  end if;

  with message as materialized (select * from outbox_messages(p_messages)),
  paced as (
    insert into outbox_bucket as known (key, interval_ms, burst)
    select bucket, interval_ms, burst from (
      select distinct on (bucket) bucket, interval_ms, burst from message order by bucket, place desc
    ) pace
    where not exists (
      select from outbox_bucket same where (same.key, same.interval_ms, same.burst) = (bucket, pace.interval_ms, pace.burst)
    )
    order by bucket
    on conflict (key) do update set interval_ms = excluded.interval_ms, burst = excluded.burst
    returning key
  ),
  kept as (
    insert into outbox_key (key)
    select distinct dedupe_key from message
    where dedupe_key is not null and (select count(*) from paced) >= 0 -- first those, then these
    order by dedupe_key
    on conflict do nothing returning key
  ),
  fresh as materialized (
    select distinct on (coalesce(dedupe_key, place::text), dedupe_key is null) *,
      v_clock + place * interval '1 microsecond' as sent_at -- who was sent first waits longest
    from message where dedupe_key is null or dedupe_key in (select key from kept)
    order by coalesce(dedupe_key, place::text), dedupe_key is null, place
  ),
  open as materialized (
    select place from (
      select place, row_number() over (partition by fresh.bucket order by place) + (
        select count(*) from outbox_lane busy
        where busy.bucket = fresh.bucket and lease_id is not null and lease_until >= v_clock
      ) as nth_in_hand
      from fresh left join outbox_bucket on key = bucket -- one that is new is not seen here, and open
      where p_hands > 0 and run_at is null and fresh.interval_ms = 0
        and coalesce(closed_until <= coalesce(p_now, v_clock), true)
    ) may
    where nth_in_hand <= p_most_per_bucket
    order by place limit p_hands
  ),
  -- A lane where nothing waits begins with the first of ours; of any other only the lock is wanted.
  locked as (
    insert into outbox_lane as known (key, bucket, ready_at, since, lease_id, lease_until)
    select lane, bucket, coalesce(run_at, '-infinity'), coalesce(run_at, sent_at),
      case when now then v_lease end, case when now then v_clock + make_interval(secs => p_lease_seconds) end
    from (
      select distinct on (lane) *, place in (select place from open) as now
      from fresh order by lane, place
    ) first
    where (select count(*) from paced) >= 0 and (select count(*) from kept) >= 0 -- all of those before the first of these
    order by lane
    on conflict (key) do update set touched_at = clock_timestamp(),
      bucket = case when known.ready_at is null then excluded.bucket else known.bucket end,
      ready_at = case when known.ready_at is null then excluded.ready_at else known.ready_at end,
      since = case when known.ready_at is null then excluded.since else known.since end,
      lease_id = case when known.ready_at is null then excluded.lease_id else known.lease_id end,
      lease_until = case when known.ready_at is null then excluded.lease_until else known.lease_until end
    returning key, lease_id is not distinct from v_lease as held
  ),
  job as (
    insert into outbox_job (lane, bucket, topic, payload, dedupe_key, request_id, run_at, created_at)
    select lane, bucket, topic, payload, dedupe_key, request_id, run_at, sent_at
    from fresh join locked on key = lane order by place -- all locks before the first id
    returning id, delivery_id, lane, bucket, topic, payload, dedupe_key, request_id
  ),
  first as (
    select distinct on (lane) job.* from job join locked on key = lane where held order by lane, id
  )
  select
    (select array_agg(place in (select place from fresh) order by place) from message),
    (select jsonb_agg(jsonb_build_object(
      'id', id::text, 'idempotencyKey', delivery_id, 'lane', lane, 'bucket', bucket, 'topic', topic, 'payload', payload,
      'attempts', 0, 'dedupeKey', dedupe_key, 'requestId', request_id, 'lease', v_lease
    )) from first),
    exists (select from job) and exists (select from locked where not held)
  into sent, taken, v_tell;

  if v_tell then
    perform pg_notify('outbox', '');
  end if;
end $$`;
