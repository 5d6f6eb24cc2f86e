import type { InvoiceName } from "../../domain/desk.ts";
import type { CrmInvoice, Invoice } from "../../domain/invoice.ts";
import { sameMoney } from "../../domain/money.ts";
import type { Act, Books, Crm } from "../ports.ts";

type Needs = { readonly books: Pick<Books, "decideLearned">; readonly crm: Pick<Crm, "find"> };

/** More changes than these at the same instant are not a race any more; each of them is followed by its own call anyway. */
const MOST_ROUNDS = 5;

/**
 * Learns what the CRM says until there is nothing new in it: of two that hear of one invoice at the same time, the one that
 * is slower to learn would otherwise leave the older amount behind.
 */
export async function learnInvoice({ books, crm }: Needs, { kind, number }: InvoiceName, act: Act): Promise<Invoice> {
  for (let round = 1; ; round++) {
    const told = await crm.find({ kind, number });
    if (!told) throw new Error(`the CRM knew invoice ${number} and does not know it any more`);
    const { invoice, decision } = await books.decideLearned(told, act);
    if (decision.kind !== "done" || round === MOST_ROUNDS) return invoice;
  }
}

/** Whether what was told is still what the CRM says, as far as money goes. */
export const stillSaid = (told: CrmInvoice, now: CrmInvoice | undefined): boolean =>
  now !== undefined && sameMoney(told.amount, now.amount) && told.state === now.state && told.purpose === now.purpose;
