import { Migration } from "@mikro-orm/migrations";

/** The outbox: what must happen elsewhere is stored in the transaction that decided it. */
export class Migration20261124000200_outbox extends Migration {
  override name = "Migration20261124000200_outbox";

  override up(): void {
    for (const table of [BUCKET, LANE, JOB, KEY]) this.addSql(table);
  }
}

/** A bucket is a shared pace, such as one Slack channel: one start every `interval_ms`, after a rest up to `burst` at once. */
const BUCKET = `
create table outbox_bucket (
  key text primary key,
  interval_ms int not null check (interval_ms >= 0),
  burst int not null check (burst >= 1),
  full_at timestamptz not null default '-infinity', -- database clock: when all of the burst is there again
  closed_until timestamptz not null default '-infinity' -- the other side asked us to wait
)`;

/** A lane is a strict order, such as one thread: one job at a time, in the order in which transactions commit. */
const LANE = `
create table outbox_lane (
  key text primary key,
  bucket text, -- of the first job
  ready_at timestamptz, -- when the first job is due; null: there is none; -infinity: at once, whatever the clock says
  since timestamptz, -- the lane that has waited longest is served first
  lease_id uuid,
  lease_until timestamptz, -- database clock
  touched_at timestamptz not null default clock_timestamp(),
  check ((lease_id is null) = (lease_until is null))
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);
create index outbox_lane_due on outbox_lane (ready_at) where ready_at is not null;
create index outbox_lane_of_bucket on outbox_lane (bucket, ready_at) where ready_at is not null;
create index outbox_lane_in_hand on outbox_lane (bucket) where lease_id is not null`;

/** Ids are drawn under the lock of the lane, so within a lane their order is the order of the commits. */
const JOB = `
create table outbox_job (
  id bigint generated always as identity primary key,
  delivery_id uuid not null default gen_random_uuid(), -- the idempotency key of every try
  lane text not null check (lane <> ''),
  bucket text not null,
  topic text not null,
  payload jsonb not null,
  dedupe_key text,
  request_id text,
  state text not null default 'ready' check (state in ('ready', 'done', 'dead')),
  attempts int not null default 0,
  deferrals int not null default 0,
  run_at timestamptz, -- null: at once
  last_error text,
  created_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz,
  noting_until timestamptz, -- somebody is being told that it is dead
  noted_at timestamptz,
  check ((state = 'ready') = (ended_at is null))
);
create index outbox_job_ready on outbox_job (lane, id) where state = 'ready';
create index outbox_job_unnoted on outbox_job (id) where state = 'dead' and noted_at is null;
create index outbox_job_done on outbox_job (ended_at) where state = 'done'`;

/** Apart from the jobs, so that a key is honoured for ever although its job is removed one day. */
const KEY = `
create table outbox_key (
  key text primary key,
  sent_at timestamptz not null default clock_timestamp()
)`;
