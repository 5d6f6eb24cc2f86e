import type { EntityManager } from "@mikro-orm/postgresql";
import type { Invoice } from "../../domain/invoice.ts";
import { ask } from "../sql.ts";
import { inserting } from "./audit/append.ts";
import { chainOf } from "./audit/entry.ts";
import { type Decided, seal } from "./audit/seal.ts";
import { encode } from "./codec.ts";
import type { Loaded } from "./load-invoice.ts";
import { type Message, rowOf } from "./outbox/send.ts";
import { UPSERTS } from "./upsert.ts";

/**
 * Everything a decision leads to, in one statement, and nothing of it when somebody has decided on the invoice since it was
 * loaded: every decision adds audit entries, so their number says so, and the update of the row waits for who is at it. The
 * unique indexes and checks of the tables stand behind the rules all the same.
 */
const RECORD = `
with asked as materialized (select ?::jsonb as doc),
held as (
  update invoices i set
    entries = i.entries + jsonb_array_length(doc -> 'audit'), audit_head = doc ->> 'auditHead',
    amount_minor = (doc #>> '{head,amount,minor}')::bigint, currency = doc #>> '{head,amount,currency}',
    purpose = doc #>> '{head,purpose}', customer_id = doc #>> '{head,customer,id}',
    customer_name = doc #>> '{head,customer,name}', customer_language = doc #>> '{head,customer,language}',
    owner = nullif(doc #> '{head,owner}', 'null'), state = doc #>> '{head,state}', url = doc #>> '{head,url}'
  from asked where i.id = ? and i.entries = ? returning i.id
),
${UPSERTS},
saved_audit as (${inserting("held.id", "held, asked,", "asked.doc -> 'audit'")})
select case when doc -> 'messages' <> '[]' then outbox_send(doc -> 'messages') end as sent from held, asked`;

type Deciding = Decided & { readonly after: Invoice; readonly messages: readonly Message[] };

/** Writes what a decision changed. Undefined, and nothing was written: somebody was quicker. */
export async function record(em: EntityManager, before: Loaded, deciding: Deciding): Promise<Loaded | undefined> {
  const { after, messages } = deciding;
  const sealed = seal({ ...before, chain: chainOf(after) }, deciding);
  const head = sealed.at(-1)?.hash ?? before.head;
  const { amount, purpose, customer, owner, state, url } = after;
  const doc = {
    head: { amount, purpose, customer, owner, state, url },
    ...changes(before.invoice, after),
    audit: sealed,
    auditHead: head,
    messages: messages.map(rowOf),
  };
  const rows = await ask<object>(em, RECORD, [encode(doc), after.id, before.entries]);
  return rows.length === 0 ? undefined : { ...before, invoice: after, entries: before.entries + sealed.length, head };
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
