import type { Actor } from "../domain/actor.ts";
import type { SealedEntry } from "../domain/audit.ts";
import type { Decision } from "../domain/decision.ts";
import type { Attempt, Case, CrmInvoice, Invoice, InvoiceKey, Resolution } from "../domain/invoice.ts";
import type { Policy } from "../domain/policy.ts";
import type { Money } from "../domain/money.ts";
import type { NextPart } from "../domain/schedule.ts";
import type { Answer, WebhookReading } from "./provider-port.ts";

export type * from "./provider-port.ts";

/** The time, so that tests can move it. */
export type Clock = () => Date;

/** How an invoice is found. A token is the secret part of a link's address. */
export type Where =
  | { readonly key: InvoiceKey }
  | { readonly id: string }
  | { readonly token: string }
  | { readonly link: string }
  | { readonly attempt: string }
  | { readonly provider: string; readonly reference: string }
  /** By what people know a payment by, which an event about money that went back may name alone. */
  | { readonly provider: string; readonly paymentReference: string }
  /** As it was read a moment ago: it is not read again unless somebody has changed it since. */
  | { readonly known: Invoice };

/** A case that belongs to no invoice, by its id or by what it is about. */
export type WhichOrphan = { readonly id: string } | Pick<Case, "kind" | "cause">;

/** Who acts, in which request: it goes into every audit entry that follows. */
export type Act = {
  readonly actor: Actor;
  readonly requestId: string;
  /** When this was due, for what the clock set off: it is never judged as earlier than that, whatever our own clock says. */
  readonly due?: Date | undefined;
};

/** A rule with everything filled in but the invoice, the time, and the policy as it holds for that invoice then. */
export type Rule = (invoice: Invoice, now: Date, policy: Policy) => Decision;

/** Whether the audit is as it was written: how many entries it has, and every broken place in a sentence. */
export type AuditVerdict = { readonly entries: number; readonly broken: readonly string[] };

/** The invoice after a decision, and what the last rule said. */
export type Outcome = { readonly invoice: Invoice; readonly decision: Decision };

/**
 * The books: one invoice is loaded, decided on and recorded, with its audit entries and everything that must happen elsewhere,
 * in one transaction, on what nobody has changed meanwhile. Rules run one after the other, each on what the one before left
 * behind; where somebody was quicker they are asked again, so what a rule does not return it must not do.
 */
export type Books = {
  /** Undefined: there is no such invoice. */
  decide(where: Where, act: Act, ...rules: readonly Rule[]): Promise<Outcome | undefined>;
  /** The same for an invoice the CRM has just told us of: it is learned first, whether or not we knew it. */
  decideLearned(told: CrmInvoice, act: Act, ...rules: readonly Rule[]): Promise<Outcome>;
  read(where: Where): Promise<Invoice | undefined>;
  entries(invoice: InvoiceKey): Promise<readonly SealedEntry[]>;
  /** Reads all audit entries there are: as long as there are many. */
  verifyAudit(): Promise<AuditVerdict>;
  /** Invoices with a live link issued by this actor, newest first. */
  liveOf(actorId: string): Promise<readonly Invoice[]>;
  /** The invoices of which something was paid through this account from one moment until just before another. */
  paidBetween(account: Pick<Attempt, "provider" | "account">, from: Date, until: Date): Promise<readonly Invoice[]>;
  /** The invoices we learned of last. */
  recent(most: number): Promise<readonly Invoice[]>;
  /** The hundred oldest. `of`: only of invoices that this person of the chat owns, or that nobody does. */
  openCases(of?: string): Promise<readonly { readonly invoice: Invoice | null; readonly case: Case }[]>;
  readCase(id: string): Promise<{ readonly invoice: Invoice | null; readonly case: Case } | undefined>;
  /** A case that belongs to no invoice: once per cause. */
  openOrphanCase(orphan: Pick<Case, "id" | "kind" | "cause" | "details">, act: Act): Promise<void>;
  /** Ends a case that belongs to no invoice. Undefined: it was ended before, or never opened. */
  resolveOrphanCase(which: WhichOrphan, resolution: Resolution, act: Act): Promise<Case | undefined>;
  /** Whether a case of this kind and cause that belongs to no invoice waits for somebody. */
  orphanIsOpen(which: Pick<Case, "kind" | "cause">): Promise<boolean>;
  /** The provider is asked about an attempt now, unless it was within the last seconds, by whichever copy of the service. */
  askSoon(attempt: Attempt, requestId: string): Promise<void>;
  /** Whether the provider may be asked about an attempt for somebody who waits: once in a few seconds, by whichever copy. */
  mayAsk(attempt: Attempt): Promise<boolean>;
  /** The provider spoke of an attempt and then did not answer: it is asked for days, once for each `hint`. */
  askLater(attempt: Attempt, hint: string, requestId: string): Promise<void>;
  /** Somebody looks again whether a part has come, on the day on which it is expected now. */
  expectPart(next: NextPart, requestId: string): Promise<void>;
  /** Writes down that the policy these books decide by is in force. False: it was before. */
  adoptPolicy(act: Act): Promise<boolean>;
};

