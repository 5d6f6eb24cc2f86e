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

type Row = { readonly loaded: (Omit<Loaded, "invoice"> & { readonly invoice: Stored<Invoice> }) | null };

const SHOWN = "array(select l.id from links l join link_chats c on c.link_id = l.id where l.invoice_id = i.id)";

/** Which invoice is meant: SQL for its id, from the row `w` of what is asked. A subquery is never planned as a reading of all. */
const MEANT = `case w.by
  when 'id' then w.id
  when 'token' then (select l.invoice_id from links l where l.token = w.token)
  when 'link' then (select l.invoice_id from links l where l.id = w.id)
  when 'attempt' then (select a.invoice_id from attempts a where a.id = w.id)
  when 'reference' then (select a.invoice_id from attempts a where a.provider = w.provider and a.reference = w.reference)
  when 'payment' then (
    select p.invoice_id from payments p where p.provider = w.provider and p.bank_reference = w.reference limit 1)
  when 'key' then (
    select k.id from invoices k where k.crm = w.crm and k.kind = w.kind and upper(k.number) = upper(w.number))
end`;

const ASKED = `jsonb_to_recordset(?::jsonb) w (
  place int, by text, id uuid, token text, provider text, reference text, crm text, kind text, number text)`;

const WHOLE = `
select (
  select jsonb_build_object('invoice', ${AGGREGATE}, 'entries', i.entries, 'head', i.audit_head, 'shown', ${SHOWN})
  from invoices i where i.id = ${MEANT}
) as loaded
from ${ASKED} order by w.place`;

/** Invoices whole, all as they were at one moment, in the order in which they are asked for. */
export async function loadAll(em: EntityManager, asked: readonly Where[]): Promise<readonly (Loaded | undefined)[]> {
  const rows = await ask<Row>(em, WHOLE, [JSON.stringify(asked.map((where, place) => ({ place, ...named(where) })))]);
  return rows.map(({ loaded }) => (loaded ? { ...loaded, invoice: decode(loaded.invoice) } : undefined));
}

/** One invoice whole. */
export async function loadInvoice(em: EntityManager, where: Where): Promise<Loaded | undefined> {
  const [loaded] = await loadAll(em, [where]);
  return loaded;
}

const LOCK = `select i.id from ${ASKED}, lateral (select l.id from invoices l where l.id = ${MEANT} for update) i`;

/**
 * The same, and nobody else changes it until the transaction is over. It is locked in a statement of its own: what is read
 * afterwards is then what the last holder of the lock committed, not what was there when we began to wait.
 */
export async function lockInvoice(em: EntityManager, where: Where): Promise<Loaded | undefined> {
  const [row] = await ask<{ id: string }>(em, LOCK, [JSON.stringify([named(where)])]);
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

/** How it is asked for, as the statements read it. */
function named(where: Where): object {
  if ("known" in where) return { by: "id", id: where.known.id };
  if ("id" in where) return { by: "id", ...where };
  if ("token" in where) return { by: "token", ...where };
  if ("link" in where) return { by: "link", id: where.link };
  if ("attempt" in where) return { by: "attempt", id: where.attempt };
  if ("paymentReference" in where)
    return { by: "payment", provider: where.provider, reference: where.paymentReference };
  if ("reference" in where) return { by: "reference", ...where };
  const { crm, kind, number } = where.key;
  return { by: "key", crm, kind, number };
}
