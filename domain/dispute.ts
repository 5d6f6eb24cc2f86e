import { askAbout } from "./case.ts";
import type { Fact } from "./facts.ts";
import { type Attempt, type Invoice, type Payment, referenceOf } from "./invoice.ts";
import type { LookedUp } from "./looked-up.ts";
import { decimalOf } from "./money.ts";
import { refundedInAll } from "./refund.ts";

type Heard = { readonly report: LookedUp; readonly id: string; readonly now: Date };

/**
 * A cardholder's bank takes a payment back: neither a refund nor a failure (product rule 11). While it is open the payment
 * stands and a person is asked for evidence; one that is lost has taken the money away; one that is won changes nothing.
 */
export function disputed(invoice: Invoice, attempt: Attempt, { report, id, now }: Heard): readonly Fact[] {
  const { dispute } = report;
  const payment = invoice.payments.find((one) => one.attempt === attempt.id);
  if (!payment || !dispute || dispute.state === payment.dispute) return [];
  const changed: Fact = { is: "payment_disputed", payment: payment.id, dispute: dispute.state, amount: dispute.amount };
  // Won before we heard of it, or after it had been lost: then the money that came back is refund.ts's to tell.
  if (dispute.state === "won" && payment.dispute !== "open") return [changed];
  const { minor, currency } = dispute.amount;
  const details = {
    paid: decimalOf({ minor, currency }),
    currency,
    reference: referenceOf(payment),
    dispute: dispute.state,
  };
  const asked = askAbout(invoice, attempt, { id, kind: "chargeback", details }, now);
  return [changed, ...(dispute.state === "lost" ? takenAway(payment, report) : []), ...asked];
}

function takenAway(payment: Payment, report: LookedUp): Fact[] {
  const total = refundedInAll(payment, report);
  if (total === "unclear" || total <= payment.refunded.minor) return [];
  const refunded = { minor: total, currency: payment.amount.currency };
  return [{ is: "payment_charged_back", payment: payment.id, refunded, full: total === payment.amount.minor }];
}
