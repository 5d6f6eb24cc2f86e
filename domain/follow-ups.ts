import { expiryOf } from "./expire.ts";
import type { Fact } from "./facts.ts";
import type { Invoice } from "./invoice.ts";
import { nextLookUp } from "./look-up.ts";
import type { Policy } from "./policy.ts";
import { isOpen } from "./states.ts";

/** Work that becomes due later because of a fact. `key` makes it once, however often it is written down. */
export type FollowUp =
  | { readonly do: "expire_link"; readonly link: string; readonly at: Date; readonly key: string }
  | { readonly do: "open_attempt"; readonly attempt: string; readonly at: Date; readonly key: string }
  | { readonly do: "look_up"; readonly attempt: string; readonly at: Date; readonly key: string };

/** A process that dies between writing an attempt down and asking the provider leaves it to this repeat. */
const OPEN_AGAIN_S = 15;

/** A refund takes minutes at a provider and days at a bank. */
const REFUND_LADDER_S = [600, 3600, 86_400, 2 * 86_400, 5 * 86_400];

/** What becomes due after a fact, given the invoice as it now is. */
export function followUps(invoice: Invoice, fact: Fact, policy: Policy, now: Date): readonly FollowUp[] {
  switch (fact.is) {
    case "link_issued":
      return expiry(invoice, fact.link.id, policy);
    case "attempt_opening": {
      const { id } = fact.attempt;
      const at = new Date(now.getTime() + OPEN_AGAIN_S * 1000);
      return [
        { do: "open_attempt", attempt: id, at, key: `open:${id}` },
        ...expiry(invoice, fact.attempt.link, policy),
      ];
    }
    case "attempt_opened":
    case "attempt_checked":
      return lookUp(invoice, fact.attempt, policy, now);
    case "attempt_failed":
    case "attempt_expired":
      return expiryOfAttempt(invoice, fact.attempt, policy);
    case "refund_proposed":
      return awaitRefund(invoice, fact.payment, now);
    default:
      return [];
  }
}

/** Money that was decided to go back has gone when the provider says so: it is asked, more and more seldom. */
function awaitRefund(invoice: Invoice, payment: string, now: Date): readonly FollowUp[] {
  const attempt = invoice.payments.find(({ id }) => id === payment)?.attempt;
  if (attempt === undefined) return [];
  return REFUND_LADDER_S.map((seconds) => ({
    do: "look_up",
    attempt,
    at: new Date(now.getTime() + seconds * 1000),
    key: `look_up:${attempt}:refund:${seconds}`,
  }));
}

const expiry = (invoice: Invoice, link: string, policy: Policy): readonly FollowUp[] => {
  const at = expiryOf(invoice, link, policy);
  return at ? [{ do: "expire_link", link, at, key: `expire:${link}:${at.getTime()}` }] : [];
};

/** An attempt that ends after the deadline takes the link's grace with it. */
const expiryOfAttempt = (invoice: Invoice, attempt: string, policy: Policy): readonly FollowUp[] => {
  const link = invoice.attempts.find(({ id }) => id === attempt)?.link;
  return link === undefined
    ? []
    : expiry(invoice, link, policy).map((due) => ({ ...due, key: `${due.key}:${attempt}` }));
};

function lookUp(invoice: Invoice, attemptId: string, policy: Policy, now: Date): readonly FollowUp[] {
  const attempt = invoice.attempts.find(({ id }) => id === attemptId);
  if (!attempt || !isOpen(attempt.state)) return [];
  const next = nextLookUp(attempt, policy, now);
  return next ? [{ do: "look_up", attempt: attemptId, at: next.at, key: `look_up:${attemptId}:${next.rung}` }] : [];
}
