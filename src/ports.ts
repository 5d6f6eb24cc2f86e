import type { Locale } from "../domain/locale.ts";
import type { Money } from "../domain/money.ts";

/** The time, so that tests can move it. */
export type Clock = () => Date;

/**
 * The four answers any outside call can end in. They are never merged: only `unknown` is asked about again, and only
 * `happened` moves money. `because` is a sentence for people; it never carries a secret.
 */
export type Answer<T> =
  | { readonly is: "happened"; readonly value: T; readonly requestId: string | null }
  /** The other side understood and said no: nothing exists there. `alarm` means every further call will fail too. */
  | { readonly is: "refused"; readonly code: string; readonly because: string; readonly alarm: boolean }
  /** The call surely had no effect (it never left us, or we were told to wait): the same call may be made again. */
  | { readonly is: "did_not_happen"; readonly because: string; readonly retryAfterSeconds: number | null }
  /** No answer, or one that cannot be read. It may have happened. */
  | { readonly is: "unknown"; readonly because: string; readonly retryAfterSeconds: number | null };

/** One try to pay a link: what the provider needs to open its hosted checkout. */
export type CheckoutRequest = {
  /** The same for every repeat of the same attempt; never used for another. */
  readonly idempotencyKey: string;
  /** Our order id, unchanged over all attempts of one invoice. */
  readonly orderId: string;
  readonly amount: Money;
  /** Where the customer's browser comes back to. Proof of nothing. */
  readonly returnUrl: string;
  readonly attemptId: string;
  readonly linkId: string;
};

export type Checkout = {
  /** The provider's id for this attempt: what a lookup asks for. */
  readonly reference: string;
  readonly url: string;
  readonly expiresAt: Date | null;
};

/** What the provider says of an attempt. Only a lookup makes one of these; a webhook never does. */
export type PaymentReport = {
  readonly status: "open" | "paid" | "failed" | "expired" | "refunded" | "part_refunded" | "unrecognised";
  /** The provider's own word for the status, for logs and cases. */
  readonly providerStatus: string;
  readonly reference: string;
  readonly orderId: string;
  /** Null: the provider named a currency or an amount that we cannot read. */
  readonly amount: Money | null;
  /** The amount and currency exactly as the provider wrote them, for a case that explains a difference. */
  readonly amountAsWritten: string;
  readonly refunded: Money | null;
  /** The bank's reference of the payment (such as an RRN); falls back to `reference`. */
  readonly paymentReference: string | null;
  readonly paidAt: Date | null;
};

/** What a webhook says, once its signature holds: a hint to look an attempt up. */
export type Hint = { readonly eventId: string; readonly reference: string; readonly orderId: string | null };

export type WebhookReading =
  | { readonly is: "hint"; readonly hint: Hint }
  | { readonly is: "rejected"; readonly because: "unsigned" | "wrong_signature" | "stale" | "unreadable" };

/** A payment provider. Adapters never see our tables and never decide anything. */
export type Provider = {
  readonly name: string;
  open(request: CheckoutRequest): Promise<Answer<Checkout>>;
  lookUp(reference: string): Promise<Answer<PaymentReport>>;
  /** Verifies over the exact bytes that arrived, then parses. Header names are lower case. */
  readWebhook(raw: Buffer, headers: Readonly<Record<string, string | undefined>>, now: Date): WebhookReading;
};

export type { Locale };
