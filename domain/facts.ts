import type { Actor } from "./actor.ts";
import type { CaseAction, CaseKind, Doubt } from "./cases.ts";
import type { Attempt, Case, CrmInvoice, Link, Payment, Resolution, Send } from "./invoice.ts";
import type { DisputeState, FiscalState } from "./states.ts";
import type { Money } from "./money.ts";

/** What each fact carries. Ids name what the invoice has; whole objects are what it gains. */
type FactFields = {
  /** Of no invoice: what the merchant decided about all of them. */
  policy_adopted: {
    readonly version: string;
    readonly before: string | null;
    readonly terms: Readonly<Record<string, unknown>>;
  };
  /** Of no invoice: from now on an account in Telegram (`telegram:7001:1001`) acts as a person of Slack (`slack:T1:U1`). */
  account_linked: { readonly account: string; readonly person: string };
  /** `replaced`: the same account was linked to somebody else. */
  account_unlinked: { readonly account: string; readonly person: string; readonly because: "asked" | "replaced" };
  invoice_learned: { readonly told: CrmInvoice };
  invoice_changed: { readonly now: CrmInvoice };
  link_issued: { readonly link: Link };
  link_amended: { readonly link: string; readonly amount: Money; readonly purpose: string; readonly part: boolean };
  link_went_stale: { readonly link: string; readonly was: Money; readonly now: Money };
  link_sent: { readonly link: string; readonly send: Send };
  send_answered: { readonly link: string; readonly send: string; readonly outcome: Send["outcome"] };
  link_cancelled: { readonly link: string; readonly reason: string };
  /** `by` is the link that takes its place. */
  link_replaced: { readonly link: string; readonly by: string; readonly reason: string };
  link_withdrawn: { readonly link: string; readonly paidThrough: string };
  link_expired: { readonly link: string };
  customer_bound: { readonly link: string; readonly channel: "telegram" };
  attempt_opening: { readonly attempt: Attempt };
  attempt_opened: {
    readonly attempt: string;
    readonly reference: string;
    readonly checkoutUrl: string;
    readonly checkoutExpiresAt: Date | null;
    readonly requestId: string | null;
  };
  attempt_unanswered: { readonly attempt: string; readonly because: string };
  attempt_checked: { readonly attempt: string; readonly found: string; readonly requestId: string | null };
  attempt_failed: { readonly attempt: string; readonly because: string };
  attempt_expired: { readonly attempt: string };
  /** The provider ended the checkout at our request: nobody can pay there any more. */
  checkout_closed: { readonly attempt: string; readonly requestId: string | null };
  /** It would not, so money may still come through it. */
  checkout_left_open: { readonly attempt: string; readonly because: string };
  payment_applied: { readonly payment: Payment; readonly late: boolean };
  payment_held: { readonly payment: Payment; readonly because: Doubt | "refund_unannounced" };
  /** A person decided that held money pays the invoice. */
  hold_applied: { readonly payment: string; readonly link: string };
  /** A person decided that held money goes back. It has gone back when the provider says so. */
  refund_proposed: { readonly payment: string };
  /** The provider took on giving it back, under its own id. It has gone back when a lookup says so. */
  refund_taken: { readonly payment: string; readonly id: string | null };
  payment_refunded: { readonly payment: string; readonly refunded: Money; readonly full: boolean };
  /** What had gone back is with the merchant again, and held: `refunded` is all that is still back with the customer. */
  refund_came_back: { readonly payment: string; readonly refunded: Money };
  payment_disputed: { readonly payment: string; readonly dispute: DisputeState; readonly amount: Money };
  /** A dispute was lost. `refunded` is all that is back with the customer, whoever gave it. */
  payment_charged_back: { readonly payment: string; readonly refunded: Money; readonly full: boolean };
  fiscal_changed: { readonly payment: string; readonly fiscal: FiscalState };
  invoice_paid: { readonly link: string; readonly payment: string };
  crm_told: { readonly fact: "invoice_paid" };
  case_opened: { readonly case: Case };
  /** The amount is above what one person may decide: a second one has to agree. */
  case_proposed: {
    readonly case: string;
    readonly kind: CaseKind;
    readonly action: CaseAction;
    readonly by: Actor;
    readonly reason: string;
  };
  case_resolved: { readonly case: string; readonly kind: CaseKind; readonly resolution: Resolution };
  case_updated: { readonly case: string; readonly kind: CaseKind; readonly details: Case["details"] };
};

export type FactName = keyof FactFields;

/**
 * What became true, in the past tense. A fact with its actor, time and request id is an audit entry; `applyAll` makes the
 * new invoice from facts alone, so nothing can happen that is not logged.
 */
export type Fact<Name extends FactName = FactName> = { [N in Name]: { readonly is: N } & FactFields[N] }[Name];
