import { applyAll, theAttempt } from "./apply.ts";
import { askAbout, causeOfAttempt, closeCases } from "./case.ts";
import { type Decision, doneOrAlready } from "./decision.ts";
import { disputed } from "./dispute.ts";
import type { Fact } from "./facts.ts";
import { receiptReported } from "./receipt.ts";
import type { Attempt, Invoice } from "./invoice.ts";
import type { LookedUp } from "./looked-up.ts";
import type { Policy } from "./policy.ts";
import { overdue, refundedInAll, wasDecided, wentBack } from "./refund.ts";
import { isSame, paymentOf, settle, type SettleIds, type VerifiedPayment } from "./settle.ts";
import { afterAttemptChange, isOpen } from "./states.ts";

type Heard = {
  readonly report: LookedUp;
  readonly requestId: string | null;
  readonly ids: SettleIds;
  readonly now: Date;
  /** How many answers about the attempt were known when this one was asked for; absent: nobody else asks. */
  readonly asked?: number;
};

/** The provider answered a lookup: one entry that it was asked, and whatever follows from what it said. */
export function lookedUp(invoice: Invoice, attemptId: string, heard: Heard): Decision {
  const { report, requestId } = heard;
  const checked: Fact = { is: "attempt_checked", attempt: attemptId, found: report.providerStatus, requestId };
  const attempt = theAttempt(invoice, attemptId);
  const over = { kind: "provider_silent", cause: causeOfAttempt(attempt) } as const;
  const answered = isFinal(report) ? closeCases(invoice, over, "the provider answered") : [];
  return doneOrAlready([checked, ...consequences(invoice, attempt, heard), ...answered]);
}

const isFinal = ({ status }: LookedUp): boolean => status !== "open" && status !== "unrecognised";

/** No answer, or none that can be read: nothing is concluded. */
export const notAnswered = (attemptId: string): Decision =>
  doneOrAlready([{ is: "attempt_checked", attempt: attemptId, found: "no answer", requestId: null }]);

/** The last rung of the ladder has passed and the attempt is still open: a person asks the provider. */
export function silent(invoice: Invoice, attemptId: string, caseId: string, now: Date): Decision {
  const attempt = theAttempt(invoice, attemptId);
  if (!isOpen(attempt.state)) return doneOrAlready(overdue(invoice, attempt, { id: caseId, now }));
  return doneOrAlready(askAbout(invoice, attempt, { id: caseId, kind: "provider_silent", details: {} }, now));
}

type OpeningRefused = {
  readonly because: string;
  readonly code: string;
  /** A checkout may stand at the provider all the same. */
  readonly mayExist: boolean;
  readonly caseId: string;
};

/**
 * The provider refused to open a checkout. Where none can exist the attempt has failed and the customer may try again. Where
 * one may exist (or an earlier, unanswered call made one) the attempt stays open until a person has looked: a second
 * checkout is never opened while the first may bring money.
 */
export function attemptRefused(invoice: Invoice, attemptId: string, refusal: OpeningRefused, now: Date): Decision {
  const attempt = theAttempt(invoice, attemptId);
  if (attempt.state !== "opening" && attempt.state !== "unknown") return doneOrAlready([]);
  const { because, code, caseId, mayExist } = refusal;
  const details = { because, code };
  const asked = askAbout(invoice, attempt, { id: caseId, kind: "provider_refused", details }, now);
  if (attempt.state === "unknown") return doneOrAlready(asked);
  return doneOrAlready([
    { is: mayExist ? "attempt_unanswered" : "attempt_failed", attempt: attemptId, because },
    ...asked,
  ]);
}

function consequences(invoice: Invoice, attempt: Attempt, heard: Heard): readonly Fact[] {
  const { status, providerStatus } = heard.report;
  switch (status) {
    case "open":
      return [];
    case "failed":
      return isOpen(attempt.state) ? [{ is: "attempt_failed", attempt: attempt.id, because: providerStatus }] : [];
    case "expired":
      return afterAttemptChange(attempt.state, "expired") ? [{ is: "attempt_expired", attempt: attempt.id }] : [];
    case "paid":
    case "refunded":
    case "part_refunded":
      return received(invoice, attempt, heard);
    case "unrecognised": {
      const details = { status: providerStatus };
      return askAbout(invoice, attempt, { id: heard.ids.case, kind: "provider_unclear", details }, heard.now);
    }
  }
}

