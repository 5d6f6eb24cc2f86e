import type { EntityManager } from "@mikro-orm/postgresql";
import type { CrmInvoice, Invoice } from "../../domain/invoice.ts";
import { encode } from "./codec.ts";
import { ATTEMPTS, CASES, LINKS, PAYMENTS, SENDS, upsert } from "./upsert.ts";
import { ask } from "../sql.ts";

/**
 * Writes what a decision changed, each table in one statement. The invoice's row is locked by the caller, so what `before`
 * says still holds; the unique indexes and checks of the tables stand behind the rules all the same.
 */
export async function saveInvoice(em: EntityManager, before: Invoice, after: Invoice): Promise<void> {
  if (!sameHead(before, after)) await saveHead(em, after);
  const sent = new Set(before.links.flatMap(({ sends }) => sends));
  const sends = after.links.flatMap((link) =>
    link.sends.filter((send) => !sent.has(send)).map((send) => ({ ...send, link: link.id })),
  );
  await upsert(
    em,
    LINKS,
    changed(before.links, after.links).map((link) => ({ ...link, invoice: after.id })),
  );
  await upsert(em, SENDS, sends);
  await upsert(
    em,
    ATTEMPTS,
    changed(before.attempts, after.attempts).map((one) => ({ ...one, invoice: after.id })),
  );
  await upsert(
    em,
    PAYMENTS,
    changed(before.payments, after.payments).map((one) => ({ ...one, invoice: after.id })),
  );
  await upsert(
    em,
    CASES,
    changed(before.cases, after.cases).map((one) => ({ ...one, invoice: after.id })),
  );
}

/** Makes the row of an invoice nobody has asked for before. False: somebody was quicker, or it was there. */
export async function insertInvoice(em: EntityManager, id: string, told: CrmInvoice, at: Date): Promise<boolean> {
  const rows = await ask<object>(
    em,
    `insert into invoices (id, crm, kind, number, created_at, amount_minor, currency, purpose, customer_id, customer_name,
       customer_language, owner, state, url)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?)
     on conflict (crm, kind, upper(number)) do nothing returning id`,
    [id, told.crm, told.kind, told.number, at, ...headOf(told)],
  );
  return rows.length > 0;
}

const saveHead = (em: EntityManager, invoice: Invoice): Promise<unknown> =>
  ask(
    em,
    `update invoices set amount_minor = ?, currency = ?, purpose = ?, customer_id = ?, customer_name = ?,
       customer_language = ?, owner = ?::jsonb, state = ?, url = ? where id = ?`,
    [...headOf(invoice), invoice.id],
  );

const headOf = ({ amount, purpose, customer, owner, state, url }: CrmInvoice): unknown[] => [
  amount.minor.toString(),
  amount.currency,
  purpose,
  customer.id,
  customer.name,
  customer.language,
  owner === null ? null : encode(owner),
  state,
  url,
];

const sameHead = (before: CrmInvoice, after: CrmInvoice): boolean =>
  (["amount", "purpose", "customer", "owner", "state", "url"] as const).every((part) => before[part] === after[part]);

/** Facts never change an object in place: what is not the same object is new or changed. */
function changed<T extends object>(before: readonly T[], after: readonly T[]): readonly T[] {
  const known = new Set(before);
  return after.filter((one) => !known.has(one));
}
