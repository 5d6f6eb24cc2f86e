import type { InvoiceBook, InvoiceEntry, InvoicePut } from "../../ports.ts";
import { importInvoices, type ReadEntry } from "./import.ts";
import type { createProgress } from "./progress.ts";
import { sayImport } from "./say-import.ts";

type Progress = ReturnType<typeof createProgress>;

export type ImportCommand = {
  /** Opens the file from its beginning: it is read once to look and once to import. */
  readonly open: () => AsyncIterable<Uint8Array>;
  readonly read: ReadEntry;
  readonly book: Pick<InvoiceBook, "preview">;
  readonly put: (entry: InvoiceEntry) => Promise<InvoicePut>;
  readonly dryRun: boolean;
  readonly skipErrors: boolean;
  readonly progress: (doing: string) => Progress;
  readonly say: (text: string) => void;
};

/**
 * Looks at the whole file first, and imports it only when every row is right, so that a table is never half in the book
 * because of a mistake in its middle. False: there were mistakes.
 */
export async function runImport(command: ImportCommand): Promise<boolean> {
  const { book, put, dryRun, skipErrors, say } = command;
  const seen = await through(command, "looking", (entry) => book.preview(entry));
  if (dryRun || (seen.wrongRows > 0 && !skipErrors)) {
    say(sayImport(seen, { done: false }));
    say(dryRun ? "Dry run: nothing was imported." : NOTHING);
    return seen.wrongRows === 0;
  }
  const done = await through(command, "importing", put);
  say(sayImport(done, { done: true }));
  return done.wrongRows === 0;
}

const NOTHING = "Nothing was imported. Mend these rows, or import the others with --skip-errors.";

async function through(
  { open, read, progress }: ImportCommand,
  doing: string,
  put: (entry: InvoiceEntry) => Promise<InvoicePut>,
) {
  const shown = progress(doing);
  try {
    return await importInvoices({ file: open(), read, put, progress: (rows) => shown.show(rows) });
  } finally {
    shown.end();
  }
}
