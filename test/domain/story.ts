import type { Actor } from "../../domain/actor.ts";
import { applyAll } from "../../domain/apply.ts";
import { cancel } from "../../domain/cancel.ts";
import type { Decision } from "../../domain/decision.ts";
import { expire } from "../../domain/expire.ts";
import type { Fact } from "../../domain/facts.ts";
import type { Attempt, Case, CrmInvoice, Invoice, Link, Payment, Send } from "../../domain/invoice.ts";
import { issue, type IssueRequest } from "../../domain/issue.ts";
import { learn } from "../../domain/learn.ts";
import { lookedUp } from "../../domain/look-up.ts";
import type { LookedUp } from "../../domain/looked-up.ts";
import type { Currency, Money } from "../../domain/money.ts";
import { beginAttempt } from "../../domain/open-attempt.ts";
import { DEFAULT_POLICY, type Policy } from "../../domain/policy.ts";
import { reissue, type ReissueRequest } from "../../domain/reissue.ts";
import { resolve, type ResolveRequest } from "../../domain/resolve.ts";
import { send, type SendRequest } from "../../domain/send.ts";
import { settle, type VerifiedPayment } from "../../domain/settle.ts";

/** Noon in Yerevan. */
export const NOW = new Date("2026-11-24T08:00:00Z");
export const later = (seconds: number, from = NOW): Date => new Date(from.getTime() + seconds * 1000);
export const DAY = 86_400;

export const money = (minor: bigint, currency: Currency = "AMD"): Money => ({ minor, currency });
/** What every invoice of these stories owes: 15 000 drams. */
export const DUE = money(1_500_000n);

export const ani: Actor = { kind: "manager", id: "slack:T1:UANI", name: "Ani" };

const CRM: CrmInvoice = {
  crm: "book",
  kind: "invoice",
  number: "INV-1042",
  amount: DUE,
  purpose: "Twelve chairs",
  customer: { id: "c1", name: "Karen", language: "hy" },
  owner: { id: "o1", name: "Ani", slackUserId: "UANI" },
  state: "open",
  url: null,
};

export const link = (id: string, more: Partial<Link> = {}): Link => ({
  id,
  token: `token-of-${id}`,
  state: "active",
  stale: false,
  part: false,
  amount: DUE,
  purpose: CRM.purpose,
  language: null,
  expiresAt: later(3 * DAY),
  issuedBy: ani,
  issuedAt: NOW,
  origin: null,
  sends: [],
  ...more,
});

export const sent = (id: string, more: Partial<Send> = {}): Send => ({
  id,
  key: `key-of-${id}`,
  at: NOW,
  by: "Ani",
  channel: "telegram",
  outcome: "sent",
  ...more,
});

export const attempt = (id: string, more: Partial<Attempt> = {}): Attempt => ({
  id,
  link: "it",
  number: 1,
  provider: "vpos",
  account: "main",
  state: "pending",
  reference: `vpos-${id}`,
  checkoutUrl: `https://vpos.example/${id}`,
  checkoutExpiresAt: null,
  lookups: 0,
  requestIds: [],
  openedAt: NOW,
  ...more,
});

export const payment = (id: string, more: Partial<Payment> = {}): Payment => ({
  id,
  attempt: `try-${id}`,
  link: "it",
  provider: "vpos",
  reference: `vpos-${id}`,
  bankReference: `bank-${id}`,
  amount: DUE,
  refunded: money(0n, more.amount?.currency ?? DUE.currency),
  home: "applied",
  dispute: null,
  fiscal: "none",
  paidAt: NOW,
  ...more,
});

export const openedCase = (id: string, more: Partial<Case> = {}): Case => ({
  id,
  kind: "provider_silent",
  cause: "attempt:try",
  state: "open",
  link: null,
  details: {},
  openedAt: NOW,
  resolution: null,
  ...more,
});

/** `owed({ old: "replaced", new: "active" })`: an invoice with these links; a link that needs more than a state says it. */
export const owed = (
  links: Readonly<Record<string, Link["state"] | Partial<Link>>> = {},
  more: Partial<Invoice> = {},
): Invoice => ({
  ...CRM,
  id: "i1",
  links: Object.entries(links).map(([id, one]) => link(id, typeof one === "string" ? { state: one } : one)),
  attempts: [],
  payments: [],
  cases: [],
  ...more,
});

