import { openCase } from "./case.ts";
import { deadlineOf } from "./deadline.ts";
import { already, type Decision, doneOrAlready } from "./decision.ts";
import { dueOf, type Invoice, liveLink, type Payment, wasOnlyHeld } from "./invoice.ts";
import { decimalOf, type Money } from "./money.ts";
import { partsPaid } from "./part.ts";
import type { Policy } from "./policy.ts";

/** What is expected next of an invoice that is paid in parts. */
export type NextPart = {
  /** All that is still owed. The customer may pay less of it at once while the policy allows another part. */
  readonly amount: Money;
  /** The end of that day where the merchant is. */
  readonly by: Date;
  /** Into how many payments it may still be cut, the next one included. */
  readonly partsLeft: number;
  /** The part it follows. */
  readonly after: Payment;
};

/** The next part of an invoice by the policy that holds for it now; undefined: none is expected. */
export type Expecting = (invoice: Invoice) => NextPart | undefined;

/**
 * When the next part of an invoice is expected: so many days after the last one that was applied, counted like a deadline.
 * None where the policy has no `everyDays`, nothing is owed, or the whole had come before some of it went back.
 */
export function nextPart(invoice: Invoice, policy: Policy): NextPart | undefined {
  const { everyDays, most } = policy.parts;
  const amount = dueOf(invoice);
  if (everyDays === undefined || invoice.state !== "open" || amount.minor === 0n) return undefined;
  const after = lastPart(invoice);
  if (!after || cameInAll(invoice) >= invoice.amount.minor) return undefined;
  const by = deadlineOf(after.paidAt, policy, { days: everyDays });
  return { amount, by, partsLeft: Math.max(1, most - partsPaid(invoice)), after };
}

/**
 * The day of the next part has passed: its manager is told once, unless the customer has a link to pay it with, or money
 * has come about which somebody else must decide first.
 */
export function partMissed(invoice: Invoice, caseId: string, policy: Policy, now: Date): Decision {
  const next = nextPart(invoice, policy);
  if (!next || next.by > now || liveLink(invoice) || invoice.payments.some(({ home }) => home === "held"))
    return already;
  const { after, amount, by } = next;
  const details = { expected: decimalOf(amount), expectedCurrency: amount.currency, by: by.toISOString() };
  const about = { kind: "part_overdue", cause: `part:${after.id}`, link: after.link } as const;
  return doneOrAlready(openCase(invoice, { id: caseId, ...about, details }, now));
}

const inItsCurrency = ({ payments, amount: { currency } }: Invoice): readonly Payment[] =>
  payments.filter(({ amount }) => amount.currency === currency);

const lastPart = (invoice: Invoice): Payment | undefined =>
  inItsCurrency(invoice)
    .filter(({ home }) => home === "applied")
    .toSorted((one, other) => one.paidAt.getTime() - other.paidAt.getTime())
    .at(-1);

/** What ever paid the invoice, whatever went back of it since. */
const cameInAll = (invoice: Invoice): bigint =>
  inItsCurrency(invoice)
    .filter((one) => one.home !== "held" && !(one.home === "refunded" && wasOnlyHeld(invoice, one)))
    .reduce((total, { amount }) => total + amount.minor, 0n);
