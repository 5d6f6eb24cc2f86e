import type { Actor } from "./actor.ts";
import type { CaseAction, CaseKind } from "./cases.ts";
import type { Locale } from "./locale.ts";
import type { Currency, Money } from "./money.ts";
import {
  type AttemptState,
  type DisputeState,
  type FiscalState,
  isOpen,
  type LinkState,
  type PaymentHome,
} from "./states.ts";

export const INVOICE_KINDS = ["invoice", "deal", "order"] as const;
export type InvoiceKind = (typeof INVOICE_KINDS)[number];

/** `settled`: the CRM says that it was paid elsewhere, such as in cash or by a transfer. */
export const INVOICE_STATES = ["open", "cancelled", "settled"] as const;
type InvoiceState = (typeof INVOICE_STATES)[number];

/** What an invoice is known by. Numbers are told apart without regard to case; the CRM's spelling is kept. */
export type InvoiceKey = { readonly crm: string; readonly kind: InvoiceKind; readonly number: string };

/** What the CRM says of an invoice. Amount, currency and purpose come from here alone. */
export type CrmInvoice = InvoiceKey & {
  readonly amount: Money;
  readonly purpose: string;
  readonly customer: { readonly id: string; readonly name: string; readonly language: Locale | null };
  readonly owner: { readonly id: string; readonly name: string; readonly slackUserId: string | null } | null;
  readonly state: InvoiceState;
  /** Where a person sees it in the CRM. */
  readonly url: string | null;
};

export const SEND_CHANNELS = ["telegram", "slack", "email", "copy"] as const;
export const SEND_OUTCOMES = ["sent", "opened", "blocked", "failed"] as const;

/** One delivery of a link. `key` is the request that asked for it: the same request is one send. */
export type Send = {
  readonly id: string;
  readonly key: string;
  readonly at: Date;
  readonly by: string;
  readonly channel: (typeof SEND_CHANNELS)[number];
  readonly outcome: (typeof SEND_OUTCOMES)[number];
};

/** Where a card lives: the chat in which the manager asked. `channel` and `user` are that chat's own ids. */
export type Origin = SlackOrigin | TelegramOrigin;
export type SlackOrigin = {
  readonly chat: "slack";
  readonly channel: string;
  readonly user: string;
  readonly locale: Locale;
};
export type TelegramOrigin = Omit<SlackOrigin, "chat"> & {
  readonly chat: "telegram";
  /** The topic of the group; null: the group has none, or it was asked in the general one. */
  readonly topic: number | null;
  /** The message that asked: the card is a reply to it. */
  readonly message: number;
};

export type Link = {
  readonly id: string;
  /** The secret part of our page's address. */
  readonly token: string;
  readonly state: LinkState;
  /** The CRM changed the amount after the link was sent: no new attempt is opened. */
  readonly stale: boolean;
  readonly amount: Money;
  readonly purpose: string;
  /** For a part of what is owed, as a manager asked within the policy. */
  readonly part: boolean;
  /** The language the manager asked for; null: the customer's own. */
  readonly language: Locale | null;
  readonly expiresAt: Date;
  readonly issuedBy: Actor;
  readonly issuedAt: Date;
  readonly origin: Origin | null;
  readonly sends: readonly Send[];
};

/** One try to pay a link. Written down before the provider is asked. */
export type Attempt = {
  readonly id: string;
  readonly link: string;
  /** Counted over the whole invoice, from 1: part of the idempotency key. */
  readonly number: number;
  readonly provider: string;
  /** Which of the merchant's accounts with the provider: only that one can be asked about it. */
  readonly account: string;
  readonly state: AttemptState;
  /** The provider's id for the attempt; null until it has answered. */
  readonly reference: string | null;
  readonly checkoutUrl: string | null;
  readonly checkoutExpiresAt: Date | null;
  readonly lookups: number;
  readonly requestIds: readonly string[];
  readonly openedAt: Date;
};

