import type { PageState } from "../../../usecases/page-view.ts";

/** What is, what it means for the money, what to do. */
export type Sentences = { readonly title: string; readonly means: string; readonly next: string };

/** Answers that are no page of a payment: an address that leads nowhere, a press from elsewhere, our own failure. */
export type NoticeKind = "notFound" | "crossSite" | "wrongMethod" | "failure";

/** What the amount on the page is: still to be paid, paid, or neither. */
export type AmountKind = "due" | "paid" | "amount";

export type FactKind = "invoice" | "payableUntil" | "paidAt" | "reference";

/** Everything the pages say in one language. A sentence that is missing in one of them does not compile. */
export type PageWords = {
  readonly states: Readonly<Record<PageState, Sentences>>;
  /** The customer is back from the provider's page, and no payment is known. */
  readonly returned: Sentences;
  readonly notices: Readonly<Record<NoticeKind, Sentences>>;
  readonly amounts: Readonly<Record<AmountKind, string>>;
  readonly facts: Readonly<Record<FactKind, string>>;
  readonly pay: (amount: string) => string;
  readonly backToCheckout: string;
  readonly openPage: string;
  /** Where the card is asked for. */
  readonly assurance: string;
  readonly language: string;
  readonly requestId: (id: string) => string;
};
