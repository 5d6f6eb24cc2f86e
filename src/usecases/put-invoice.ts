import type { Invoice } from "../../domain/invoice.ts";
import type { Act, Books, InvoiceBook, InvoiceEntry, InvoicePut } from "../ports.ts";

type Needs = { readonly books: Pick<Books, "decideLearned">; readonly book: InvoiceBook };

/**
 * An invoice is put into the embedded book, and its links follow at once: amended, stale or cancelled (product rules 3 and
 * 6). The same entry again changes nothing, and makes up for a first time that ended between the two steps.
 */
export async function putInvoice(
  needs: Needs,
  entry: InvoiceEntry,
  act: Act,
): Promise<{ readonly put: InvoicePut; readonly invoice: Invoice }> {
  const put = await needs.book.put(entry);
  return { put, invoice: await follow(needs, entry, act) };
}

/** More changes than these at the same instant are not a race any more; each of them is followed by its own call anyway. */
const MOST_ROUNDS = 5;

/**
 * Learns what the book says until there is nothing new in it: of two that change one invoice at the same time, the one that
 * is slower to learn would otherwise leave the older amount behind.
 */
async function follow({ books, book }: Needs, { kind, number }: InvoiceEntry, act: Act): Promise<Invoice> {
  for (let round = 1; ; round++) {
    const told = await book.find({ kind, number });
    if (!told) throw new Error(`invoice ${number} was put into the book and is not there`);
    const { invoice, decision } = await books.decideLearned(told, act);
    if (decision.kind !== "done" || round === MOST_ROUNDS) return invoice;
  }
}
