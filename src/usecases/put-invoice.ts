import type { Invoice } from "../../domain/invoice.ts";
import type { Act, Books, InvoiceBook, InvoiceEntry, InvoicePut } from "../ports.ts";
import { learnInvoice } from "./learn-invoice.ts";

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
  return { put, invoice: await learnInvoice({ books: needs.books, crm: needs.book }, entry, act) };
}
