import type pg from "pg";
import { AMOUNT_MINOR, REFERENCE } from "./vpos.ts";

/** So many invoices, each with a live link and an attempt whose checkout is open at the provider. No chat is told of them. */
export async function fillOwed(client: pg.Client, invoices: number): Promise<void> {
  for (const statement of STATEMENTS) await client.query(statement, [invoices]);
  // As autovacuum would after so many rows, but before anybody has planned a statement on them.
  await client.query("vacuum analyze book_invoices, invoices, links, attempts");
}

/** The ids follow from the numbers, so that the tables find each other. */
const idOf = (table: string): string => `md5('${table}' || n)::uuid`;

const STATEMENTS = [
  `insert into book_invoices (id, kind, number, amount_minor, currency, purpose, customer, state, updated_at)
   select ${idOf("book")}, 'invoice', 'INV-' || n, ${AMOUNT_MINOR}, 'AMD', 'Ceramic tiles, 12 m²',
     jsonb_build_object('id', 'C-' || n % 1000, 'name', 'Aram Sargsyan', 'language', 'en', 'phone', null, 'email', null),
     'open', now()
   from generate_series(1, $1::int) n`,
  `insert into invoices (id, crm, kind, number, amount_minor, currency, purpose, customer_id, customer_name, customer_language,
     state, created_at)
   select ${idOf("invoice")}, 'book', 'invoice', 'INV-' || n, ${AMOUNT_MINOR}, 'AMD', 'Ceramic tiles, 12 m²',
     'C-' || n % 1000, 'Aram Sargsyan', 'en', 'open', now()
   from generate_series(1, $1::int) n`,
  `insert into links (id, invoice_id, token, state, stale, amount_minor, currency, purpose, part, expires_at, issued_by,
     issued_at)
   select ${idOf("link")}, ${idOf("invoice")}, 'token-' || n, 'active', false, ${AMOUNT_MINOR}, 'AMD',
     'Ceramic tiles, 12 m²', false, now() + interval '3 days', '{"kind": "api", "id": "api:1", "name": "shop"}', now()
   from generate_series(1, $1::int) n`,
  `insert into attempts (id, invoice_id, link_id, number, provider, account, state, reference, checkout_url, lookups,
     request_ids, opened_at)
   select ${idOf("attempt")}, ${idOf("invoice")}, ${idOf("link")}, 1, 'vpos', 'main', 'pending', ${REFERENCE},
     'https://checkout.example/' || n, 0, '[]', now()
   from generate_series(1, $1::int) n`,
];