/** What stands in the CRM under an effect's key: nothing, what we say, or something else. */
export type StandsInCrm = "nothing" | "this" | "another";

/** What is written there is never repeated blindly: look, then write, then read back (product rule 12). */
export type Crm = {
  readonly name: string;
  find(invoice: Omit<InvoiceKey, "crm">): Promise<CrmInvoice | undefined>;
  /** Changes nothing, so it may be asked again whatever it answered. */
  lookForPaid(effect: PaidEffect): Promise<Answer<StandsInCrm>>;
  /**
   * Writes it, at most once for a key. What stands there now, where the CRM says so in the same breath; null: whether it stands
   * there is for the next look to say.
   */
  tellPaid(effect: PaidEffect): Promise<Answer<StandsInCrm | null>>;
};

/** What the CRM is told of a paid invoice. `key` is one per (invoice, fact), for ever. */
export type PaidEffect = {
  readonly key: string;
  readonly invoice: InvoiceKey;
  readonly amount: Money;
  readonly provider: string;
  readonly reference: string;
  readonly paidAt: Date;
};

/** Invitations into the customer's chat, and which chat sees which link. Tokens are kept hashed. */
export type Invitations = {
  /** A fresh token (22 characters) for one link. */
  invite(link: string, expiresAt: Date): Promise<string>;
  /** Opens one: the link it is for. Undefined: wrong or expired. */
  open(token: string, chat: string): Promise<{ readonly link: string; readonly invitation: string } | undefined>;
  /** The customer's own chat, when one is bound. */
  chatOf(invoice: CrmInvoice): Promise<string | undefined>;
  /** Binds the chat to the customer unless another is bound; true: this call bound it. */
  bind(invoice: CrmInvoice, chat: string): Promise<boolean>;
  /** The chat that sees a link. */
  chatOfLink(link: string): Promise<string | undefined>;
  showIn(link: string, chat: string): Promise<void>;
};

export type Ids = {
  /** For rows: sortable by time. */
  id(): string;
  /** For addresses: 22 characters that cannot be guessed. */
  token(): string;
};

/** A webhook as it arrived, with what was made of it. Kept once per provider and key. */
export type KeepWebhook = (webhook: {
  readonly provider: string;
  readonly key: string;
  readonly raw: Buffer;
  readonly headers: Readonly<Record<string, string>>;
  readonly reading: WebhookReading;
  readonly requestId: string;
}) => Promise<void>;

/** Signatures that were already taken in, shared by every copy of the service. */
export type UsedSignatures = {
  /** False: used before. */
  reserve(signature: string, ttlSeconds: number): Promise<boolean>;
  /** The answer was not taken: the same bytes may come again. */
  release(signature: string): Promise<void>;
};

/** An invoice as a merchant puts it into the embedded book. Phone and e-mail stay there: nothing else needs them. */
export type InvoiceEntry = Pick<CrmInvoice, "kind" | "number" | "amount" | "purpose" | "state" | "owner"> & {
  readonly customer: CrmInvoice["customer"] & { readonly phone: string | null; readonly email: string | null };
};

/** `unchanged`: the book said the same already. */
export type InvoicePut = "created" | "changed" | "unchanged";

/** The embedded invoice book: the CRM of a merchant who has none. */
export type InvoiceBook = Crm & {
  put(entry: InvoiceEntry): Promise<InvoicePut>;
  /** What `put` would answer, without doing it. */
  preview(entry: InvoiceEntry): Promise<InvoicePut>;
};
