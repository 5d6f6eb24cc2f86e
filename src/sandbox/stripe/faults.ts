/** Where a fault strikes. */
type Place = "create" | "lookup" | "close" | "refund" | "webhook";

/** What can go wrong with a call. The first group happens before anything is done, the second after it is done. */
export type CallFault =
  | { readonly kind: "internal_error" | "unauthorized" | "origin_not_trusted" | "not_found" }
  | { readonly kind: "rate_limited"; readonly retryAfterSeconds?: number }
  /** The connection breaks instead of an answer, or stays open without one. */
  | { readonly kind: "lost_answer" | "hang" }
  | { readonly kind: "slow"; readonly ms: number }
  /** Answered only when somebody lets it go. */
  | { readonly kind: "held"; readonly until: Promise<unknown> }
  | { readonly kind: "malformed_body" }
  /** A field may be one further down: `payment_intent.status`. */
  | { readonly kind: "missing_field"; readonly field: string }
  /** Fields of the answer say something else than the books: an unknown status, another amount, currency or order. */
  | { readonly kind: "differs"; readonly fields: Readonly<Record<string, unknown>> }
  | { readonly kind: "hundredfold"; readonly direction: "up" | "down" };

/** What can go wrong with a webhook. */
export type WebhookFault =
  | { readonly kind: "lost" | "duplicated" | "duplicated_with_new_id" | "wrong_signature" | "stale" }
  | { readonly kind: "delayed"; readonly seconds: number }
  /** Delivered after the next event of the same session. */
  | { readonly kind: "reordered" }
  | { readonly kind: "differs"; readonly fields: Readonly<Record<string, unknown>> };

/** A fault strikes once, in the order added; with `orderId` it waits for that order and lets others pass. */
type Fault =
  | { readonly on: Exclude<Place, "webhook">; readonly fault: CallFault; readonly orderId?: string }
  | { readonly on: "webhook"; readonly fault: WebhookFault; readonly orderId?: string };

export type Faults = {
  add(fault: Fault): void;
  waiting(): readonly Fault[];
  clear(): void;
  takeForCall(on: Exclude<Place, "webhook">, orderId: string | null): CallFault | null;
  takeForWebhook(orderId: string | null): WebhookFault | null;
};

/** The script of what goes wrong next. */
export function createFaults(changed: () => void): Faults {
  const queue: Fault[] = [];
  const take = (matches: (fault: Fault) => boolean, orderId: string | null): Fault | undefined => {
    const at = queue.findIndex((fault) => matches(fault) && (fault.orderId === undefined || fault.orderId === orderId));
    return at < 0 ? undefined : queue.splice(at, 1)[0];
  };
  return {
    add: (fault) => {
      queue.push(fault);
      changed();
    },
    waiting: () => [...queue],
    clear: () => {
      queue.length = 0;
      changed();
    },
    takeForCall: (on, orderId) => {
      const found = take((fault) => fault.on === on, orderId);
      return found === undefined || found.on === "webhook" ? null : found.fault;
    },
    takeForWebhook: (orderId) => {
      const found = take((fault) => fault.on === "webhook", orderId);
      return found?.on === "webhook" ? found.fault : null;
    },
  };
}
