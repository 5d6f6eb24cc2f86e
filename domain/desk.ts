import type { Asker } from "./rights.ts";
import type { DeadlineAsked } from "./deadline.ts";
import type { Refusal } from "./decision.ts";
import type { Case, Invoice, InvoiceKind, Link, Origin } from "./invoice.ts";
import type { LinkWord } from "./issue.ts";
import type { Locale } from "./locale.ts";
import type { AuditEntry } from "./audit.ts";
import type { CaseAction } from "./cases.ts";
import type { Fact } from "./facts.ts";

/** How a person names an invoice in a chat: plain words mean an invoice, `deal:77` a deal. */
export type InvoiceName = { readonly kind: InvoiceKind; readonly number: string };

/** What a person can ask for in a chat. The same words in every chat: one parser makes these. */
export type Ask = InvoiceAsk | CaseAsk | { readonly want: "list" | "cases" };

/** What a person of Slack can ask for about their account in Telegram: a code that links one, or the end of it. */
export type AccountWish = { readonly account: "link" | "unlink" };

/** A person decides a case, and says why. */
export type CaseAsk = {
  readonly want: "resolve";
  readonly case: string;
  readonly action: CaseAction;
  readonly reason: string;
};

/** What is asked about one invoice. */
export type InvoiceAsk =
  | {
      readonly want: "issue";
      readonly invoice: InvoiceName;
      readonly part?: string;
      readonly deadline?: DeadlineAsked;
      readonly language?: Locale;
    }
  | { readonly want: "send" | "resend" | "copy"; readonly invoice: InvoiceName }
  | { readonly want: "verify"; readonly invoice: InvoiceName }
  | { readonly want: "why"; readonly invoice: InvoiceName }
  | ({ readonly want: "cancel" } & AboutLink)
  | ({ readonly want: "reissue" } & AboutLink)
  | { readonly want: "dry-run"; readonly invoice: InvoiceName; readonly of: Rehearsable };

type AboutLink = {
  readonly invoice: InvoiceName;
  readonly reason: string;
  /** The link whose button was pressed: another one that is live meanwhile is not meant. */
  readonly link?: string;
};

/** What can be asked for without doing it. */
export type Rehearsable = Extract<InvoiceAsk, { want: "issue" | "send" | "resend" | "copy" | "cancel" | "reissue" }>;

/** `key` is the same however often the chat delivers the same words: the desk acts on it once. */
export type Request = {
  readonly ask: Ask;
  readonly by: Asker;
  readonly key: string;
  readonly requestId: string;
  readonly origin: Origin | null;
};

/** A link that stays as it is, although some words asked for another one. */
export type StayingLink = { readonly link: Link; readonly unheeded: readonly LinkWord[] };

/** What the desk says back to the one who asked. The card is told by the outbox, not by this. */
export type Answer =
  /** `already`: it was there before, and stays as it is, also where `unheeded` words asked for another one. */
  | {
      readonly kind: "issued";
      readonly invoice: Invoice;
      readonly link: Link;
      readonly already: boolean;
      readonly unheeded: readonly LinkWord[];
    }
  | { readonly kind: "sent"; readonly invoice: Invoice; readonly link: Link }
  /** The customer has not met the bot: this address is for the manager to pass on. */
  | { readonly kind: "invited"; readonly invoice: Invoice; readonly link: Link; readonly url: string }
  | { readonly kind: "copied"; readonly invoice: Invoice; readonly link: Link; readonly url: string }
  | { readonly kind: "cancelled"; readonly invoice: Invoice; readonly link: Link }
  | { readonly kind: "reissued"; readonly invoice: Invoice; readonly link: Link; readonly sent: boolean }
  /** `proposed`: the amount needs a second person, and this was the first. */
  | { readonly kind: "resolved"; readonly invoice: Invoice | null; readonly case: Case; readonly proposed: boolean }
  /** What would become true, and nothing of it did. */
  | {
      readonly kind: "rehearsed";
      readonly invoiceName: string;
      readonly facts: readonly Fact[];
      readonly no: Refusal | null;
      /** The link that is there is not the one that was asked for, and would stay. */
      readonly stays: StayingLink | null;
    }
  | { readonly kind: "verified"; readonly invoice: Invoice; readonly answered: boolean }
  | { readonly kind: "why"; readonly invoice: Invoice; readonly entries: readonly AuditEntry[] }
  | { readonly kind: "list"; readonly invoices: readonly Invoice[] }
  | { readonly kind: "cases"; readonly cases: readonly { readonly invoice: Invoice | null; readonly case: Case }[] }
  | ({ readonly kind: "refused"; readonly invoiceName: string } & Refusal);

/** A customer opened the bot with the token of an invitation, or without one. */
export type Visit = {
  readonly token: string;
  readonly bot: string;
  readonly chat: string;
  readonly language: Locale | null;
  readonly requestId: string;
  readonly key: string;
};

/** What the bot says at once; the message with the Pay button is told by the outbox. */
export type Welcome =
  | { readonly kind: "shown"; readonly language: Locale }
  | { readonly kind: "unknown_token"; readonly language: Locale };
