import type { InvoiceEntry, InvoicePut } from "../../ports.ts";
import type { Column } from "./csv-header.ts";
import { type CsvRow, readRows } from "./csv-rows.ts";

type Wrong = { readonly path: string; readonly message: string };

/** What may stand in the book is decided in one place, for this table as for the API. */
export type ReadEntry = (
  name: { readonly kind: string; readonly number: string },
  given: unknown,
) => { readonly entry: InvoiceEntry } | { readonly wrong: readonly Wrong[] };

export type RowError = { readonly line: number; readonly column: string | null; readonly message: string };

export type ImportReport = {
  readonly rows: number;
  readonly counts: Readonly<Record<InvoicePut, number>>;
  /** What would change, or did: the first of them, by name. */
  readonly changed: readonly { readonly line: number; readonly name: string; readonly put: InvoicePut }[];
  /** The first of them; `wrongRows` counts the rows of all. */
  readonly errors: readonly RowError[];
  readonly wrongRows: number;
};

export type ImportOptions = {
  readonly file: AsyncIterable<Uint8Array>;
  readonly read: ReadEntry;
  /** What is done with each row without a mistake: put it, or look what putting it would do. */
  readonly put: (entry: InvoiceEntry, line: number) => Promise<InvoicePut>;
  readonly progress?: (rows: number) => void;
};

/** Rows in hand at once. Each waits for the database a few times; more of them would only wait for each other. */
const AT_ONCE = 8;

/** A report is read by a person. */
const MOST_NAMED = 200;

/** Goes through a table of invoices, row by row. The same table again changes nothing. */
export async function importInvoices({ file, read, put, progress }: ImportOptions): Promise<ImportReport> {
  const report = newReport();
  const lines = new Map<string, number>();
  for await (const rows of batches(readRows(file), AT_ONCE)) {
    const entries = rows.flatMap((row) => {
      const found = entryIn(row, read, lines);
      if ("entry" in found) return [{ entry: found.entry, line: row.line }];
      note(report, found.errors);
      return [];
    });
    const puts = await Promise.all(entries.map(async (one) => ({ ...one, put: await put(one.entry, one.line) })));
    for (const one of puts) count(report, one);
    report.rows += rows.length;
    progress?.(report.rows);
  }
  return report;
}

type Found = { readonly entry: InvoiceEntry } | { readonly errors: readonly RowError[] };

function entryIn(row: CsvRow, read: ReadEntry, lines: Map<string, number>): Found {
  const { line, problem } = row;
  if (problem !== null) return { errors: [{ line, column: null, message: problem }] };
  const found = read(...given(row));
  if ("wrong" in found) {
    return { errors: found.wrong.map(({ path, message }) => ({ line, column: columnOf(path), message })) };
  }
  const { kind, number } = found.entry;
  const name = `${kind}:${number.toUpperCase()}`;
  const first = lines.get(name);
  if (first === undefined) lines.set(name, line);
  return first === undefined
    ? found
    : {
        errors: [
          { line, column: "number", message: `Line ${first} is the same ${kind} already: keep one of the two.` },
        ],
      };
}

/** A row in the shape of the API's body. */
function given({ cells }: CsvRow): Parameters<ReadEntry> {
  const cell = (column: Column): string | undefined => cells[column];
  const owner = { id: cell("owner_id"), name: cell("owner_name"), slackUserId: cell("owner_slack_user_id") };
  const body = {
    amount: cell("amount"),
    currency: cell("currency"),
    purpose: cell("purpose"),
    customer: {
      id: cell("customer_id"),
      name: cell("customer_name"),
      phone: cell("customer_phone"),
      email: cell("customer_email"),
      language: cell("customer_language"),
    },
    owner: Object.values(owner).every((value) => value === undefined) ? null : owner,
    state: cell("state"),
  };
  return [{ kind: cell("kind")?.toLowerCase() ?? "invoice", number: cell("number") ?? "" }, body];
}

/** `owner.slackUserId` is the column `owner_slack_user_id`. */
const columnOf = (path: string): string =>
  path.replaceAll(".", "_").replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

type Growing = {
  rows: number;
  counts: Record<InvoicePut, number>;
  changed: { line: number; name: string; put: InvoicePut }[];
  errors: RowError[];
  wrongRows: number;
};

const newReport = (): Growing => ({
  rows: 0,
  counts: { created: 0, changed: 0, unchanged: 0 },
  changed: [],
  errors: [],
  wrongRows: 0,
});

function note(report: Growing, errors: readonly RowError[]): void {
  report.wrongRows += 1;
  if (report.errors.length < MOST_NAMED) report.errors.push(...errors);
}

type Put = { readonly entry: InvoiceEntry; readonly line: number; readonly put: InvoicePut };

function count(report: Growing, { entry: { kind, number }, line, put }: Put): void {
  report.counts[put] += 1;
  if (put !== "unchanged" && report.changed.length < MOST_NAMED) {
    report.changed.push({ line, name: kind === "invoice" ? number : `${kind}:${number}`, put });
  }
}

async function* batches<T>(all: AsyncIterable<T>, size: number): AsyncGenerator<readonly T[]> {
  let batch: T[] = [];
  for await (const one of all) {
    batch.push(one);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
