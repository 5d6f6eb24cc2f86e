import { parseMoney } from "../../domain/money.ts";
import { system } from "../../domain/actor.ts";
import type { Invoice } from "../../domain/invoice.ts";
import type { Books, InvoiceBook, InvoiceEntry } from "../../src/ports.ts";
import { putInvoice } from "../../src/usecases/put-invoice.ts";
import pg from "pg";
import { until } from "./until.ts";

/** What a test says of an invoice; the rest is Aram's, in drams. */
export type Bill = Partial<Omit<InvoiceEntry, "amount" | "customer">> & {
  readonly amount?: string;
  readonly currency?: string;
  readonly customer?: Partial<InvoiceEntry["customer"]>;
};

const TABLES = [
  "invoices",
  "links",
  "sends",
  "attempts",
  "payments",
  "cases",
  "audit_entries",
  "inbox",
  "posted_messages",
  "invitations",
  "book_effects",
  "outbox_job",
] as const;

type Shop = { readonly book: InvoiceBook; readonly books: Books; readonly databaseUrl: string };

/** The merchant's book and our books, as a test fills and reads them. */
export function openLedger({ book, books, databaseUrl }: Shop) {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  const rows = async <Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<Row[]> =>
    (await pool.query<Row>(sql, values)).rows;
  const invoice = async (number: string): Promise<Invoice> => {
    const found = await books.read({ key: { crm: "book", kind: "invoice", number } });
    if (!found) throw new Error(`the books do not know ${number}`);
    return found;
  };
  return {
    /** Puts an invoice into the merchant's book, or changes it. */
    owes: async (number: string, bill: Bill = {}): Promise<void> => {
      const act = { actor: system("test"), requestId: "test" };
      await putInvoice({ books, book }, entryOf(number, bill), act);
    },
    invoice,
    /** What became true of an invoice, in order. */
    facts: async (number: string) => (await books.entries(await invoice(number))).map(({ fact }) => fact.is),
    entries: async (number: string) => books.entries(await invoice(number)),
    /** What the merchant's book was told, and how often. */
    told: (number: string) =>
      rows<{ paid: string | null; effects: number }>(
        `select paid_minor::text as paid, (select count(*)::int from book_effects e where e.invoice_id = b.id) as effects
         from book_invoices b where number = $1`,
        [number],
      ).then(([row]) => row),
    /** How many rows each table has: what must not change when nobody did anything. */
    counts: async () =>
      Object.fromEntries(
        await Promise.all(
          TABLES.map(async (table) => {
            const [row] = await rows<{ n: number }>(`select count(*)::int as n from ${table}`);
            return [table, row?.n] as const;
          }),
        ),
      ),
    /** Everything that is due by then is done. */
    settled: (now = new Date()) =>
      until(async () => {
        const sql =
          "select count(*)::int as n from outbox_job where state = 'ready' and (run_at is null or run_at <= $1)";
        return (await rows<{ n: number }>(sql, [now]))[0]?.n;
      }).toBe(0),
    rows,
    close: () => pool.end(),
  };
}

function entryOf(number: string, { amount = "15000", currency = "AMD", customer, ...bill }: Bill): InvoiceEntry {
  const money = parseMoney(amount, currency);
  if (typeof money === "string") throw new Error(money);
  const aram = { id: "C-17", name: "Aram Sargsyan", language: "en", phone: null, email: null } as const;
  const rest = { kind: "invoice", purpose: "Ceramic tiles", state: "open", owner: null } as const;
  return { ...rest, ...bill, number, amount: money, customer: { ...aram, ...customer } };
}