/** What a decision found to be true; nothing, if it was `already` or no. */
export const factsOf = (decision: Decision): readonly Fact[] => (decision.kind === "done" ? decision.facts : []);
export const namesOf = (decision: Decision): readonly string[] => factsOf(decision).map(({ is }) => is);
/** The invoice once a decision has been recorded. */
export const after = (invoice: Invoice, decision: Decision): Invoice => applyAll(invoice, factsOf(decision));

/** What a lookup says of a payment that went as it should. */
export const report = (more: Partial<LookedUp> = {}): LookedUp => ({
  status: "paid",
  providerStatus: "PAID",
  reference: "vpos-try",
  orderId: CRM.number,
  amount: DUE,
  amountAsWritten: "1500000 AMD",
  refunded: null,
  paymentReference: "bank-77",
  dispute: null,
  fiscal: null,
  paidAt: NOW,
  ...more,
});

type Circumstances = { readonly at?: Date; readonly policy?: Partial<Policy> };

/** `when(owed({ it: "active" })).isPaidThrough("it")`: one thing happens to an invoice, in one line. */
export const when = (invoice: Invoice, { at = NOW, policy: changed = {} }: Circumstances = {}) => {
  const policy = { ...DEFAULT_POLICY, ...changed };
  return {
    isIssued: (more: Partial<IssueRequest> = {}): Decision =>
      issue(invoice, { by: ani, id: "new", token: "token-of-new", origin: null, ...more }, policy, at),
    isSent: (more: Partial<SendRequest> = {}): Decision =>
      send(invoice, { by: ani, id: "s2", key: "key-of-s2", channel: "telegram", ...more }, policy, at),
    isCancelled: (reason: string): Decision => cancel(invoice, reason),
    isReissued: (more: Partial<ReissueRequest> = {}): Decision =>
      reissue(
        invoice,
        { by: ani, id: "new", token: "token-of-new", reason: "wrong date", origin: null, ...more },
        policy,
        at,
      ),
    isDecided: (more: Partial<ResolveRequest> = {}): Decision =>
      resolve(invoice, { case: "c", action: "apply", reason: "agreed with the customer", by: ani, ...more }, policy),
    comesToItsDeadline: (id = "it"): Decision => expire(invoice, id, policy, at),
    hearsFromTheCrm: (more: Partial<CrmInvoice>): Decision =>
      learn(invoice, { ...crmOf(invoice), ...more }, { case: "c-stale" }, at),
    isTriedThrough: (id: string): Decision =>
      beginAttempt(invoice, { id: "next", link: id, provider: "vpos", account: "main" }, at),
    isPaidThrough(id: string, more: Partial<VerifiedPayment> = {}): Decision {
      const tried = withAttemptOn(invoice, id);
      return settle(tried, { ...PAID, attempt: `try-${id}`, ...more }, { payment: "p-new", case: "c-new" }, at);
    },
    /** `asked`: how many answers were known when this one was asked for. */
    isLookedUp: (said: Partial<LookedUp>, id = "try", asked?: number): Decision =>
      lookedUp(invoice, id, {
        report: report(said),
        requestId: "r-1",
        ids: { payment: "p-new", case: "c-new" },
        now: at,
        ...(asked === undefined ? {} : { asked }),
      }),
  };
};

const PAID = { reference: "vpos-77", bankReference: "bank-77", orderId: CRM.number, amount: DUE, paidAt: NOW };

/** The invoice with an open try on a link, unless the story has one already. */
export const withAttemptOn = (invoice: Invoice, id: string): Invoice =>
  invoice.attempts.some((one) => one.id === `try-${id}`)
    ? invoice
    : { ...invoice, attempts: [...invoice.attempts, attempt(`try-${id}`, { link: id })] };

/** What the CRM last said of an invoice. */
export const crmOf = ({ crm, kind, number, amount, purpose, customer, owner, state, url }: Invoice): CrmInvoice => ({
  crm,
  kind,
  number,
  amount,
  purpose,
  customer,
  owner,
  state,
  url,
});
