import { openCase } from "./case.ts";
import { endOfLocalDay, localDate } from "./deadline.ts";
import { type Decision, doneOrAlready } from "./decision.ts";
import type { Attempt, Case, Invoice, Payment } from "./invoice.ts";
import { decimalOf, type Money, sameMoney } from "./money.ts";

/** A calendar day where the merchant is, from its first moment until just before the next one's. */
export type Day = { readonly date: string; readonly from: Date; readonly until: Date };

/** What a provider's list says of one movement. Amounts are signed: what left the account is negative. */
export type Listed = {
  readonly kind: string;
  /** The attempt's, as for a lookup; null: it is no payment of ours. */
  readonly reference: string | null;
  readonly amount: Money;
  readonly at: Date;
};

/** A payment of ours, and by what the provider knows its attempt. */
export type Booked = { readonly reference: string; readonly payment: Payment };

/**
 * How a provider's day and ours differ. `unknown`: it lists a payment that we do not have; `differs`: one of another amount
 * or currency; `refund`: more went back than we know of; `unlisted`: it does not list a payment of ours; `unread`: the list
 * itself could not be had.
 */
export const BREAKS = ["unknown", "differs", "refund", "unlisted", "unread"] as const;
export type BreakKind = (typeof BREAKS)[number];

export type Break = {
  readonly what: Exclude<BreakKind, "unread">;
  readonly reference: string;
  readonly listed: Money | null;
  readonly ours: Money | null;
  readonly at: Date;
};

/** The clocks of a provider and ours, and of its list and its lookup, may differ by this much. */
export const MARGIN_MS = 3_600_000;

const DAY_MS = 86_400_000;

/** The calendar day of this name, such as `2026-11-23`. */
export function dayOf(date: string, timeZone: string): Day {
  const before = new Date(Date.parse(`${date}T00:00:00Z`) - DAY_MS).toISOString().slice(0, 10);
  return {
    date,
    from: secondAfter(endOfLocalDay(before, timeZone)),
    until: secondAfter(endOfLocalDay(date, timeZone)),
  };
}

const secondAfter = (end: Date): Date => new Date(end.getTime() + 1000);

/** The last day that is over. */
export function dayBefore(now: Date, timeZone: string): Day {
  const today = Date.parse(`${localDate(now, timeZone)}T00:00:00Z`);
  return dayOf(new Date(today - DAY_MS).toISOString().slice(0, 10), timeZone);
}

/**
 * What of a day needs an explanation, once for each payment. `listed` reaches an hour beyond the day on both sides: only the
 * day itself is judged, and a payment of ours on its edge may be listed just outside.
 */
export function breaksOf({ from, until }: Day, listed: readonly Listed[], booked: readonly Booked[]): readonly Break[] {
  const inside = (at: Date): boolean => from <= at && at < until;
  const judged = listed.filter(({ at }) => inside(at));
  const known = new Set(listed.filter(({ kind }) => kind === "payment").map(({ reference }) => reference));
  const missing = booked.filter(({ reference, payment }) => inside(payment.paidAt) && !known.has(reference));
  return [
    ...summed(judged, "payment").flatMap((sum) => paymentBreak(sum, booked)),
    ...summed(judged, "refund").flatMap((sum) => refundBreak(sum, booked)),
    ...missing.map(({ reference, payment }) => unlisted(reference, payment)),
  ];
}

type Sum = Listed & { readonly reference: string };

/** All of a day that moved for one attempt: a refund that came back takes itself out. */
function summed(listed: readonly Listed[], kind: "payment" | "refund"): readonly Sum[] {
  const sums = new Map<string, Sum>();
  for (const one of listed) {
    const { reference, amount } = one;
    if (one.kind !== kind || reference === null) continue;
    const key = `${reference} ${amount.currency}`;
    const before = sums.get(key) ?? { ...one, reference, amount: { ...amount, minor: 0n } };
    sums.set(key, { ...before, amount: { ...amount, minor: before.amount.minor + amount.minor } });
  }
  return [...sums.values()];
}

function paymentBreak({ reference, amount, at }: Sum, booked: readonly Booked[]): Break[] {
  const ours = booked.find((one) => one.reference === reference)?.payment.amount ?? null;
  if (ours && sameMoney(ours, amount)) return [];
  return [{ what: ours ? "differs" : "unknown", reference, listed: amount, ours, at }];
}

/** A refund of what we do not know belongs to another sale of the merchant's: an unknown payment was told of when it came. */
function refundBreak({ reference, amount, at }: Sum, booked: readonly Booked[]): Break[] {
  const ours = booked.find((one) => one.reference === reference)?.payment.refunded;
  const listed = { minor: -amount.minor, currency: amount.currency };
  if (!ours || listed.minor <= 0n) return [];
  if (ours.currency === listed.currency && ours.minor >= listed.minor) return [];
  return [{ what: "refund", reference, listed, ours, at }];
}

const unlisted = (reference: string, { amount, paidAt }: Payment): Break => ({
  what: "unlisted",
  reference,
  listed: null,
  ours: amount,
  at: paidAt,
});

/** The case of a break: the same one is never asked about twice at once. `account` is the provider's as people write it. */
export const caseOfBreak = (account: string, one: Break): Pick<Case, "kind" | "cause" | "details"> => ({
  kind: "reconciliation_break",
  cause: `reconciliation:${account}:${one.what}:${one.reference}`,
  details: {
    break: one.what,
    provider: account,
    reference: one.reference,
    ...(one.listed ? { paid: decimalOf(one.listed), currency: one.listed.currency } : {}),
    ...(one.ours ? { expected: decimalOf(one.ours), expectedCurrency: one.ours.currency } : {}),
    ...(one.what === "refund" ? {} : { paidAt: one.at.toISOString() }),
  },
});

/** A day whose list could not be had, for the reason given. */
export const caseOfUnreadDay = (
  account: string,
  date: string,
  because: string,
): Pick<Case, "kind" | "cause" | "details"> => ({
  kind: "reconciliation_break",
  cause: `reconciliation:${account}:unread:${date}`,
  details: { break: "unread", provider: account, day: date, because },
});

/** A break that belongs to an invoice is a case of that invoice. */
export const breakFound = (
  invoice: Invoice,
  attempt: Attempt,
  found: { readonly id: string; readonly account: string; readonly break: Break },
  now: Date,
): Decision =>
  doneOrAlready(
    openCase(invoice, { id: found.id, link: attempt.link, ...caseOfBreak(found.account, found.break) }, now),
  );
