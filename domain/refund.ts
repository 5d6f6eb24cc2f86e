import { askAbout, causeOfAttempt, closeCases, openCase } from "./case.ts";
import type { Fact } from "./facts.ts";
import { type Attempt, type Case, causeOfPayment, type Invoice, type Payment, referenceOf } from "./invoice.ts";
import type { LookedUp } from "./looked-up.ts";
import { decimalOf } from "./money.ts";

type Heard = {
  readonly report: LookedUp;
  readonly id: string;
  readonly now: Date;
  /** Another answer came while this one was on its way: it may be the older of the two. */
  readonly older: boolean;
};

/**
 * A refund is a fact of its own: it never turns a payment into a failed one (product rule 11). What nobody here had asked
 * for opens a case; so does more than was ever paid, of which only what was paid is believed.
 */
export function wentBack(invoice: Invoice, attempt: Attempt, { report, id, now, older }: Heard): readonly Fact[] {
  const payment = invoice.payments.find((one) => one.attempt === attempt.id);
  if (!payment) return [];
  const total = refundedInAll(payment, report);
  if (total === "unclear") {
    const details = { status: report.providerStatus };
    return askAbout(invoice, attempt, { id, kind: "provider_unclear", details }, now);
  }
  const heard = { payment, total, report, id, now };
  if (total < payment.refunded.minor) return older ? [] : cameBack(invoice, attempt, heard);
  const whole = total === payment.amount.minor;
  const gone = total > payment.refunded.minor && whole;
  return [
    ...counted(invoice, attempt, heard),
    ...ended(invoice, attempt, whole),
    ...(gone ? closeCases(invoice, { kind: "refund_came_back", cause: causeOfPayment(payment) }, GONE) : []),
  ];
}

type Total = Omit<Heard, "older"> & { readonly payment: Payment; readonly total: bigint };

const GONE = "the money went back";

/** What has newly gone back, and who has to hear of it. */
function counted(invoice: Invoice, attempt: Attempt, { payment, total, report, id, now }: Total): readonly Fact[] {
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
  return kinds.flatMap((kind) => closeCases(invoice, { kind, cause }, GONE));
};

/**
 * The provider no longer reports what it had reported as given or taken back: a bank refused a refund, or a lost dispute was
 * won. The money is with the merchant again, and held until a person decides: it pays nothing by itself, because the invoice
 * may have been paid anew. Of a payment that pays the invoice still, by its other part, nothing moves: it cannot stand in two
 * places, and a person is told. A report that says nothing of it is no such word.
 */
function cameBack(invoice: Invoice, attempt: Attempt, { payment, total, report, id, now }: Total): readonly Fact[] {
  if (!report.refunded && !report.dispute) return [];
  const { currency } = payment.amount;
  const back = { minor: payment.refunded.minor - total, currency };
  const details = {
    paid: decimalOf(back),
    currency,
    reference: referenceOf(payment),
    status: report.providerStatus,
  };
  if (payment.home === "applied") return askAbout(invoice, attempt, { id, kind: "refund_reversed", details }, now);
  const cause = causeOfPayment(payment);
  const asked = { id, kind: "refund_came_back", cause, link: attempt.link } as const;
  const isAsked = invoice.cases.some((one) => one.cause === cause && one.state === "open");
  return [
    { is: "refund_came_back", payment: payment.id, refunded: { minor: total, currency } },
    ...(isAsked ? [] : openCase(invoice, { ...asked, details: { provider: attempt.provider, ...details } }, now)),
  ];
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
export function overdue(invoice: Invoice, attempt: Attempt, { id, now }: Pick<Heard, "id" | "now">): Fact[] {
  const payment = invoice.payments.find((one) => one.attempt === attempt.id && one.home === "held");
  const since = payment && sinceItCame(invoice, payment)[0]?.openedAt;
  if (!payment || !since || !wasDecided(invoice, payment)) return [];
  if (now.getTime() - since.getTime() < PATIENCE_MS) return [];
  const { amount } = payment;
  const details = { paid: decimalOf(amount), currency: amount.currency, reference: referenceOf(payment) };
  return askAbout(invoice, attempt, { id, kind: "refund_overdue", details }, now);
}

/** How often money of a payment came back after it had gone back: giving it back once more is another refund. */
export const returnsOf = ({ cases }: Invoice, payment: Payment): number =>
  cases.filter(({ kind, cause }) => kind === "refund_came_back" && cause === causeOfPayment(payment)).length;

/** A person decided that this money goes back: that it now did surprises nobody. What came back since is decided anew. */
export const wasDecided = (invoice: Invoice, payment: Payment): boolean =>
  sinceItCame(invoice, payment).some(({ resolution }) => resolution?.action === "refund");

/** The cases about this money, the oldest first, since it last came back. */
function sinceItCame({ cases }: Invoice, payment: Payment): readonly Case[] {
  const about = cases.filter(({ cause }) => cause === causeOfPayment(payment));
  return about.slice(
    Math.max(
      0,
      about.findLastIndex(({ kind }) => kind === "refund_came_back"),
    ),
  );
}
