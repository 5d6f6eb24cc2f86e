import { closeCases, openCase } from "./case.ts";
import { type Decision, doneOrAlready } from "./decision.ts";
import type { Fact } from "./facts.ts";
import { appliedTo, type CrmInvoice, dueOf, type Invoice, type Link, liveLink } from "./invoice.ts";
import { decimalOf, type Money, sameMoney } from "./money.ts";

/**
 * The CRM says something new. A link nobody has seen yet is amended; one that was sent keeps its amount and goes stale;
 * an invoice that is cancelled, or was paid elsewhere, takes its live link with it (product rules 3 and 6). Links are never edited once sent.
 */
export function learn(invoice: Invoice, now: CrmInvoice, ids: { readonly case: string }, at: Date): Decision {
  if (sameInvoice(invoice, now)) return doneOrAlready([]);
  const link = liveLink(invoice);
  const facts: Fact[] = [{ is: "invoice_changed", now }];
  if (link && now.state !== "open") {
    facts.push({ is: "link_cancelled", link: link.id, reason: OVER[now.state] });
  } else if (becomesPaid(invoice, now)) {
    facts.push(...paidByLess(invoice, link));
  } else if (link) {
    facts.push(...linkFollows(invoice, link, now, { case: ids.case, at }));
  }
  return doneOrAlready([...facts, ...nobodyWaits(invoice, now)]);
}

/** Nothing is owed any more, so no part of it is late. */
const nobodyWaits = (invoice: Invoice, now: CrmInvoice): Fact[] =>
  now.state === "open" && dueOf({ ...invoice, ...now }).minor > 0n
    ? []
    : closeCases(invoice, { kind: "part_overdue" }, "nothing is owed any more");

const OVER = {
  cancelled: "the invoice was cancelled in the CRM",
  settled: "the invoice was paid elsewhere",
} as const;

/** The CRM asks for no more than has come already: what was a part is now the whole. */
const becomesPaid = (invoice: Invoice, { amount, state }: CrmInvoice): boolean =>
  state === "open" &&
  dueOf({ ...invoice, state }).minor > 0n &&
  dueOf({ ...invoice, amount, state }).minor === 0n &&
  appliedTo({ ...invoice, amount }) > 0n;

function paidByLess(invoice: Invoice, live: Link | undefined): Fact[] {
  const last = invoice.payments.findLast(({ home }) => home === "applied");
  if (!last) return [];
  return [
    { is: "invoice_paid", link: last.link, payment: last.id },
    ...(live ? [{ is: "link_withdrawn", link: live.id, paidThrough: last.link } as const] : []),
  ];
}

function linkFollows(invoice: Invoice, link: Link, now: CrmInvoice, by: { case: string; at: Date }): Fact[] {
  const applied = appliedTo({ ...invoice, amount: now.amount }); // money in a currency left behind pays nothing of this one
  const owed = askedBy(link, { minor: now.amount.minor - applied, currency: now.amount.currency });
  const same = sameMoney(link.amount, owed);
  const seen = link.sends.length > 0 || invoice.attempts.some((attempt) => attempt.link === link.id);
  if (!seen && owed.minor > 0n && !(same && link.purpose === now.purpose)) {
    const part = link.part && owed.minor < now.amount.minor - applied;
    return [{ is: "link_amended", link: link.id, amount: owed, purpose: now.purpose, part }];
  }
  if (same) return [];
  const details = {
    was: decimalOf(link.amount),
    now: decimalOf(owed),
    currency: link.amount.currency,
    newCurrency: owed.currency,
  };
  return [
    ...(link.stale ? [] : [{ is: "link_went_stale", link: link.id, was: link.amount, now: owed } as const]),
    ...openCase(invoice, { id: by.case, kind: "link_stale", cause: `link:${link.id}`, link: link.id, details }, by.at),
  ];
}

/** What this link should ask for: a part stays what it is while that much is owed. */
const askedBy = ({ part, amount }: Link, owed: Money): Money =>
  part && amount.currency === owed.currency && amount.minor <= owed.minor ? amount : owed;

const sameInvoice = (invoice: Invoice, now: CrmInvoice): boolean =>
  sameMoney(invoice.amount, now.amount) &&
  invoice.purpose === now.purpose &&
  invoice.state === now.state &&
  invoice.url === now.url &&
  JSON.stringify(invoice.customer) === JSON.stringify(now.customer) &&
  JSON.stringify(invoice.owner) === JSON.stringify(now.owner);
