import type { AuditEntry } from "../../domain/audit.ts";
import { CASES } from "../../domain/cases.ts";
import {
  appliedTo,
  type Attempt,
  type Case,
  dueOf,
  heldFor,
  type Invoice,
  type InvoiceKey,
  type Link,
  nameOf,
  type Payment,
  referenceOf,
  refundedOf,
  type Send,
} from "../../domain/invoice.ts";
import { decimalOf, type Money } from "../../domain/money.ts";
import type { Policy } from "../../domain/policy.ts";
import { actionsOf } from "../../domain/resolve.ts";
import type { Expecting } from "../../domain/schedule.ts";
import { statusOf } from "../../domain/status.ts";
import { sayProposal } from "../../domain/words/case-actions.ts";
import { sayCaseStory } from "../../domain/words/case-story.ts";
import { sayCase, titleCase } from "../../domain/words/cases.ts";
import { pageUrl } from "./needs.ts";

const DAY_MS = 86_400_000;

type Context = {
  readonly publicUrl: string;
  readonly policy: Pick<Policy, "timeZone">;
  /** What became true of the invoice, for the sentences of its cases. */
  readonly entries: readonly AuditEntry[];
  /** When its next part is due, by the merchant's policy. */
  readonly expecting: Expecting;
};

/** An invoice as other programs see it: money as decimal texts, times in ISO 8601, nothing that only our tables know. */
export function invoiceView(invoice: Invoice, context: Context) {
  const { kind, number, crm, amount, purpose, state, customer, owner } = invoice;
  const text = (minor: bigint): string => decimalOf({ minor, currency: amount.currency });
  return {
    kind,
    number,
    crm,
    ...moneyView(amount),
    purpose,
    state,
    customer: { id: customer.id, name: customer.name, language: customer.language },
    owner: owner && { id: owner.id, name: owner.name, slackUserId: owner.slackUserId },
    status: statusOf(invoice),
    applied: text(appliedTo(invoice)),
    held: text(heldFor(invoice)),
    refunded: text(refundedOf(invoice)),
    due: decimalOf(dueOf(invoice)),
    nextPart: nextPartView(context.expecting(invoice)),
    url: invoice.url ?? apiUrl(context.publicUrl, invoice),
    links: invoice.links.map((link) => linkView(link, context)),
    attempts: invoice.attempts.map(attemptView),
    payments: invoice.payments.map(paymentView),
    cases: invoice.cases.map((one) => caseView(one, invoice, context)),
    tasks: invoice.cases.map((one) => taskView(one, invoice)),
  };
}

/** An invoice in a list: what is needed to see which one to look at. */
export function invoiceLine(invoice: Invoice, { publicUrl }: Pick<Context, "publicUrl">) {
  const { kind, number, crm, amount, purpose, customer } = invoice;
  const due = decimalOf(dueOf(invoice));
  return {
    kind,
    number,
    crm,
    ...moneyView(amount),
    purpose,
    status: statusOf(invoice),
    due,
    customer: { id: customer.id, name: customer.name },
    url: invoice.url ?? apiUrl(publicUrl, invoice),
  };
}

/** Where an invoice of the embedded book is seen: it has no page of its own in a CRM. */
const apiUrl = (publicUrl: string, { kind, number }: InvoiceKey): string =>
  `${publicUrl}/api/v1/invoices/${kind}/${encodeURIComponent(number)}`;

const moneyView = (money: Money) => ({ amount: decimalOf(money), currency: money.currency });

const linkView = (link: Link, { publicUrl }: Context) => ({
  id: link.id,
  state: link.state,
  stale: link.stale,
  url: pageUrl(publicUrl, link.token),
  ...moneyView(link.amount),
  part: link.part,
  expiresAt: link.expiresAt.toISOString(),
  issuedBy: link.issuedBy.name,
  issuedAt: link.issuedAt.toISOString(),
  sends: link.sends.map(sendView),
});

const nextPartView = (next: ReturnType<Expecting>) =>
  next ? { amount: decimalOf(next.amount), by: next.by.toISOString(), partsLeft: next.partsLeft } : null;

const sendView = ({ id, at, by, channel, outcome }: Send) => ({ id, at: at.toISOString(), by, channel, outcome });

const attemptView = (attempt: Attempt) => ({
  id: attempt.id,
  link: attempt.link,
  provider: attempt.provider,
  account: attempt.account,
  state: attempt.state,
  providerReference: attempt.reference,
  requestIds: attempt.requestIds,
  lookups: attempt.lookups,
  openedAt: attempt.openedAt.toISOString(),
});

const paymentView = (payment: Payment) => ({
  reference: referenceOf(payment),
  attempt: payment.attempt,
  link: payment.link,
  provider: payment.provider,
  ...moneyView(payment.amount),
  refunded: decimalOf(payment.refunded),
  home: payment.home,
  paidAt: payment.paidAt.toISOString(),
  fiscal: payment.fiscal,
  dispute: payment.dispute,
});

/** A case as other programs see it; `actions` is what can be chosen for it now. */
export const caseView = (
  one: Case,
  invoice: Invoice | null,
  { policy, entries }: Pick<Context, "policy" | "entries">,
) => ({
  id: one.id,
  kind: one.kind,
  state: one.state,
  severity: CASES[one.kind].severity,
  owner: CASES[one.kind].owner,
  dueAt: new Date(one.openedAt.getTime() + CASES[one.kind].days * DAY_MS).toISOString(),
  link: one.link,
  sentence: sentenceOf(one, invoice, { policy, entries }),
  actions: invoice ? actionsOf(invoice, one) : one.state === "open" ? ["dismiss"] : [],
  openedAt: one.openedAt.toISOString(),
  resolution: one.resolution,
});

function sentenceOf(
  one: Case,
  invoice: Invoice | null,
  { policy, entries }: Pick<Context, "policy" | "entries">,
): string {
  const where = { locale: "en" as const, timeZone: policy.timeZone };
  const story = invoice ? sayCaseStory(one, invoice, { ...where, entries }) : [];
  const said = sayCase(one, { ...where, invoiceName: invoice ? nameOf(invoice) : "" });
  return [said, ...story, sayProposal(one, "en")].filter((line) => line !== "").join("\n");
}

/** One task for each case, for whoever has to look at it. */
const taskView = (one: Case, invoice: Invoice) => ({
  id: one.id,
  case: one.id,
  title: `${titleCase(one.kind, "en")}: ${nameOf(invoice)}`,
  owner: CASES[one.kind].owner,
  state: one.state === "open" ? "open" : "done",
});
