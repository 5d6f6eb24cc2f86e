import type { EntityManager, MikroORM } from "@mikro-orm/postgresql";
import type { CrmInvoice, InvoiceKind } from "../../../domain/invoice.ts";
import type { Currency } from "../../../domain/money.ts";
import type { Clock, Crm, Ids, PaidEffect } from "../../ports.ts";
import { ask } from "../../sql.ts";
import { together } from "../../together.ts";
import { lookForPaid, tellPaid } from "./effects.ts";

/** An invoice as it is put into the book. Phone and e-mail stay here: nothing else needs them. */
export type BookEntry = Pick<CrmInvoice, "kind" | "number" | "amount" | "purpose" | "state" | "owner"> & {
  readonly customer: CrmInvoice["customer"] & { readonly phone: string | null; readonly email: string | null };
};

type Needs = { readonly orm: MikroORM; readonly clock: Clock; readonly ids: Ids };

/** The embedded invoice book: the CRM of a merchant who has none, behind the same port as the others. */
export type Book = Crm & {
  /** Puts an invoice in, or changes the one of this kind and number. `unchanged`: it said the same already. */
  put(entry: BookEntry): Promise<"created" | "changed" | "unchanged">;
  /** What `put` would answer, without doing it. */
  preview(entry: BookEntry): Promise<"created" | "changed" | "unchanged">;
};

export const BOOK = "book";

export const createBook = ({ orm, clock, ids }: Needs): Book => ({
  name: BOOK,
  lookForPaid: together((effects: readonly PaidEffect[]) => lookForPaid(orm.em.fork(), effects)),
  tellPaid: together((effects: readonly PaidEffect[]) => tellPaid(orm.em.fork(), effects, clock())),
  find: async ({ kind, number }) => (await findRow(orm.em.fork(), kind, number))?.invoice,
  put: (entry) =>
    orm.em.fork().transactional(async (em) => {
      const values = [
        entry.amount.minor.toString(),
        entry.amount.currency,
        entry.purpose,
        ...jsonOf(entry),
        entry.state,
        clock(),
      ];
      const inserted = await ask<object>(em, INSERT, [ids.id(), entry.kind, entry.number, ...values]);
      if (inserted.length > 0) return "created";
      const changed = await ask<object>(em, UPDATE, [...values, entry.kind, entry.number]);
      return changed.length > 0 ? "changed" : "unchanged";
    }),
  preview: async (entry) => {
    const em = orm.em.fork();
    if (!(await findRow(em, entry.kind, entry.number))) return "created";
    const values = [entry.amount.minor.toString(), entry.amount.currency, entry.purpose, ...jsonOf(entry), entry.state];
    const [row] = await ask<object>(em, `select 1 from book_invoices b where ${DIFFERS} and ${KEY}`, [
      ...values,
      entry.kind,
      entry.number,
    ]);
    return row ? "changed" : "unchanged";
  },
});

const jsonOf = ({ customer, owner }: BookEntry): unknown[] => [
  JSON.stringify(customer),
  owner === null ? null : JSON.stringify(owner),
];

const KEY = "b.kind = ? and upper(b.number) = upper(?)";

const DIFFERS = `
  (b.amount_minor, b.currency::text, b.purpose, b.customer, b.owner, b.state)
  is distinct from (?::bigint, ?::text, ?::text, ?::jsonb, ?::jsonb, ?::text)`;

const INSERT = `
insert into book_invoices (id, kind, number, amount_minor, currency, purpose, customer, owner, state, updated_at)
values (?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?, ?) on conflict (kind, upper(number)) do nothing returning id`;

const UPDATE = `
with new as (
  select ?::bigint as amount_minor, ?::text as currency, ?::text as purpose, ?::jsonb as customer, ?::jsonb as owner,
    ?::text as state, ?::timestamptz as updated_at
)
update book_invoices b set amount_minor = new.amount_minor, currency = new.currency, purpose = new.purpose,
  customer = new.customer, owner = new.owner, state = new.state, updated_at = new.updated_at
from new
where ${KEY} and (b.amount_minor, b.currency::text, b.purpose, b.customer, b.owner, b.state)
  is distinct from (new.amount_minor, new.currency, new.purpose, new.customer, new.owner, new.state)
returning b.id`;

type Row = {
  readonly id: string;
  readonly kind: InvoiceKind;
  readonly number: string;
  readonly minor: string;
  readonly currency: Currency;
  readonly purpose: string;
  readonly customer: CrmInvoice["customer"];
  readonly owner: CrmInvoice["owner"];
  readonly state: CrmInvoice["state"];
};

async function findRow(
  em: EntityManager,
  kind: string,
  number: string,
): Promise<{ id: string; invoice: CrmInvoice } | undefined> {
  const [row] = await ask<Row>(
    em,
    `select b.id, b.kind, b.number, b.amount_minor::text as minor, b.currency::text as currency, b.purpose,
       b.customer, b.owner, b.state from book_invoices b where ${KEY}`,
    [kind, number],
  );
  return row && { id: row.id, invoice: invoiceOf(row) };
}

const invoiceOf = ({ kind, number, minor, currency, purpose, customer, owner, state }: Row): CrmInvoice => ({
  crm: BOOK,
  kind,
  number,
  amount: { minor: BigInt(minor), currency },
  purpose,
  customer: { id: customer.id, name: customer.name, language: customer.language },
  owner,
  state,
  url: null,
});
