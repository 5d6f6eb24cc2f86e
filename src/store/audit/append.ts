import type { EntityManager } from "@mikro-orm/postgresql";
import { ask } from "../../sql.ts";
import { NONE, START, type Tail } from "./entry.ts";
import { type Decided, type End, seal } from "./seal.ts";

/** Puts entries into the table, from the array of JSON that `entries` is; `invoice` is SQL for whose they are. */
export const inserting = (invoice: string, from: string, entries: string): string => `
  insert into audit_entries (invoice_id, position, fact, actor, request_id, at, policy_version, previous, hash)
  select ${invoice}, f.position, f.fact, f.actor, f."requestId", f.at, f."policyVersion", f.previous, f.hash
  from ${from} jsonb_to_recordset(${entries}) as f(
    position int, fact jsonb, actor jsonb, "requestId" text, at timestamptz, "policyVersion" text, previous text, hash text
  ) order by f.position`;

/**
 * The end of the chain of what belongs to no invoice. There is no row to lock, so it has a lock of its own. The transaction's id
 * is taken before a row's id is: a checkpoint that is being written waits for those it can see.
 */
export async function lockNone(em: EntityManager): Promise<End> {
  await ask(em, "select pg_advisory_xact_lock(hashtext('audit of no invoice')), pg_current_xact_id()");
  const [last] = await ask<Tail>(
    em,
    `select position as entries, hash as head from audit_entries
     where invoice_id is null order by position desc limit 1`,
  );
  return { chain: NONE, ...(last ?? { entries: 0, head: START }) };
}

const APPEND = inserting("null", "", "?::jsonb");

/** Adds what belongs to no invoice to the end of its chain. An invoice's own entries are written with everything else of it. */
export async function append(em: EntityManager, end: End, decided: Decided): Promise<void> {
  await ask(em, APPEND, [JSON.stringify(seal(end, decided))]);
}
