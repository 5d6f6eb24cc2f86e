import { causeOfAttempt } from "./case.ts";
import { already, type Decision, done, refused } from "./decision.ts";
import { type Attempt, type Invoice, openAttempt, orderIdOf } from "./invoice.ts";
import { theLink } from "./apply.ts";

export type OpenAttemptRequest = {
  readonly id: string;
  readonly link: string;
  readonly provider: string;
  readonly account: string;
};

/**
 * The customer pressed Pay. One open attempt at a time: while one is open this is `already`, and the customer is led back
 * to it. A failed attempt is followed by a new one on the same link (product rule 7).
 */
export function beginAttempt(invoice: Invoice, request: OpenAttemptRequest, now: Date): Decision {
  const link = theLink(invoice, request.link);
  if (link.state !== "active" || invoice.state !== "open") return refused("link_not_payable");
  if (link.stale) return refused("link_stale");
  if (invoice.payments.some(({ link: paid, home }) => paid === link.id && home === "held")) {
    return refused("attempt_being_checked");
  }
  if (openAttempt(invoice, link.id)) return already;
  if (link.expiresAt <= now) return refused("deadline_passed");
  const attempt: Attempt = {
    id: request.id,
    link: link.id,
    number: Math.max(0, ...invoice.attempts.map(({ number }) => number)) + 1,
    provider: request.provider,
    account: request.account,
    state: "opening",
    reference: null,
    checkoutUrl: null,
    checkoutExpiresAt: null,
    lookups: 0,
    requestIds: [],
    openedAt: now,
  };
  return done({ is: "attempt_opening", attempt });
}

/** The same for every repeat of one attempt, never used for another. The form is the one VPOS.am's own sample shows. */
export function idempotencyKeyOf(invoice: Invoice, attempt: Attempt): string {
  const order = encodeURIComponent(orderIdOf(invoice));
  return order.length <= LONGEST_ORDER ? `${order}-pay-attempt-${attempt.number}` : `attempt-${attempt.id}`;
}

/** Letters beyond ASCII take six characters each; providers take 255 for the whole key. */
const LONGEST_ORDER = 200;

/** The provider opened a checkout for the attempt. Said twice, it is `already`. */
export function attemptOpened(
  invoice: Invoice,
  attemptId: string,
  checkout: { reference: string; url: string; expiresAt: Date | null; requestId: string | null },
): Decision {
  const attempt = invoice.attempts.find(({ id }) => id === attemptId);
  if (attempt?.state !== "opening" && attempt?.state !== "unknown") return already;
  const { reference, url, expiresAt, requestId } = checkout;
  return done({
    is: "attempt_opened",
    attempt: attemptId,
    reference,
    checkoutUrl: url,
    checkoutExpiresAt: expiresAt,
    requestId,
  });
}

/** Nobody knows whether a checkout exists: the same call is repeated with the same key until somebody does. */
export function attemptUnanswered(invoice: Invoice, attemptId: string, because: string): Decision {
  const attempt = invoice.attempts.find(({ id }) => id === attemptId);
  return attempt?.state === "opening" ? done({ is: "attempt_unanswered", attempt: attemptId, because }) : already;
}

/** The provider said something about opening this checkout that only a person can make sense of: nobody asks it again. */
export const isBeingLookedAt = ({ cases }: Invoice, attempt: Attempt): boolean =>
  cases.some(
    ({ state, kind, cause }) => state === "open" && kind === "provider_refused" && cause === causeOfAttempt(attempt),
  );
