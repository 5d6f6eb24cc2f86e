import type { Attempt } from "../domain/invoice.ts";
import type { LookedUp } from "../domain/looked-up.ts";
import type { Money } from "../domain/money.ts";

/**
 * The four answers any outside call can end in. They are never merged: only `unknown` is asked about again, and only
 * `happened` moves money. `because` is a sentence for people; it never carries a secret.
 */
export type Answer<T> =
  | { readonly is: "happened"; readonly value: T; readonly requestId: string | null }
  /**
   * The other side said no, or something that we must not go on with. `mayExist`: what was asked for may stand there all the
   * same, so it is not asked for under another key. `alarm`: every further call will end so too.
   */
  | {
      readonly is: "refused";
      readonly code: string;
      readonly because: string;
      readonly alarm: boolean;
      readonly mayExist: boolean;
    }
  /** The call surely had no effect (it never left us, or we were told to wait): the same call may be made again. */
  | { readonly is: "did_not_happen"; readonly because: string; readonly retryAfterSeconds: number | null }
  /** No answer, or one that cannot be read. It may have happened. */
  | {
      readonly is: "unknown";
      readonly because: string;
      readonly retryAfterSeconds: number | null;
      /** An answer came, only not one that says what we asked: the provider is there. */
      readonly heard?: true;
    };

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
export type PaymentReport = LookedUp;

/** What a webhook says, once its signature holds: a hint to look an attempt up. */
export type Hint = {
  readonly eventId: string;
  /** The provider's id: of the attempt as a lookup asks for it, or of the payment where an event names only that. */
  readonly reference: string;
  readonly orderId: string | null;
  /**
   * `payment`: the event names nothing of ours but the provider's id of a payment, which may be another sale's. `checkout`: it
   * names our attempt, and a checkout as a lookup asks for it, which may be another one than we know.
   */
  readonly names?: "payment" | "checkout";
  /** Our own id of the attempt, where the provider hands back what we gave it. */
  readonly attempt?: string;
};

/** `ignored`: it is genuine and about nothing of ours, such as another sale of the merchant's. */
export type WebhookReading =
  | { readonly is: "hint"; readonly hint: Hint }
  | { readonly is: "ignored" }
  | { readonly is: "rejected"; readonly because: "unsigned" | "wrong_signature" | "stale" | "unreadable" };

/** Money that a person decided to give back. */
export type RefundRequest = {
  /** The same for every repeat of the same refund; never used for another. */
  readonly idempotencyKey: string;
  /** The attempt's reference, as for a lookup. */
  readonly reference: string;
  readonly amount: Money;
  /** What was paid: giving all of it back is another call at some providers than giving back a part. */
  readonly paid: Money;
};

/** One movement of a provider's day, as its own list has it. Amounts are signed: what left the account is negative. */
export type Movement = {
  /** The provider's id of the movement. */
  readonly id: string;
  readonly kind: "payment" | "refund" | "chargeback" | "chargeback_reversed" | "other";
  /** The attempt's reference, as for a lookup; null: the list does not say. */
  readonly reference: string | null;
  readonly orderId: string | null;
  readonly amount: Money;
  readonly fee: Money | null;
  readonly at: Date;
};

/**
 * A payment provider, by one of the merchant's accounts there. Adapters never see our tables and never decide anything. What
 * a provider cannot do is not there: whoever asks for it sees that before anybody is promised anything.
 */
export type Provider = {
  /** As in the address of its webhooks and in a policy: `vpos`, `stripe`, `ipay`. */
  readonly name: string;
  /** Which of the merchant's accounts: an attempt is looked up by the account that opened it, for ever. */
  readonly account: string;
  /** Idempotent by attempt: asked again with the same key it is the same checkout, also after a lost answer. */
  open(request: CheckoutRequest): Promise<Answer<Checkout>>;
  lookUp(reference: string): Promise<Answer<PaymentReport>>;
  /** Ends an open checkout, so that nobody can pay there any more. `closed: false`: it had ended before, perhaps paid. */
  close?(reference: string): Promise<Answer<{ readonly closed: boolean }>>;
  readonly refund?: {
    /** False: all of a payment, or nothing. */
    readonly partial: boolean;
    /** It has happened when the provider took it on; the money has gone back when a lookup says so. */
    ask(request: RefundRequest): Promise<Answer<{ readonly id: string | null }>>;
  };
  /** Asks for something harmless: `unauthorized` says that the provider does not know our key. */
  check?(): Promise<Answer<unknown>>;
  /** What the provider says it has switched on for this merchant, by its own words. What it does not say is off. */
  features?(): Promise<Answer<Readonly<Record<string, boolean>>>>;
  /** Everything that moved from one moment until just before another. */
  movements?(from: Date, until: Date): Promise<Answer<readonly Movement[]>>;
  /** Verifies over the exact bytes that arrived, then parses. Header names are lower case. Absent: it only answers lookups. */
  readWebhook?(raw: Buffer, headers: Readonly<Record<string, string | undefined>>, now: Date): WebhookReading;
};

/** A provider has fallen silent, or answers again. Said once for each change, by every copy of the service. */
export type Heard = Pick<Provider, "name" | "account"> & { readonly is: "silent" | "answers" };

/** The providers there are, by every account of the merchant. */
export type Providers = {
  readonly all: readonly Provider[];
  /** The one an attempt was opened with. Where its settings are gone nobody can ask, and every answer is that we do not know. */
  of(attempt: Pick<Attempt, "provider" | "account">): Provider;
  /** The one for new attempts by a policy's word, `stripe` or `stripe/shop2`; null: the first there is. */
  chosen(choice: string | null): Provider;
  /** What a webhook of a provider's says, by whichever account can verify it. Undefined: none of this name sends any. */
  readonly hear: (
    name: string,
    ...arrived: Parameters<Required<Provider>["readWebhook"]>
  ) => WebhookReading | undefined;
};