/** Money the provider confirmed to us, server to server. */
export type Payment = {
  readonly id: string;
  readonly attempt: string;
  readonly link: string;
  readonly provider: string;
  /** The provider's own id of the payment: one of these is one movement of money. */
  readonly reference: string;
  /** What the bank calls it (such as an RRN), for people to compare; null: nobody said. Banks' texts are not unique. */
  readonly bankReference: string | null;
  readonly amount: Money;
  readonly refunded: Money;
  readonly home: PaymentHome;
  /** Whether a cardholder's bank takes it back; null: nobody disputes it. */
  readonly dispute: DisputeState | null;
  /** Its receipt, which is apart from the money. */
  readonly fiscal: FiscalState;
  readonly paidAt: Date;
};

/** Something a person must look at. The same cause again updates it; it never opens a second one. */
export type Case = {
  readonly id: string;
  readonly kind: CaseKind;
  readonly cause: string;
  readonly state: "open" | "resolved";
  readonly link: string | null;
  /** The facts its sentence is told from, as texts. */
  readonly details: Readonly<Record<string, string>>;
  readonly openedAt: Date;
  readonly resolution: Resolution | null;
};

/** How a case ended: by whom and why. A person's word, or `paythread` where what it was about is over. */
export type Resolution = { readonly action: CaseAction; readonly reason: string; readonly by: string };

/** The aggregate: one invoice and everything done to collect it. Locked, loaded, decided on and saved as a whole. */
export type Invoice = CrmInvoice & {
  readonly id: string;
  readonly links: readonly Link[];
  readonly attempts: readonly Attempt[];
  readonly payments: readonly Payment[];
  readonly cases: readonly Case[];
};

/** What the provider's order carries for an invoice: unchanged over all its attempts. */
export const orderIdOf = ({ kind, number }: InvoiceKey): string => (kind === "invoice" ? number : `${kind}:${number}`);

/** How a person types it in a chat: plain words mean an invoice. */
export const nameOf = (key: InvoiceKey): string => orderIdOf(key);

export const liveLink = (invoice: Invoice): Link | undefined => invoice.links.find(({ state }) => state === "active");

export const openAttempt = (invoice: Invoice, link: string): Attempt | undefined =>
  invoice.attempts.find((attempt) => attempt.link === link && isOpen(attempt.state));

/** The money a case is about: none for a case about something else. */
export const paymentOfCase = (invoice: Invoice, { cause }: Pick<Case, "cause">): Payment | undefined =>
  invoice.payments.find((payment) => cause === causeOfPayment(payment));

/** Money that was held, because of doubts and not because it came back, and then went back: as if it had not come. */
export const wasOnlyHeld = (invoice: Invoice, payment: Payment): boolean =>
  invoice.cases.some(
    ({ kind, cause, resolution }) =>
      kind !== "refund_came_back" && cause === causeOfPayment(payment) && (resolution?.action ?? "apply") !== "apply",
  );

/** One case per doubted payment, known by the provider's id of it: another provider may use the same. */
export const causeOfPayment = ({ provider, reference }: Pick<Payment, "provider" | "reference">): string =>
  `payment:${provider}:${reference}`;

/** What people compare a payment by: the bank's own reference, or the provider's where the bank's is not known. */
export const referenceOf = ({ bankReference, reference }: Payment): string => bankReference ?? reference;

/** What has been applied to the invoice, less what went back. */
export const appliedTo = (invoice: Invoice): bigint =>
  sum(invoice, ({ home, amount, refunded }) => (home === "applied" ? amount.minor - refunded.minor : 0n));

/** What is held for a person, less what went back. */
export const heldFor = (invoice: Invoice): bigint =>
  sum(invoice, ({ home, amount, refunded }) => (home === "held" ? amount.minor - refunded.minor : 0n));

export const refundedOf = (invoice: Invoice): bigint => sum(invoice, ({ refunded }) => refunded.minor);

/** What is still owed, in the invoice's currency; never negative, and nothing where it was paid elsewhere. */
export function dueOf(invoice: Invoice): Money {
  const due = invoice.state === "settled" ? 0n : invoice.amount.minor - appliedTo(invoice);
  return { minor: due > 0n ? due : 0n, currency: invoice.amount.currency };
}

/** Sums over the payments in the invoice's own currency: money in another currency is held and listed by itself. */
function sum(invoice: Invoice, part: (payment: Payment) => bigint): bigint {
  const currency: Currency = invoice.amount.currency;
  return invoice.payments
    .filter(({ amount }) => amount.currency === currency)
    .reduce((total, payment) => total + part(payment), 0n);
}
