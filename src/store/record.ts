import type { EntityManager } from "@mikro-orm/postgresql";
import type { Invoice } from "../../domain/invoice.ts";
import { ask } from "../sql.ts";
import { inserting } from "./audit/append.ts";
import { chainOf } from "./audit/entry.ts";
import { type Decided, seal } from "./audit/seal.ts";
import { encode } from "./codec.ts";
import type { Loaded } from "./load-invoice.ts";
import { GRIP, gripOf, type Lend, type Sent } from "./outbox/hands.ts";
import { type Message, rowOf } from "./outbox/send.ts";
import { MOST_TOGETHER } from "../together.ts";
import { UPSERTS } from "./upsert.ts";

/**
 * Everything that decisions lead to, in one statement. Of a decision nothing is written when somebody has decided on its
 * invoice since it was loaded, or is at it now: every decision adds audit entries, so their number says so. Invoices are locked
 * in the order of their ids. The unique indexes and checks of the tables stand behind the rules all the same.
 */
const RECORD = `
with asked as materialized (
  select place, doc, (doc ->> 'id')::uuid as id, (doc ->> 'before')::int as before
  from (select * from jsonb_array_elements(?::jsonb) with ordinality limit ${MOST_TOGETHER}) as d(doc, place)
),
free as materialized (
  select place from asked, lateral (
    select from invoices i where i.id = asked.id and i.entries = asked.before for no key update skip locked
  ) locked
),
held as (
  update invoices i set
    entries = i.entries + jsonb_array_length(doc -> 'audit'), audit_head = doc ->> 'auditHead',
    amount_minor = (doc #>> '{head,amount,minor}')::bigint, currency = doc #>> '{head,amount,currency}',
    purpose = doc #>> '{head,purpose}', customer_id = doc #>> '{head,customer,id}',
    customer_name = doc #>> '{head,customer,name}', customer_language = doc #>> '{head,customer,language}',
    owner = nullif(doc #> '{head,owner}', 'null'), state = doc #>> '{head,state}', url = doc #>> '{head,url}'
  from asked where i.id = asked.id and place in (select place from free) returning i.id, place, doc
),
${UPSERTS},
saved_audit as (${inserting("held.id", "held,", "held.doc -> 'audit'")})
select array(select place::int from held) as held, taken
from outbox_send(
  (select coalesce(jsonb_agg(message), '[]') from held, jsonb_array_elements(doc -> 'messages') message), ${GRIP}
)`;

type Deciding = Decided & { readonly after: Invoice; readonly messages: readonly Message[] };

/** What a decision changes: the rows to write, and what will have been loaded when they are written. */
export type Change = { readonly doc: object; readonly dueAtOnce: number; readonly next: Loaded };

export function changeOf(before: Loaded, deciding: Deciding): Change {
  const { after, messages } = deciding;
  const sealed = seal({ ...before, chain: chainOf(after) }, deciding);
  const head = sealed.at(-1)?.hash ?? before.head;
  const { id, amount, purpose, customer, owner, state, url } = after;
  const doc = {
    id,
    before: before.entries,
    head: { amount, purpose, customer, owner, state, url },
    ...changes(before.invoice, after),
    audit: sealed,
    auditHead: head,
    messages: messages.map(rowOf),
  };
  const next = { ...before, invoice: after, entries: before.entries + sealed.length, head };
  return { doc, dueAtOnce: messages.filter(isDueAtOnce).length, next };
}

/** What a sender with free hands may take in hand. */
const isDueAtOnce = ({ runAt, bucket }: Message): boolean => runAt === undefined && bucket.intervalMs === 0;

type Written = Sent & { readonly held: readonly number[] };

/** Writes what decisions changed. False, and nothing of that one was written: somebody was quicker. */
export async function record(em: EntityManager, lend: Lend, all: readonly Change[]): Promise<readonly boolean[]> {
  const inOrder = all.toSorted((a, b) => (a.next.invoice.id < b.next.invoice.id ? -1 : 1));
  const docs = encode(inOrder.map(({ doc }) => doc));
  const most = em.isInTransaction() ? 0 : all.reduce((sum, { dueAtOnce }) => sum + dueAtOnce, 0);
  const [row] = await lend(most, (free) => ask<Written>(em, RECORD, [docs, ...gripOf(free)]));
  const held = new Set(row?.held.map((place) => inOrder[place - 1]));
  return all.map((one) => held.has(one));
}

/** The rows of each table that are new or changed. */
function changes(before: Invoice, after: Invoice): Readonly<Record<string, readonly object[]>> {
  const sent = new Set(before.links.flatMap(({ sends }) => sends));
  const ours = <T extends object>(rows: readonly T[]) => rows.map((row) => ({ ...row, invoice: after.id }));
  return {
    links: ours(changed(before.links, after.links)),
    sends: after.links.flatMap((link) =>
      link.sends.filter((send) => !sent.has(send)).map((send) => ({ ...send, link: link.id })),
    ),
    attempts: ours(changed(before.attempts, after.attempts)),
    payments: ours(changed(before.payments, after.payments)),
    cases: ours(changed(before.cases, after.cases)),
  };
}

/** Facts never change an object in place: what is not the same object is new or changed. */
function changed<T extends object>(before: readonly T[], after: readonly T[]): readonly T[] {
  const known = new Set(before);
  return after.filter((one) => !known.has(one));
}
