import { askAbout, causeOfAttempt, closeCases } from "./case.ts";
import type { Fact } from "./facts.ts";
import { type Attempt, type Invoice, referenceOf } from "./invoice.ts";
import type { LookedUp } from "./looked-up.ts";
import { decimalOf } from "./money.ts";
import type { FiscalState } from "./states.ts";

/** Nobody works on these by itself any more: a person looks into the register. */
const NEEDS_A_PERSON: ReadonlySet<FiscalState> = new Set(["failed", "unknown", "manual"]);

type Heard = { readonly report: Pick<LookedUp, "fiscal">; readonly id: string; readonly now: Date };

/** What a lookup says of a payment's receipt. A receipt is never issued again from here: it may exist all the same. */
export function receiptReported(invoice: Invoice, attempt: Attempt, { report, id, now }: Heard): Fact[] {
  const payment = invoice.payments.find((one) => one.attempt === attempt.id);
  const { fiscal } = report;
  if (!payment || fiscal === null || fiscal === payment.fiscal) return [];
  const changed: Fact = { is: "fiscal_changed", payment: payment.id, fiscal };
  const over = { kind: "fiscal_failed", cause: causeOfAttempt(attempt) } as const;
  if (!NEEDS_A_PERSON.has(fiscal)) return [changed, ...closeCases(invoice, over, "the receipt was issued")];
  const { amount } = payment;
  const details = { paid: decimalOf(amount), currency: amount.currency, reference: referenceOf(payment), fiscal };
  return [changed, ...askAbout(invoice, attempt, { id, kind: "fiscal_failed", details }, now)];
}
