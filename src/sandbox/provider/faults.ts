/** What goes wrong before anything is done. */
type BeforeWork =
  | { readonly kind: "internal_error" | "unauthorized" | "origin_not_trusted" | "not_found" }
  | { readonly kind: "rate_limited"; readonly retryAfterSeconds?: number };

/** What becomes of the answer to something that is done. */
type AfterWork =
  /** The connection breaks instead of an answer, or stays open without one. */
  | { readonly kind: "lost_answer" | "hang" }
  | { readonly kind: "slow"; readonly ms: number }
  /** A byte at a time. */
  | { readonly kind: "drip"; readonly everyMs: number }
  /** Answered only when somebody lets it go. */
  | { readonly kind: "held"; readonly until: Promise<unknown> }
  | { readonly kind: "malformed_body" }
  /** A page of what stands before the provider, with whatever status. */
  | { readonly kind: "html_page"; readonly status: number }
  | { readonly kind: "endless_body" };

/** What an answer says other than the books. */
export type BodyFault =
  /** A field may be one further down, such as `payment_intent.status`, where the provider's answers have several floors. */
  | { readonly kind: "missing_field"; readonly field: string }
  /** An unknown status, another amount, currency or order. */
  | { readonly kind: "differs"; readonly fields: Readonly<Record<string, unknown>> }
  | { readonly kind: "hundredfold"; readonly direction: "up" | "down" };

/** What can go wrong with a call, by the same names at every provider. */
export type CallFault = BeforeWork | AfterWork | BodyFault;

/** What can go wrong with an idempotency key: another request stands under it, or it was kept long enough and is forgotten. */
export type KeyFault = { readonly kind: "idempotency_conflict" | "key_forgotten" };

/** What can go wrong with a webhook. */
export type WebhookFault =
  | { readonly kind: "lost" | "duplicated" | "duplicated_with_new_id" | "wrong_signature" | "stale" }
  | { readonly kind: "delayed"; readonly seconds: number }
  /** Delivered after the next event of the same payment. */
  | { readonly kind: "reordered" }
  | { readonly kind: "differs"; readonly fields: Readonly<Record<string, unknown>> };

type FaultAt<Places, Place extends keyof Places> = {
  readonly on: Place;
  readonly fault: Places[Place];
  readonly orderId?: string;
};

/** A fault strikes once, in the order added; with `orderId` it waits for that order and lets others pass. */
type Fault<Places> = { [Place in keyof Places]: FaultAt<Places, Place> }[keyof Places];

/** `Places`: where a fault may strike, and what can go wrong there. */
export type Faults<Places> = {
  add(fault: Fault<Places>): void;
  waiting(): readonly Fault<Places>[];
  clear(): void;
  /** `names`: everything by which the shop may know the order. */
  take<Place extends keyof Places>(on: Place, names: readonly (string | null)[]): Places[Place] | null;
};

/** The script of what goes wrong next. */
export function createFaults<Places>(changed: () => void): Faults<Places> {
  const queue: Fault<Places>[] = [];
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
      for (const [at, one] of queue.entries()) {
        if (!isAt(one, on) || (one.orderId !== undefined && !names.includes(one.orderId))) continue;
        queue.splice(at, 1);
        return one.fault;
      }
      return null;
    },
  };
}

const isAt = <Places, Place extends keyof Places>(
  fault: Fault<Places>,
  on: Place,
): fault is Fault<Places> & FaultAt<Places, Place> => fault.on === on;
