import { system } from "../../domain/actor.ts";
import { already, done } from "../../domain/decision.ts";
import { appliedTo, dueOf } from "../../domain/invoice.ts";
import type { Needs } from "./needs.ts";

/** Tells the CRM that an invoice is paid, effectively once: one effect key per (invoice, fact), for ever (product rule 12). */
export async function tellCrmPaid({ books, crm }: Needs, invoiceId: string, requestId: string): Promise<void> {
  const invoice = await books.read({ id: invoiceId });
  const payment = invoice?.payments.findLast(({ home }) => home === "applied");
  if (!invoice || !payment || dueOf(invoice).minor > 0n) return;
  const told = await crm.tellPaid({
    key: `${invoiceId}:invoice_paid`,
    invoice,
    amount: { minor: appliedTo(invoice), currency: invoice.amount.currency },
    provider: payment.provider,
    reference: payment.reference,
    paidAt: payment.paidAt,
  });
  const entries = await books.entries(invoice);
  if (told === "already" && entries.some(({ fact }) => fact.is === "crm_told")) return;
  const act = { actor: system("crm"), requestId };
  await books.decide({ id: invoiceId }, act, (one) =>
    dueOf(one).minor === 0n ? done({ is: "crm_told", fact: "invoice_paid" }) : already,
  );
}
