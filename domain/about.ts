import type { Fact } from "./facts.ts";
import { type Invoice, liveLink } from "./invoice.ts";

/** The link a fact is about: its own, its attempt's, payment's or case's; a change of the invoice is about the live one. */
export function linkOf(fact: Fact, invoice: Invoice): string | undefined {
  if ("link" in fact) return idOf(fact.link);
  if ("attempt" in fact) return theOne(invoice.attempts, fact.attempt)?.link;
  if ("payment" in fact) return theOne(invoice.payments, fact.payment)?.link;
  if ("case" in fact) return linkOfCase(fact.case, invoice);
  return liveLink(invoice)?.id;
}

const linkOfCase = (named: Named, invoice: Invoice): string | undefined =>
  theOne(invoice.cases, named)?.link ?? invoice.links.at(-1)?.id;

type Named = string | { readonly id: string };

/** A fact names what the invoice has by its id, and carries whole what the invoice gains. */
const idOf = (named: Named): string => (typeof named === "string" ? named : named.id);

const theOne = <T extends { readonly id: string }>(all: readonly T[], named: Named): T | undefined =>
  all.find(({ id }) => id === idOf(named));
