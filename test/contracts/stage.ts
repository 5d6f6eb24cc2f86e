import type { Parts } from "../../src/assembly/parts.ts";
import type { CallFault, KeyFault, WebhookFault } from "../../src/sandbox/provider/faults.ts";

/** A page of what stands before the provider, and an answer without an end: both come instead of what was asked for. */
export const NOT_AN_ANSWER: readonly CallFault[] = [
  { kind: "html_page", status: 200 },
  { kind: "html_page", status: 502 },
  { kind: "endless_body" },
];

/** What a lookup says of a payment, once, other than it is. */
export type Lie = "unknown status" | "other amount" | "other currency" | "other order" | "still open";

/** What a customer does on the provider's page. */
export type Choice = "pays" | "is declined";

/** What a webhook is to say, and when it is dated. */
export type SaidEvent = {
  readonly id: string;
  readonly says: "paid" | "failed";
  readonly order: string;
  readonly at: Date;
};

/** A webhook, ready to be posted any number of times. */
export type Signed = { readonly body: string; readonly headers: Readonly<Record<string, string>> };

/** A provider's stand-in as the kit handles it: the same words for every provider. A reference is what a lookup asks for. */
export type Standing = {
  /** Where it listens. */
  readonly origin: string;
  /** The settings of a service that speaks with it there, or believes it to be somewhere else. */
  partsAt(origin: string): Pick<Parts, "vpos" | "stripe" | "ipay">;
  /** The checkouts of one of our orders, oldest first. */
  checkouts(order: string): readonly string[];
  customer(reference: string, choice: Choice): void;
  /** In the provider's own panel: half of a payment, or all of it. */
  refunds(reference: string, much: "half" | "all"): void;
  /** The cardholder's bank disputes a payment, or decides about it; where the provider has disputes. */
  readonly disputes?: (reference: string, state: "open" | "won" | "lost") => void;
  /** The customer's bank sends back what was refunded last; where a provider reports that. */
  readonly bringsBack?: (reference: string) => void;
  /** Strikes the next call for this order. */
  strike(on: "create" | "lookup" | "close" | "refund", fault: CallFault, order: string): void;
  /** Strikes the key of the next call that opens a checkout for this order; where the provider knows keys. */
  readonly strikeKey?: (fault: KeyFault, order: string) => void;
  lie(lie: Lie, order: string): void;
  strikeWebhook(fault: WebhookFault, order: string): void;
  /** A genuine event of this kind about a checkout, or a forged one; where there are webhooks. */
  readonly sign?: (reference: string, event: SaidEvent, forged?: boolean) => Signed;
  /** How many refunds stand in its books that were made over its API. */
  refundsMade(): number;
  /** How often it was asked. */
  calls(): { readonly creates: number; readonly lookups: number };
  /** Delivers the webhooks that are due by the clock. */
  deliver(): Promise<void>;
  stop(): Promise<void>;
};

export type Stage = {
  /** As in the address of its webhooks. */
  readonly provider: string;
  /** How long a checkout can be paid. */
  readonly sessionSeconds: number;
  readonly can: {
    /** It tells of changes by itself. */
    readonly webhooks: boolean;
    /** An open checkout can be ended. */
    readonly close: boolean;
    /** A repeated call is known by its idempotency key, for a while. */
    readonly keys: boolean;
    readonly refund: boolean;
    readonly disputes: boolean;
    /** A refund may fail on its way. */
    readonly failedRefunds: boolean;
    /** A session that has run out may still bring money. */
    readonly lateMoney: boolean;
  };
  open(around: { readonly serviceUrl: () => string; readonly clock: () => Date }): Promise<Standing>;
};
