import type { EntityManager } from "@mikro-orm/postgresql";
import type { CrmInvoice } from "../../domain/invoice.ts";
import { ask } from "../sql.ts";
import { encode } from "./codec.ts";

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
