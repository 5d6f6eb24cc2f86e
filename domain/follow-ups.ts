import { theAttempt } from "./apply.ts";
import { checkoutsToClose } from "./close-checkout.ts";
import { expiryOf } from "./expire.ts";
import type { Fact, FactName } from "./facts.ts";
import type { Invoice } from "./invoice.ts";
import { nextLookUp } from "./look-up.ts";
import type { Policy } from "./policy.ts";
import { returnsOf } from "./refund.ts";
import { nextPart } from "./schedule.ts";

/** Work that becomes due later because of a fact. `key` makes it once, however often it is written down. */
export type FollowUp =
  | { readonly do: "expire_link"; readonly link: string; readonly at: Date; readonly key: string }
  | { readonly do: "expect_part"; readonly link: string; readonly at: Date; readonly key: string }
  | { readonly do: "look_in_crm"; readonly invoice: string; readonly at: Date; readonly key: string }
  | { readonly do: "close_checkout"; readonly attempt: string; readonly at: Date; readonly key: string }
  | {
      readonly do: "refund_payment";
      readonly payment: string;
      readonly attempt: string;
      readonly at: Date;
      readonly key: string;
    }
  | { readonly do: "open_attempt"; readonly attempt: string; readonly at: Date; readonly key: string }
  | { readonly do: "look_up"; readonly attempt: string; readonly at: Date; readonly key: string };

/** A process that dies between writing an attempt down and asking the provider leaves it to this repeat. */
const OPEN_AGAIN_S = 15;

/** A refund or a receipt takes minutes at a provider and days at a bank; a CRM may be away as long. */
const SLOW_LADDER_S = [600, 3600, 86_400, 2 * 86_400, 5 * 86_400];

type Circumstances = { readonly policy: Policy; readonly now: Date };

type Follows = {
  readonly [Name in FactName]?: (invoice: Invoice, fact: Fact<Name>, at: Circumstances) => readonly FollowUp[];
};

/** What each fact makes due later, given the invoice as it is after it. A fact that is not here leaves nothing to do. */
const FOLLOWS: Follows = {
  link_issued: (invoice, { link }, { policy }) => expiry(invoice, link.id, policy),
  attempt_opening: (invoice, { attempt }, { policy, now }) => [
    openAgain(attempt.id, now),
    ...expiry(invoice, attempt.link, policy),
  ],
  attempt_opened: (invoice, { attempt }, at) => [
    ...lookUp(invoice, attempt, at),
    ...closing(invoice, theAttempt(invoice, attempt).link, at.now),
  ],
  attempt_checked: (invoice, { attempt }, at) => lookUp(invoice, attempt, at),
  attempt_failed: (invoice, { attempt }, { policy }) => expiryOfAttempt(invoice, attempt, policy),
  attempt_expired: (invoice, { attempt }, { policy }) => expiryOfAttempt(invoice, attempt, policy),
  invoice_changed: (invoice, _fact, at) => expecting(invoice, `${invoice.id}.${at.now.getTime()}`, at),
  link_expired: (invoice, { link }, at) => expecting(invoice, link, at),
  link_cancelled: (invoice, { link }, at) => [...closing(invoice, link, at.now), ...expecting(invoice, link, at)],
  link_replaced: (invoice, { link }, { now }) => closing(invoice, link, now),
  link_withdrawn: (invoice, { link }, { now }) => closing(invoice, link, now),
  payment_applied: (invoice, { payment }, at) => [
    ...closing(invoice, payment.link, at.now),
    ...expecting(invoice, payment.id, at),
  ],
  hold_applied: (invoice, { payment }, at) => expecting(invoice, payment, at),
  payment_refunded: (invoice, { payment }, at) => expecting(invoice, payment, at),
  case_opened: (invoice, { case: { id, kind } }, { now }) =>
    kind === "crm_unknown" ? lookingInCrm(invoice, id, now) : [],
  refund_proposed: (invoice, { payment }, { now }) => givingBack(invoice, payment, now),
  fiscal_changed: (invoice, { payment, fiscal }, { now }) =>
    fiscal === "required" || fiscal === "queued" ? askAgain(invoice, payment, "fiscal", now) : [],
};

/** What becomes due after a fact, given the invoice as it now is. */
export function followUps<Name extends FactName>(
  invoice: Invoice,
  fact: Fact<Name>,
  policy: Policy,
  now: Date,
): readonly FollowUp[] {
  return FOLLOWS[fact.is]?.(invoice, fact, { policy, now }) ?? [];
}

/** Somebody looks, when its day has passed, whether the next part has come: at once where it had passed already. */
function expecting(invoice: Invoice, since: string, { policy, now }: Circumstances): readonly FollowUp[] {
  const next = nextPart(invoice, policy);
  if (!next) return [];
  const { by, after } = next;
  const key = `expect_part:${since}:${by.getTime()}`;
  return [{ do: "expect_part", link: after.link, at: by > now ? by : now, key }];
}

/** What nobody knows to stand in the CRM is looked for there, more and more seldom. It is not written again. */
const lookingInCrm = ({ id: invoice }: Invoice, opened: string, now: Date): readonly FollowUp[] =>
  SLOW_LADDER_S.map((seconds) => ({
    do: "look_in_crm",
    invoice,
    at: new Date(now.getTime() + seconds * 1000),
    key: `look_in_crm:${opened}:${seconds}`,
  }));

const openAgain = (attempt: string, now: Date): FollowUp => {
  const at = new Date(now.getTime() + OPEN_AGAIN_S * 1000);
  return { do: "open_attempt", attempt, at, key: `open:${attempt}` };
};

/** A checkout of a dead link is closed at once, also one that came about only after its link had died. */
const closing = (invoice: Invoice, link: string, now: Date): readonly FollowUp[] =>
  checkoutsToClose(invoice, link).map(({ id }) => ({ do: "close_checkout", attempt: id, at: now, key: `close:${id}` }));

function givingBack(invoice: Invoice, payment: string, now: Date): readonly FollowUp[] {
  const giving = invoice.payments.find(({ id }) => id === payment);
  if (!giving) return [];
  const returns = returnsOf(invoice, giving);
  const again = returns > 0 ? `:${returns}` : "";
  const { attempt } = giving;
  const ask = { do: "refund_payment", payment, attempt, at: now, key: `refund:${payment}${again}` } as const;
  return [ask, ...askAgain(invoice, payment, `refund${again}`, now)];
}

/** A refund has gone back, a receipt is issued, when the provider says so: it is asked, more and more seldom. */
function askAgain(invoice: Invoice, payment: string, why: string, now: Date): readonly FollowUp[] {
  const attempt = invoice.payments.find(({ id }) => id === payment)?.attempt;
  if (attempt === undefined) return [];
  return SLOW_LADDER_S.map((seconds) => ({
    do: "look_up",
    attempt,
    at: new Date(now.getTime() + seconds * 1000),
    key: `look_up:${attempt}:${why}:${seconds}`,
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

function lookUp(invoice: Invoice, attemptId: string, { policy, now }: Circumstances): readonly FollowUp[] {
  const attempt = invoice.attempts.find(({ id }) => id === attemptId);
  if (!attempt) return [];
  const next = nextLookUp(attempt, policy, now);
  return next ? [{ do: "look_up", attempt: attemptId, at: next.at, key: `look_up:${attemptId}:${next.seconds}` }] : [];
}
