import type { EntityManager } from "@mikro-orm/postgresql";
import type { SealedEntry } from "../../../domain/audit.ts";
import type { InvoiceKey } from "../../../domain/invoice.ts";
import { decode, type Stored } from "../codec.ts";
import { ask } from "../../sql.ts";

/** The time as it is hashed. Microseconds, which we never write, stay visible: nobody can hide a change in them. */
const AT = `regexp_replace(to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), '000Z$', 'Z')`;

/** An entry as it is hashed, with its hash; `a` names its row. */
export const SEALED = `a.position, a.fact, a.actor, a.request_id as "requestId", ${AT} as at,
  a.policy_version as "policyVersion", a.previous, a.hash`;

/** The chain of the invoice whose row `i` names. */
export const CHAIN = "i.crm || ':' || i.kind || ':' || i.number";

/** Everything that became true of an invoice, oldest first. */
export async function readEntries(
  em: EntityManager,
  { crm, kind, number }: InvoiceKey,
): Promise<readonly SealedEntry[]> {
  const rows = await ask<Stored<SealedEntry>>(
    em,
    `select ${SEALED} from audit_entries a join invoices i on i.id = a.invoice_id
     where i.crm = ? and i.kind = ? and upper(i.number) = upper(?) order by a.position`,
    [crm, kind, number],
  );
  return rows.map((row) => decode(row));
}

type Reading = { readonly values?: readonly unknown[]; readonly atOnce?: number };

const AT_ONCE = 1000;

/**
 * The rows of a statement, as many at once as memory should hold, all as they were at one moment. It needs a transaction, and
 * one at a time is read in it.
 */
export async function* stream<Row>(
  em: EntityManager,
  sql: string,
  { values = [], atOnce = AT_ONCE }: Reading = {},
): AsyncGenerator<Row> {
  await ask(em, `declare audit_rows no scroll cursor for ${sql}`, [...values]);
  for (;;) {
    const rows = await ask<Row>(em, `fetch ${atOnce} from audit_rows`);
    if (rows.length === 0) break;
    yield* rows;
  }
  await ask(em, "close audit_rows");
}