/** Money is at the provider: settled first, then whatever has already gone back. */
function received(invoice: Invoice, attempt: Attempt, heard: Heard): readonly Fact[] {
  const { report, ids, now } = heard;
  if (!report.amount || report.amount.minor <= 0n) {
    const details = { paid: report.amountAsWritten, reference: report.reference };
    return askAbout(invoice, attempt, { id: ids.case, kind: "currency_differs", details }, now);
  }
  const paid = {
    attempt: attempt.id,
    reference: report.reference,
    bankReference: report.paymentReference,
    orderId: report.orderId,
    amount: report.amount,
    paidAt: report.paidAt ?? now,
  };
  const facts = [...receipt(invoice, attempt, paid, heard)];
  const older = heard.asked !== undefined && heard.asked !== attempt.lookups;
  for (const rule of [disputed, wentBack, receiptReported]) {
    facts.push(...rule(applyAll(invoice, facts), attempt, { report, id: ids.payment, now, older }));
  }
  return facts;
}

/**
 * How the money comes in. What had gone back wholly before we first heard of it is no sale: it is recorded as held, which
 * pays nothing and withdraws nothing, and the refund follows.
 */
function receipt(
  invoice: Invoice,
  attempt: Attempt,
  paid: VerifiedPayment,
  { report, ids, now }: Heard,
): readonly Fact[] {
  const whole = refundedInAll(paid, report) === paid.amount.minor;
  if (whole && !invoice.payments.some((one) => isSame(one, attempt, paid.reference))) {
    const payment = paymentOf(attempt, paid, { id: ids.payment, home: "held" });
    return [{ is: "payment_held", payment, because: "refund_unannounced" }];
  }
  const settled = settle(invoice, paid, ids, now);
  return settled.kind === "done" ? settled.facts : [];
}

const DAY_S = 86_400;

/** On the first rungs nobody waits longer: a payment is seen this soon also where every webhook is lost. */
const LONGEST_GAP_S = 900;

/**
 * Whether a rung that was written down earlier is still worth a question. An attempt that has ended is asked about by the
 * day, unless money of it is to go back or its receipt is on its way.
 */
export function isWorthAsking(invoice: Invoice, attempt: Attempt, at: Date): boolean {
  if (isOpen(attempt.state) || at.getTime() - attempt.openedAt.getTime() >= DAY_S * 1000) return true;
  const payment = invoice.payments.find((one) => one.attempt === attempt.id);
  if (!payment) return false;
  return payment.fiscal === "required" || payment.fiscal === "queued" || wasDecided(invoice, payment);
}

/** The ladder with a rung put in wherever the next one is too far. */
const withoutGaps = (ladder: readonly number[]): readonly number[] =>
  ladder.flatMap((rung, at) => {
    const before = ladder[at - 1] ?? 0;
    const between = Math.max(0, Math.ceil((rung - before) / LONGEST_GAP_S) - 1);
    return [...Array.from({ length: between }, (_, nth) => before + (nth + 1) * LONGEST_GAP_S), rung];
  });

/**
 * When an attempt is looked up next by itself, and how many seconds after it was opened; undefined: the ladder has ended. One that
 * is over climbs the days alone: what is paid late, refunded or disputed at the provider is found without a word from it.
 */
export function nextLookUp(attempt: Attempt, policy: Policy, after: Date): { at: Date; seconds: number } | undefined {
  const soon = withoutGaps(policy.lookUpLadderSeconds).map((seconds) => (isOpen(attempt.state) ? seconds : 0));
  const rungs = [...soon, ...[1, 2, 3, 4, 5].map((day) => day * DAY_S)];
  const passed = (after.getTime() - attempt.openedAt.getTime()) / 1000;
  const seconds = rungs.find((rung) => rung > passed);
  return seconds === undefined ? undefined : { at: new Date(attempt.openedAt.getTime() + seconds * 1000), seconds };
}
