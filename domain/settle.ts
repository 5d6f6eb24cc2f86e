import { theAttempt, theLink } from "./apply.ts";
import { closeCases, openCase } from "./case.ts";
import type { Doubt } from "./cases.ts";
import { type Decision, doneOrAlready } from "./decision.ts";
import type { Fact } from "./facts.ts";
import {
  appliedTo,
  type Attempt,
  causeOfPayment,
  dueOf,
  type Invoice,
  type Link,
  orderIdOf,
  type Payment,
} from "./invoice.ts";
import { decimalOf, type Money, sameMoney } from "./money.ts";
import type { LinkState } from "./states.ts";

/** What the provider's lookup says was paid. A webhook or a redirect is never one of these. */
export type VerifiedPayment = {
  readonly attempt: string;
  readonly reference: string;
  readonly bankReference: string | null;
  readonly orderId: string;
  readonly amount: Money;
  readonly paidAt: Date;
};

export type SettleIds = { readonly payment: string; readonly case: string };

/**
 * Money has arrived. An invoice that is owed exactly this much is paid by any link we ever sent for it that was not
 * cancelled and is not stale: the customer did pay. The other live link is then withdrawn, so that nobody pays twice
 * (product rule 9). What cannot be explained is held for a person, opens one case, and changes nothing else (rule 10).
 */
export function settle(invoice: Invoice, paid: VerifiedPayment, ids: SettleIds, now: Date): Decision {
  const attempt = theAttempt(invoice, paid.attempt);
  if (invoice.payments.some((payment) => isSame(payment, attempt, paid.reference))) return doneOrAlready([]);

  const link = theLink(invoice, attempt.link);
  const because = doubt(invoice, link, paid);
  const payment = paymentOf(attempt, paid, { id: ids.payment, home: because ? "held" : "applied" });
  return because ? hold(invoice, link, { payment, because, caseId: ids.case, paid }, now) : pay(invoice, link, payment);
}

/** An attempt is one payment at the provider, and the provider's id is one movement of money: either seen before is the same. */
export const isSame = (payment: Payment, attempt: Attempt, reference: string): boolean =>
  payment.attempt === attempt.id || (payment.provider === attempt.provider && payment.reference === reference);

/** The first doubt that applies is the one given; the order is part of the rule. */
function doubt(invoice: Invoice, link: Link, paid: VerifiedPayment): Doubt | undefined {
  const { amount } = paid;
  if (paid.orderId !== orderIdOf(invoice)) return "order_differs";
  if (amount.currency !== link.amount.currency) return "currency_differs";
  if (differsHundredfold(amount.minor, link.amount.minor)) return "amount_differs";
  if (amount.minor > link.amount.minor) return "overpaid";
  if (amount.minor < link.amount.minor) return "underpaid";
  if (dueOf(invoice).minor === 0n) return "paid_twice";
  return deadLinkDoubt(invoice, link, amount);
}

/**
 * Money on a link that was no longer payable: applied only when the invoice still owes exactly this much. A live link also
 * pays a part of more: what went back of an earlier payment is owed again, beside the link.
 */
function deadLinkDoubt(invoice: Invoice, link: Link, amount: Money): Doubt | undefined {
  if (link.state === "cancelled" || invoice.state === "cancelled") return "paid_cancelled_link";
  if (link.stale) return "paid_stale_link";
  const due = dueOf(invoice);
  const owed = sameMoney(due, amount) || (link.state === "active" && amount.minor < due.minor);
  return owed ? undefined : NOT_OWED[link.state];
}

/** The invoice does not owe what was paid: the link's state says what happened. */
const NOT_OWED: Record<LinkState, Doubt> = {
  active: "paid_twice",
  paid: "paid_twice",
  expired: "paid_expired_link",
  replaced: "paid_replaced_link",
  cancelled: "paid_cancelled_link",
};

/** A provider and we disagree about decimals: the one mistake that repeats on every payment. */
export const differsHundredfold = (a: bigint, b: bigint): boolean => a === b * 100n || b === a * 100n;

function pay(invoice: Invoice, link: Link, payment: Payment): Decision {
  return doneOrAlready([
    { is: "payment_applied", payment, late: link.state !== "active" },
    ...afterPaying(invoice, payment),
  ]);
}

/** What follows when money pays the invoice: it may be paid in full, every other live link is withdrawn, and nobody waits for it. */
export function afterPaying(invoice: Invoice, payment: Payment): Fact[] {
  const others = invoice.links.filter((other) => other.state === "active" && other.id !== payment.link);
  const left = invoice.amount.minor - appliedTo(invoice) - (payment.amount.minor - payment.refunded.minor);
  return [
    ...(left <= 0n ? [{ is: "invoice_paid", link: payment.link, payment: payment.id } as const] : []),
    ...others.map((other): Fact => ({ is: "link_withdrawn", link: other.id, paidThrough: payment.link })),
    ...closeCases(invoice, { kind: "part_overdue" }, "a part was paid"),
  ];
}

type Held = { payment: Payment; because: Doubt; caseId: string; paid: VerifiedPayment };

function hold(invoice: Invoice, link: Link, { payment, because, caseId, paid }: Held, now: Date): Decision {
  const details = {
    paid: decimalOf(paid.amount),
    currency: paid.amount.currency,
    expected: decimalOf(link.amount),
    expectedCurrency: link.amount.currency,
    reference: paid.bankReference ?? paid.reference,
    paidAt: paid.paidAt.toISOString(),
    order: paid.orderId,
    expectedOrder: orderIdOf(invoice),
    due: decimalOf(dueOf(invoice)),
  };
  return doneOrAlready([
    { is: "payment_held", payment, because },
    ...openCase(invoice, { id: caseId, kind: because, cause: causeOfPayment(payment), link: link.id, details }, now),
  ]);
}

/** The payment that a verified report makes. */
export const paymentOf = (attempt: Attempt, paid: VerifiedPayment, as: Pick<Payment, "id" | "home">): Payment => ({
  ...as,
  attempt: attempt.id,
  link: attempt.link,
  provider: attempt.provider,
  reference: paid.reference,
  bankReference: paid.bankReference,
  amount: paid.amount,
  refunded: { minor: 0n, currency: paid.amount.currency },
  dispute: null,
  fiscal: "none",
  paidAt: paid.paidAt,
});
