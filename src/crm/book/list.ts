import type { MikroORM } from "@mikro-orm/postgresql";
import type { InvoiceKind } from "../../../domain/invoice.ts";
import { type Currency, decimalOf } from "../../../domain/money.ts";
import { ask } from "../../sql.ts";

type Row = {
  readonly kind: InvoiceKind;
  readonly number: string;
  readonly minor: string;
  readonly currency: Currency;
  readonly state: string;
  readonly paid: string;
  readonly customer: string;
};

/** The invoices of the book as lines for a terminal, the last changed first. */
export async function sayBook(orm: MikroORM, most: number): Promise<string> {
  const rows = await ask<Row>(
    orm.em.fork(),
    `select kind, number, amount_minor::text as minor, currency::text as currency, state, paid_minor::text as paid,
       customer ->> 'name' as customer from book_invoices order by updated_at desc, id desc limit ?`,
    [most],
  );
  if (rows.length === 0) return "The book is empty. Put invoices in with: npm run book -- import file.csv";
  return aligned([["invoice", "amount", "state", "customer"], ...rows.map(cellsOf)]);
}

const cellsOf = ({ kind, number, minor, currency, state, paid, customer }: Row): readonly string[] => [
  kind === "invoice" ? number : `${kind}:${number}`,
  `${decimalOf({ minor: BigInt(minor), currency })} ${currency}`,
  BigInt(paid) > 0n ? "paid" : state,
  customer,
];

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((cells) => cells[at]?.length ?? 0)));
  return rows
    .map((cells) =>
      cells
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
