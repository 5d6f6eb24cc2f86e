import { askAbout, causeOfAttempt, closeCases } from "./case.ts";
import type { Fact } from "./facts.ts";
import { type Attempt, causeOfPayment, type Invoice, type Payment, referenceOf } from "./invoice.ts";
import type { LookedUp } from "./looked-up.ts";
import { decimalOf } from "./money.ts";

type Heard = { readonly report: LookedUp; readonly id: string; readonly now: Date };

/**
 * A refund is a fact of its own: it never turns a payment into a failed one (product rule 11). What nobody here had asked
 * for opens a case; so does more than was ever paid, of which only what was paid is believed.
 */
export function wentBack(invoice: Invoice, attempt: Attempt, { report, id, now }: Heard): readonly Fact[] {
  const payment = invoice.payments.find((one) => one.attempt === attempt.id);
  if (!payment) return [];
  const total = refundedInAll(payment, report);
  if (total === "unclear") {
    const details = { status: report.providerStatus };
    return askAbout(invoice, attempt, { id, kind: "provider_unclear", details }, now);
  }
  if (total < payment.refunded.minor) return cameBack(invoice, attempt, { payment, report, id, now });
  return [
    ...counted(invoice, attempt, { payment, total, report, id, now }),
    ...ended(invoice, attempt, total === payment.amount.minor),
  ];
}

/** What has newly gone back, and who has to hear of it. */
function counted(
  invoice: Invoice,
  attempt: Attempt,
  { payment, total, report, id, now }: Heard & { readonly payment: Payment; readonly total: bigint },
): readonly Fact[] {
  const { amount } = payment;
  const refunded = { minor: total, currency: amount.currency };
  const details = { refunded: decimalOf(refunded), currency: amount.currency, reference: referenceOf(payment) };
  const gone: Fact[] =
    total > payment.refunded.minor
      ? [{ is: "payment_refunded", payment: payment.id, refunded, full: total === amount.minor }]
      : [];
  if (exceeds(payment, report)) {
    const claimed = report.refunded ? decimalOf(report.refunded) : "";
    const told = { ...details, refunded: claimed, paid: decimalOf(amount) };
    return [...gone, ...askAbout(invoice, attempt, { id, kind: "refund_exceeds", details: told }, now)];
  }
  const asDecided = total === amount.minor && wasDecided(invoice, payment);
  if (gone.length === 0 || asDecided) return gone;
  return [...gone, ...askAbout(invoice, attempt, { id, kind: "refund_unannounced", details }, now)];
}

/** All of it is back: nobody has to give it back any more, or to wait for it. What had come back is away again. */
const ended = (invoice: Invoice, attempt: Attempt, whole: boolean): Fact[] => {
  const kinds = ["refund_reversed", ...(whole ? (["refund_refused", "refund_overdue"] as const) : [])] as const;
  const cause = causeOfAttempt(attempt);
  return kinds.flatMap((kind) => closeCases(invoice, { kind, cause }, "the money went back"));
};

/**
 * The provider no longer reports what it had reported as given or taken back: a bank refused a refund, or a lost dispute was
 * won. A report that says nothing of it is no such word.
 */
function cameBack(
  invoice: Invoice,
  attempt: Attempt,
  { payment, report, id, now }: Heard & { readonly payment: Payment },
): readonly Fact[] {
  if (!report.refunded && !report.dispute) return [];
  const { refunded, amount } = payment;
  const details = {
    paid: decimalOf(refunded),
    currency: amount.currency,
    reference: referenceOf(payment),
    status: report.providerStatus,
  };
  return askAbout(invoice, attempt, { id, kind: "refund_reversed", details }, now);
}

type Reported = Pick<LookedUp, "status" | "refunded" | "dispute">;

/**
 * How much of a payment is back with the customer, in its own currency, given back or taken back by a lost dispute: never
 * more than was paid, whatever is reported.
 */
export function refundedInAll({ amount }: Pick<Payment, "amount">, report: Reported): bigint | "unclear" {
  const given = givenBack({ amount }, report);
  const { dispute } = report;
  if (given === "unclear" || dispute?.state !== "lost" || dispute.amount.currency !== amount.currency) return given;
  const total = given + dispute.amount.minor;
  return total > amount.minor ? amount.minor : total;
}

function givenBack({ amount }: Pick<Payment, "amount">, { status, refunded }: Reported): bigint | "unclear" {
  if (!refunded || refunded.minor === 0n) {
    if (status === "part_refunded") return "unclear";
    return status === "refunded" ? amount.minor : 0n;
  }
  if (refunded.currency !== amount.currency) return "unclear";
  return refunded.minor > amount.minor ? amount.minor : refunded.minor;
}

const exceeds = ({ amount }: Payment, { refunded }: LookedUp): boolean =>
  refunded !== null && refunded.currency === amount.currency && refunded.minor > amount.minor;

const PATIENCE_MS = 5 * 86_400_000;

/** Money that was to go back is still here, days after its case was opened: nobody may forget it. */
export function overdue(invoice: Invoice, attempt: Attempt, { id, now }: Omit<Heard, "report">): Fact[] {
  const payment = invoice.payments.find((one) => one.attempt === attempt.id && one.home === "held");
  const since = payment && invoice.cases.find(({ cause }) => cause === causeOfPayment(payment))?.openedAt;
  if (!payment || !since || !wasDecided(invoice, payment)) return [];
  if (now.getTime() - since.getTime() < PATIENCE_MS) return [];
  const { amount } = payment;
  const details = { paid: decimalOf(amount), currency: amount.currency, reference: referenceOf(payment) };
  return askAbout(invoice, attempt, { id, kind: "refund_overdue", details }, now);
}

/** A person decided that this money goes back: that it now did surprises nobody. */
export const wasDecided = (invoice: Invoice, payment: Payment): boolean =>
  invoice.cases.some(({ cause, resolution }) => cause === causeOfPayment(payment) && resolution?.action === "refund");
