import { theAttempt } from "./apply.ts";
import { askAbout } from "./case.ts";
import { already, type Decision, done, doneOrAlready } from "./decision.ts";
import { type Attempt, type Invoice, type Payment, referenceOf } from "./invoice.ts";
import { decimalOf, type Money } from "./money.ts";
import { returnsOf, wasDecided } from "./refund.ts";

export type GivingBack = {
  readonly payment: Payment;
  readonly attempt: Attempt;
  readonly left: Money;
  /** How often it has come back since it was first given back. */
  readonly returns: number;
};

/** Held money that a person decided to give back and that is still here, as far as we know; undefined: there is none. */
export function toGiveBack(invoice: Invoice, paymentId: string): GivingBack | undefined {
  const payment = invoice.payments.find(({ id }) => id === paymentId);
  if (payment?.home !== "held" || !wasDecided(invoice, payment)) return undefined;
  const { amount, refunded } = payment;
  const left = { minor: amount.minor - refunded.minor, currency: amount.currency };
  return { payment, attempt: theAttempt(invoice, payment.attempt), left, returns: returnsOf(invoice, payment) };
}

/** The provider took it on: whether the money has gone back is for a lookup to say. */
export const refundTaken = (invoice: Invoice, paymentId: string, id: string | null): Decision =>
  toGiveBack(invoice, paymentId) ? done({ is: "refund_taken", payment: paymentId, id }) : already;

type NotTaken = { readonly because: string; readonly code: string; readonly caseId: string; readonly now: Date };

/** The provider has not taken it on: a person gives it back in the provider's own panel. */
export function refundNotTaken(
  invoice: Invoice,
  paymentId: string,
  { because, code, caseId, now }: NotTaken,
): Decision {
  const giving = toGiveBack(invoice, paymentId);
  if (!giving) return already;
  const { payment, attempt, left } = giving;
  const details = { paid: decimalOf(left), currency: left.currency, reference: referenceOf(payment), because, code };
  return doneOrAlready(askAbout(invoice, attempt, { id: caseId, kind: "refund_refused", details }, now));
}
