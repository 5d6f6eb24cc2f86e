import type { AuditEntry } from "../audit.ts";
import type { Fact, FactName } from "../facts.ts";
import { type Case, type Invoice, type Link, type Payment, paymentOfCase } from "../invoice.ts";
import type { Locale } from "../locale.ts";
import { sayEntry } from "./facts.ts";

/** What explains doubted money: how its links were sent and how they ended, and what else was paid. */
const TELLING: ReadonlySet<FactName> = new Set([
  "link_sent",
  "link_cancelled",
  "link_replaced",
  "link_withdrawn",
  "link_expired",
  "link_went_stale",
  "payment_applied",
  "payment_held",
  "payment_refunded",
  "hold_applied",
]);

const LINK: Readonly<Record<Locale, (number: number) => string>> = {
  hy: (number) => `Հղում ${number}`,
  ru: (number) => `Ссылка ${number}`,
  en: (number) => `Link ${number}`,
};

/** More than these and nobody reads them: the last ones explain most. */
const MOST = 8;

/**
 * How held money came to be held, from the audit, line by line: "Link 1: 24 Nov 2026, 14:02 · Ani · cancelled link …". Nothing
 * for a case that is about something else, whose sentence says all there is.
 */
export function sayCaseStory(
  one: Case,
  invoice: Invoice,
  {
    entries,
    ...where
  }: { readonly entries: readonly AuditEntry[]; readonly locale: Locale; readonly timeZone: string },
): readonly string[] {
  if (!paymentOfCase(invoice, one)) return [];
  const lines = entries.flatMap((entry) => {
    const number = TELLING.has(entry.fact.is) ? numberOf(entry.fact, invoice) : 0;
    return number === 0 ? [] : [`${LINK[where.locale](number)}: ${sayEntry(entry, where)}`];
  });
  return lines.slice(-MOST);
}

/** Which of the invoice's links a fact is about, the oldest being 1; 0: none. */
function numberOf(fact: Fact, { links, payments }: Invoice): number {
  const id = "link" in fact ? idOf(fact.link) : "payment" in fact ? linkPaid(fact.payment, payments) : undefined;
  return links.findIndex((link) => link.id === id) + 1;
}

const linkPaid = (named: string | Payment, payments: readonly Payment[]): string | undefined =>
  typeof named === "string" ? payments.find(({ id }) => id === named)?.link : named.link;

const idOf = (named: string | Link): string => (typeof named === "string" ? named : named.id);
