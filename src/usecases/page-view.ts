import type { Locale } from "../../domain/locale.ts";
import type { Money } from "../../domain/money.ts";

/**
 * What the customer's page can show. `payable`: the Pay button is there. `failed`: the last attempt failed and Pay is there
 * again. `preparing`: asked to open a checkout, no answer yet. `pending`: a checkout is open and not yet confirmed by a lookup.
 * `checking`: money has arrived that a person must look at. `outdated`: the amount changed and a new link is needed.
 * `unavailable`: the provider takes nobody's money at present.
 */
export const PAGE_STATES = [
  "payable",
  "failed",
  "preparing",
  "pending",
  "checking",
  "paid",
  "refunded",
  "expired",
  "cancelled",
  "replaced",
  "outdated",
  "unavailable",
] as const;
export type PageState = (typeof PAGE_STATES)[number];

/** Everything the page shows, and nothing that the customer should not see. */
export type PageView = {
  readonly state: PageState;
  readonly invoiceName: string;
  readonly purpose: string;
  readonly amount: Money;
  readonly expiresAt: Date;
  readonly timeZone: string;
  /** The customer's language, or the one the manager asked for; null: nobody said. */
  readonly language: Locale | null;
  readonly paidAt: Date | null;
  readonly reference: string | null;
};

/** What pressing Pay led to. */
export type PayOutcome =
  | { readonly is: "checkout"; readonly url: string }
  /** The page tells why: still being prepared, being checked, or no longer payable. */
  | { readonly is: "page" }
  | { readonly is: "unknown" };

/** What the pages need of the product. Looking never changes anything; paying is the only thing a page can do. */
export type PayDesk = {
  view(token: string): Promise<PageView | undefined>;
  pay(token: string, requestId: string): Promise<PayOutcome>;
  /** The customer's page is open and waits: the provider is asked soon, however many pages ask for it. False: unknown token. */
  ask(token: string, requestId: string): Promise<boolean>;
};
