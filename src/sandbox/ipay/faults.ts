/** Where a fault strikes. */
type Place = "create" | "lookup" | "refund" | "reverse";

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
  /** A field may be one further down: `paymentAmountInfo.refundedAmount`. */
  | { readonly kind: "missing_field"; readonly field: string }
  /** Fields of the answer say something else than the books: an unknown status, another amount, currency or order. */
  | { readonly kind: "differs"; readonly fields: Readonly<Record<string, unknown>> }
  /** A lookup tells another amount; an order is registered over another amount, which its answer does not tell. */
  | { readonly kind: "hundredfold"; readonly direction: "up" | "down" };

/** A fault strikes once, in the order added; with `orderId`, the shop's order id or order number, it waits for that order. */
type Fault = { readonly on: Place; readonly fault: CallFault; readonly orderId?: string };

export type Faults = {
  add(fault: Fault): void;
  waiting(): readonly Fault[];
  clear(): void;
  /** `names`: everything by which the shop may know the order. */
  take(on: Place, names: readonly string[]): CallFault | null;
};

/** The script of what goes wrong next. */
export function createFaults(changed: () => void): Faults {
  const queue: Fault[] = [];
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
    take: (on, names) => {
      const at = queue.findIndex((one) => one.on === on && (one.orderId === undefined || names.includes(one.orderId)));
      return at < 0 ? null : (queue.splice(at, 1)[0]?.fault ?? null);
    },
  };
}
