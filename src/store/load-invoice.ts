import type { EntityManager } from "@mikro-orm/postgresql";
import type { Invoice } from "../../domain/invoice.ts";
import type { Where } from "../ports.ts";
import { decode, type Stored } from "./codec.ts";
import { ask } from "../sql.ts";

/** Money as the domain writes it: digits as text, since JSON numbers lose what a float cannot hold. */
const money = (minor: string, currency: string): string =>
  `jsonb_build_object('minor', ${minor}::text, 'currency', ${currency})`;

const SENDS = `
  coalesce((select jsonb_agg(jsonb_build_object(
    'id', s.id, 'key', s.key, 'at', s.at, 'by', s.by, 'channel', s.channel, 'outcome', s.outcome) order by s.at, s.id)
  from sends s where s.link_id = l.id), '[]')`;

const LINKS = `
  select jsonb_agg(jsonb_build_object(
    'id', l.id, 'token', l.token, 'state', l.state, 'stale', l.stale, 'amount', ${money("l.amount_minor", "l.currency")},
    'purpose', l.purpose, 'part', l.part, 'language', l.language, 'expiresAt', l.expires_at, 'issuedBy', l.issued_by,
    'issuedAt', l.issued_at, 'origin', l.origin, 'sends', ${SENDS}) order by l.issued_at, l.id)
  from links l where l.invoice_id = i.id`;

const ATTEMPTS = `
  select jsonb_agg(jsonb_build_object(
    'id', a.id, 'link', a.link_id, 'number', a.number, 'provider', a.provider, 'account', a.account, 'state', a.state,
    'reference', a.reference, 'checkoutUrl', a.checkout_url, 'checkoutExpiresAt', a.checkout_expires_at,
    'lookups', a.lookups, 'requestIds', a.request_ids, 'openedAt', a.opened_at) order by a.number)
  from attempts a where a.invoice_id = i.id`;

const PAYMENTS = `
  select jsonb_agg(jsonb_build_object(
    'id', p.id, 'attempt', p.attempt_id, 'link', p.link_id, 'provider', p.provider, 'reference', p.reference,
    'bankReference', p.bank_reference, 'amount', ${money("p.amount_minor", "p.currency")}, 'refunded', ${money("p.refunded_minor", "p.currency")},
    'home', p.home, 'dispute', p.dispute, 'fiscal', p.fiscal, 'paidAt', p.paid_at) order by p.paid_at, p.id)
  from payments p where p.invoice_id = i.id`;

/** A case as the domain has it; `c` names its row. */
export const CASE = `jsonb_build_object(
    'id', c.id, 'kind', c.kind, 'cause', c.cause, 'state', c.state, 'link', c.link_id, 'details', c.details,
    'openedAt', c.opened_at, 'resolution', c.resolution)`;

const CASES = `select jsonb_agg(${CASE} order by c.opened_at, c.id) from cases c where c.invoice_id = i.id`;

/** The aggregate of the row `i` as one JSON object, in the domain's own shape. */
const AGGREGATE = `jsonb_build_object(
  'id', i.id, 'crm', i.crm, 'kind', i.kind, 'number', i.number, 'amount', ${money("i.amount_minor", "i.currency")},
  'purpose', i.purpose, 'customer', jsonb_build_object('id', i.customer_id, 'name', i.customer_name,
  'language', i.customer_language), 'owner', i.owner, 'state', i.state, 'url', i.url,
  'links', coalesce((${LINKS}), '[]'), 'attempts', coalesce((${ATTEMPTS}), '[]'),
  'payments', coalesce((${PAYMENTS}), '[]'), 'cases', coalesce((${CASES}), '[]'))`;

/** An invoice with the end of its chain of audit entries: how many there are, and the hash of the last. */
export type Loaded = {
  readonly invoice: Invoice;
  readonly entries: number;
  readonly head: string;
  /** The links that are shown in a customer's chat. */
  readonly shown: readonly string[];
};

type Row = Omit<Loaded, "invoice"> & { readonly invoice: Stored<Invoice> };

const SHOWN = "array(select l.id::text from links l join link_chats c on c.link_id = l.id where l.invoice_id = i.id)";

const WHOLE = `select ${AGGREGATE} as invoice, i.entries, i.audit_head as head, ${SHOWN} as shown from invoices i where `;

/** One invoice whole, as it was at one moment. */
export async function loadInvoice(em: EntityManager, where: Where): Promise<Loaded | undefined> {
  const { sql, values } = condition(where);
  const [row] = await ask<Row>(em, WHOLE + sql, values);
  return row && { ...row, invoice: decode(row.invoice) };
}

/**
 * The same, and nobody else changes it until the transaction is over. It is locked in a statement of its own: what is read
 * afterwards is then what the last holder of the lock committed, not what was there when we began to wait.
 */
export async function lockInvoice(em: EntityManager, where: Where): Promise<Loaded | undefined> {
  const { sql, values } = condition(where);
  const [row] = await ask<{ id: string }>(em, `select i.id from invoices i where ${sql} for update`, values);
  return row && loadInvoice(em, row);
}

/** Loads many, for lists, without a lock. `which` is SQL over `i`. */
export async function loadInvoices(em: EntityManager, which: string, values: unknown[]): Promise<Invoice[]> {
  const rows = await ask<{ invoice: Stored<Invoice> }>(
    em,
    `select ${AGGREGATE} as invoice from invoices i where ${which}`,
    values,
  );
  return rows.map(({ invoice }) => decode(invoice));
}

function condition(where: Where): { sql: string; values: unknown[] } {
  if ("key" in where) {
    const { crm, kind, number } = where.key;
    return { sql: "i.crm = ? and i.kind = ? and upper(i.number) = upper(?)", values: [crm, kind, number] };
  }
  if ("known" in where) return condition({ id: where.known.id });
  if ("id" in where) return { sql: "i.id = ?", values: [where.id] };
  if ("token" in where) return { sql: "i.id = (select invoice_id from links where token = ?)", values: [where.token] };
  if ("link" in where) return { sql: "i.id = (select invoice_id from links where id = ?)", values: [where.link] };
  if ("attempt" in where)
    return { sql: "i.id = (select invoice_id from attempts where id = ?)", values: [where.attempt] };
  if ("paymentReference" in where)
    return {
      sql: "i.id = (select invoice_id from payments where provider = ? and bank_reference = ? limit 1)",
      values: [where.provider, where.paymentReference],
    };
  const { provider, reference } = where;
  return {
    sql: "i.id = (select invoice_id from attempts where provider = ? and reference = ?)",
    values: [provider, reference],
  };
}
