import { parseMoney } from "../../domain/money.ts";
import { system } from "../../domain/actor.ts";
import { nameOf } from "../../domain/invoice.ts";
import { statusOf } from "../../domain/status.ts";
import { sayMoney } from "../../domain/words/money.ts";
import type { Books, InvoiceBook, InvoiceEntry } from "../ports.ts";
import type { Needs } from "../usecases/needs.ts";
import { putInvoice } from "../usecases/put-invoice.ts";

type Sample = Pick<InvoiceEntry, "kind" | "number" | "purpose"> & {
  readonly amount: string;
  readonly currency: string;
  readonly customer: "aram" | "mariam";
  readonly owner: { readonly name: string; readonly slackUserId: string } | null;
};

const CUSTOMERS = {
  aram: { id: "C-17", name: "Aram Sargsyan", language: "en" },
  mariam: { id: "C-23", name: "Mariam Avetisyan", language: "hy" },
} as const;

/** What lies in a newcomer's book, so that there is something to ask a link for. Owners are the sandbox's people. */
const SAMPLES: readonly Sample[] = [
  {
    kind: "invoice",
    number: "INV-1042",
    amount: "15000.00",
    currency: "AMD",
    purpose: "Ceramic tiles, 12 m²",
    customer: "aram",
    owner: null,
  },
  {
    kind: "invoice",
    number: "INV-1043",
    amount: "248500.00",
    currency: "AMD",
    purpose: "Kitchen renovation, first stage",
    customer: "mariam",
    owner: null,
  },
  {
    kind: "invoice",
    number: "INV-1044",
    amount: "99.90",
    currency: "USD",
    purpose: "Design consultation",
    customer: "aram",
    owner: null,
  },
  {
    kind: "invoice",
    number: "INV-1045",
    amount: "7200.00",
    currency: "AMD",
    purpose: "Առաքում և տեղադրում",
    customer: "mariam",
    owner: { name: "Davit Hakobyan", slackUserId: "U0DAVIT" },
  },
  {
    kind: "deal",
    number: "77",
    amount: "1200000.00",
    currency: "AMD",
    purpose: "Bathroom, turnkey",
    customer: "aram",
    owner: null,
  },
  {
    kind: "order",
    number: "55",
    amount: "36000.00",
    currency: "AMD",
    purpose: "Mosaic panel",
    customer: "mariam",
    owner: null,
  },
];

export const sampleInvoices = (): readonly InvoiceEntry[] =>
  SAMPLES.map(({ kind, number, purpose, amount, currency, customer, owner }) => {
    const money = parseMoney(amount, currency);
    if (typeof money === "string") throw new Error(`sample ${number}: ${money}`);
    return {
      kind,
      number,
      purpose,
      amount: money,
      state: "open",
      customer: { ...CUSTOMERS[customer], phone: null, email: null },
      owner: owner && { id: owner.slackUserId, ...owner },
    };
  });

type Shop = { readonly book: InvoiceBook; readonly needs: Pick<Needs, "books"> };

/** Fills an empty book; one that anybody has used is left as it is. */
export async function stockBook({ book, needs: { books } }: Shop): Promise<void> {
  if ((await books.recent(1)).length > 0) return;
  const act = { actor: system("sandbox"), requestId: "sandbox" };
  for (const entry of sampleInvoices().toReversed()) await putInvoice({ books, book }, entry, act);
}

const ROWS = 12;

/** The book as the workbench shows it. */
export async function bookRows(books: Pick<Books, "recent">) {
  const invoices = await books.recent(ROWS);
  return invoices.map((invoice) => ({
    name: nameOf(invoice),
    amount: sayMoney(invoice.amount, "en"),
    customer: invoice.customer.name,
    purpose: invoice.purpose,
    status: statusOf(invoice),
  }));
}
