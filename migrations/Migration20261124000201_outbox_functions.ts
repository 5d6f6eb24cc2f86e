import { Migration } from "@mikro-orm/migrations";

/** The outbox's moves but sending. They are functions, because each must read only after it has locked. */
export class Migration20261124000201_outbox_functions extends Migration {
  override name = "Migration20261124000201_outbox_functions";

  override up(): void {
    for (const sql of [TURN, CLAIM, SETTLE, NEXT]) this.addSql(sql);
  }
}

/** Puts the first ready job of a lane at its front, free for whoever comes. The caller has locked the lane. */
const TURN = `
create function outbox_turn(p_lane text) returns void language sql as $$
  update outbox_lane set lease_id = null, lease_until = null, (bucket, ready_at, since) = (
    select bucket, coalesce(run_at, '-infinity'), coalesce(run_at, created_at)
    from outbox_job where lane = p_lane and state = 'ready' order by id limit 1
  )
  where key = p_lane
$$`;

/**
 * Leases due lanes of open buckets and answers with the first job of each. A function and not one statement, because
 * every statement of a function sees what was committed before it: a job must be read after its lane is locked, or a
 * lane that another worker served in between would give us the job it has just finished. \`skip locked\` lets workers
 * pass each other. \`p_now\` decides what is due; leases and pace go by the database clock.
 */
const CLAIM = `
create function outbox_claim(p_now timestamptz, p_lease_seconds float8, p_limit int, p_most_per_bucket int)
returns table (
  id bigint, delivery_id uuid, lane text, bucket text, topic text, payload jsonb,
  attempts int, dedupe_key text, request_id text, lease uuid
) language plpgsql as $$
#variable_conflict use_column
declare
  v_now timestamptz := coalesce(p_now, clock_timestamp());
  v_left int := p_limit;
  v_bucket outbox_bucket;
  v_lane record;
  v_clock timestamptz;
  v_allowed int;
  v_started int;
  v_lease uuid;
  v_job bigint;
begin
  for v_bucket in
    select * from outbox_bucket
    where closed_until <= v_now
      and full_at <= clock_timestamp() + (burst - 1)::float8 * interval_ms * interval '1 ms'
      and exists (
        select from outbox_lane
        where bucket = outbox_bucket.key and ready_at <= v_now and (lease_until is null or lease_until < clock_timestamp())
      )
    order by full_at for update skip locked
  loop
    exit when v_left = 0;
    v_started := 0;
    v_clock := clock_timestamp();
    v_allowed := least(v_left, p_most_per_bucket - (
      select count(*) from outbox_lane where bucket = v_bucket.key and lease_id is not null and lease_until >= v_clock
    ));
    if v_bucket.interval_ms > 0 then -- what is missing from the burst, rounded up, cannot start now
      v_allowed := least(v_allowed, v_bucket.burst - ceil(
        extract(epoch from greatest(v_bucket.full_at, v_clock) - v_clock) * 1000 / v_bucket.interval_ms
      ));
    end if;

    for v_lane in
      select key, lease_id is not null as lost from outbox_lane
      where bucket = v_bucket.key and ready_at <= v_now and (lease_until is null or lease_until < v_clock)
      order by since limit greatest(v_allowed, 0) for update skip locked
    loop
      v_lease := gen_random_uuid();
      update outbox_lane set lease_id = v_lease, lease_until = v_clock + make_interval(secs => p_lease_seconds)
        where key = v_lane.key;
      select id into v_job from outbox_job where lane = v_lane.key and state = 'ready' order by id limit 1;
      if v_lane.lost then -- Nobody knows how that try went. It counts, or a job that kills its worker would never end.
        update outbox_job set attempts = attempts + 1, last_error = 'Its worker died or lost the database.'
          where id = v_job;
      end if;
      return query
        select id, delivery_id, lane, bucket, topic, payload, attempts, dedupe_key, request_id, v_lease
        from outbox_job where id = v_job;
      v_started := v_started + 1;
    end loop;

    if v_started > 0 and v_bucket.interval_ms > 0 then
      update outbox_bucket
        set full_at = greatest(full_at, v_clock) + v_started::float8 * interval_ms * interval '1 ms'
        where key = v_bucket.key;
    end if;
    v_left := v_left - v_started;
  end loop;
end $$`;

/**
 * Writes down how a try went and hands the lane back. False, and nothing changed, when the lease is somebody else's
 * by now. The lane is locked before its next job is looked for, so a job that is being sent this moment is not missed.
 */
const SETTLE = `
create function outbox_settle(
  p_now timestamptz, p_lane text, p_id bigint, p_lease uuid,
  p_outcome text, p_attempts int, p_seconds float8, p_error text
) returns boolean language plpgsql as $$
declare
  v_now timestamptz := coalesce(p_now, clock_timestamp());
  v_later timestamptz := v_now + make_interval(secs => p_seconds);
  v_ended boolean := p_outcome in ('done', 'dead');
begin
  if p_outcome = 'deferred' then -- true for the whole bucket, whoever holds the lane
    update outbox_bucket set closed_until = greatest(closed_until, v_later)
      where key = (select bucket from outbox_job where id = p_id);
  end if;
  perform from outbox_lane where key = p_lane and lease_id = p_lease for update;
  if not found then
    return false;
  end if;

  update outbox_job set
    state = case when v_ended then p_outcome else 'ready' end,
    attempts = p_attempts,
    deferrals = deferrals + (p_outcome = 'deferred')::int,
    run_at = case when p_outcome = 'again' then v_later else run_at end,
    ended_at = case when v_ended then v_now end,
    last_error = p_error
  where id = p_id;
  perform outbox_turn(p_lane);
  return true;
end $$`;

/**
 * Milliseconds until a scheduled job is due or a bucket opens; null: nothing waits for a time. Not positive: something can be
 * claimed already, unless somebody has locked it. A function, so that it sees what a claim before it in one statement left.
 */
const NEXT = `
create function outbox_next(p_now timestamptz) returns float8 language plpgsql as $$
declare
  v_now timestamptz := coalesce(p_now, clock_timestamp());
  v_clock timestamptz := clock_timestamp();
begin
  return (
    select extract(epoch from min(left_over)) * 1000 from (
      select min(ready_at) - v_now as left_over from outbox_lane where ready_at > v_now
      union all
      select greatest(
        greatest(closed_until, v_now) - v_now,
        greatest(full_at, v_clock) - v_clock - (burst - 1)::float8 * interval_ms * interval '1 ms'
      )
      from outbox_bucket where exists (
        select from outbox_lane
        where bucket = outbox_bucket.key and ready_at <= v_now and (lease_until is null or lease_until < v_clock)
      )
    ) wait
  );
end $$`;
