import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { AMOUNT_MINOR } from "./vpos.ts";

const POLL_MS = 50;
const PATIENCE_MS = 60_000;

/** Waits until nothing is due any more but what a chat's limit holds back: the CRM has been told of every payment. */
export async function caughtUp(client: pg.Client): Promise<void> {
  await until(async () => (await numberOf(client, DUE)) === 0);
}

/** A lane is due until its last job is over. */
const DUE = `
select count(*)::int as count from outbox_lane lane join outbox_bucket bucket on bucket.key = lane.bucket
where interval_ms = 0 and ready_at <= now()`;

/** Messages that wait for a chat's limit are W4's work; hours of them would stand beside whatever is measured next. */
export async function forgetPaced(client: pg.Client): Promise<void> {
  await client.query(`
    with gone as (
      delete from outbox_job job using outbox_bucket bucket
      where bucket.key = job.bucket and state = 'ready' and interval_ms > 0 and (run_at is null or run_at <= now())
      returning lane
    )
    update outbox_lane set ready_at = null from gone where key = lane and lease_id is null`);
}

/** How many of these payments are in the books as ours. */
export const appliedOf = (client: pg.Client, references: readonly string[]): Promise<number> =>
  numberOf(
    client,
    "select count(*)::int as count from payments where provider = 'vpos' and home = 'applied' and reference = any ($1)",
    [references],
  );

export async function until(so: () => Promise<boolean>): Promise<void> {
  for (const end = performance.now() + PATIENCE_MS; !(await so()); await sleep(POLL_MS)) {
    if (performance.now() > end) throw new Error(`what was waited for did not come within ${PATIENCE_MS / 1000} s`);
  }
}

async function numberOf(client: pg.Client, sql: string, values: readonly unknown[] = []): Promise<number> {
  const { rows } = await client.query<{ count: number }>(sql, [...values]);
  return rows[0]?.count ?? Number.NaN;
}

/** All of them but the first two should be 0. */
export type Counted = {
  /** Payments that were told of, each once or more. */
  readonly told: number;
  readonly crmEffects: number;
  readonly lost: number;
  readonly doubled: number;
  /** The CRM was not told exactly once, of the right amount. */
  readonly crmWrong: number;
  /** Paid, and then something else by an older webhook. */
  readonly rolledBack: number;
  readonly cases: number;
};

/** What became of the payments that were told of, read from the tables and the audit. */
export async function countOf(client: pg.Client, references: readonly string[]): Promise<Counted> {
  const { rows } = await client.query<Omit<Counted, "told" | "lost">>(COUNT, [AMOUNT_MINOR]);
  const [found] = rows;
  if (!found) throw new Error("the database has counted nothing");
  return { told: references.length, lost: references.length - (await appliedOf(client, references)), ...found };
}

/** Each counts invoices, so that three payments of one invoice are one mistake; $1: what each invoice is owed. */
const COUNT = `
with paid as (
  select i.id, upper(i.number) as number, count(distinct p.id) as payments, count(distinct p.id) filter (where p.home <> 'applied') as held,
    count(distinct l.id) filter (where l.state <> 'paid') as unpaid_links, count(distinct a.id) filter (where a.state <> 'paid') as unpaid_attempts
  from invoices i join payments p on p.invoice_id = i.id join links l on l.invoice_id = i.id join attempts a on a.invoice_id = i.id
  group by i.id
), said as (
  select invoice_id, count(*) filter (where fact ->> 'is' = 'payment_applied') as applied,
    count(*) filter (where fact ->> 'is' = 'crm_told') as told
  from audit_entries group by invoice_id
), effects as (
  select invoice_id, count(*) as effects, sum((content ->> 'amount')::bigint) as amount from book_effects group by invoice_id
)
select (select count(*)::int from book_effects) as "crmEffects",
  (select count(*)::int from cases) as cases,
  count(*) filter (where payments <> 1 or held <> 0 or said.applied is distinct from 1)::int as doubled,
  count(*) filter (where unpaid_links + unpaid_attempts <> 0)::int as "rolledBack",
  count(*) filter (
    where said.told is distinct from 1 or effects.effects is distinct from 1
      or effects.amount is distinct from $1 or book.paid_minor is distinct from $1
  )::int as "crmWrong"
from paid left join said on said.invoice_id = paid.id
left join book_invoices book on upper(book.number) = paid.number left join effects on effects.invoice_id = book.id`;
