import { z } from "zod";
import { deliverySchema } from "../provider/deliveries.ts";

const metadata = z.record(z.string(), z.string());

const session = z.object({
  id: z.string(),
  clientReferenceId: z.string().nullable(),
  /** In Stripe's scale of the currency, which is written in lower case. */
  amount: z.int(),
  currency: z.string(),
  productName: z.string(),
  metadata,
  paymentMetadata: metadata,
  successUrl: z.string(),
  cancelUrl: z.string(),
  status: z.enum(["open", "complete", "expired"]),
  paymentStatus: z.enum(["unpaid", "paid"]),
  /** Times are seconds since 1970, as Stripe's are. */
  created: z.int(),
  expiresAt: z.int(),
  /** Comes up with the first try to pay. */
  payment: z
    .object({
      id: z.string(),
      status: z.enum(["requires_payment_method", "processing", "succeeded"]),
      created: z.int(),
      charge: z.object({ id: z.string(), created: z.int(), refunded: z.int() }).nullable(),
    })
    .nullable(),
});

const refund = z.object({
  id: z.string(),
  sessionId: z.string(),
  amount: z.int(),
  status: z.enum(["succeeded", "failed"]),
  metadata,
  created: z.int(),
});

const disputeStatus = z.enum([
  "warning_needs_response",
  "warning_closed",
  "needs_response",
  "under_review",
  "won",
  "lost",
]);

const dispute = z.object({
  id: z.string(),
  sessionId: z.string(),
  amount: z.int(),
  status: disputeStatus,
  created: z.int(),
});

const movement = z.object({
  id: z.string(),
  category: z.enum(["charge", "refund", "refund_failure", "dispute", "dispute_reversal", "payout"]),
  amount: z.int(),
  fee: z.int(),
  currency: z.string(),
  /** The charge, refund or dispute behind it, and whose session that is. */
  source: z.string().nullable(),
  sessionId: z.string().nullable(),
  created: z.int(),
});

const remembered = z.object({
  key: z.string(),
  fingerprint: z.string(),
  requestId: z.string(),
  answer: z.record(z.string(), z.unknown()),
  at: z.int(),
});

const delivery = deliverySchema.extend({ sessionId: z.string() });

/** All that the stand-in knows, as JSON: what a restart carries over. */
const stateSchema = z.object({
  sessions: z.array(session),
  refunds: z.array(refund),
  disputes: z.array(dispute),
  movements: z.array(movement),
  remembered: z.array(remembered),
  deliveries: z.array(delivery),
});

export type StripeState = z.infer<typeof stateSchema>;
export type StripeSession = z.infer<typeof session>;
export type StripeRefund = z.infer<typeof refund>;
export type StripeDispute = z.infer<typeof dispute>;
export type DisputeStatus = z.infer<typeof disputeStatus>;
export type BalanceMovement = z.infer<typeof movement>;
export type Delivery = z.infer<typeof delivery>;
type Remembered = z.infer<typeof remembered>;

export type Books = {
  readonly sessions: Map<string, StripeSession>;
  readonly refunds: Map<string, StripeRefund>;
  readonly disputes: Map<string, StripeDispute>;
  readonly movements: BalanceMovement[];
  readonly remembered: Map<string, Remembered>;
  readonly deliveries: Set<Delivery>;
};

export const EMPTY: StripeState = {
  sessions: [],
  refunds: [],
  disputes: [],
  movements: [],
  remembered: [],
  deliveries: [],
};

/** Opens the books anew, or where a snapshot left off. */
export function openBooks(state: unknown): Books {
  const read = stateSchema.safeParse(state);
  if (!read.success) throw new Error("The saved state of the Stripe stand-in cannot be read. Start it without one.");
  const { data } = read;
  return {
    sessions: byId(data.sessions),
    refunds: byId(data.refunds),
    disputes: byId(data.disputes),
    movements: data.movements,
    remembered: new Map(data.remembered.map((known) => [known.key, known])),
    deliveries: new Set(data.deliveries),
  };
}

const byId = <T extends { id: string }>(all: readonly T[]): Map<string, T> => new Map(all.map((one) => [one.id, one]));

/** A copy of the books that no later change reaches. */
export const copyOf = (books: Books): StripeState =>
  structuredClone({
    sessions: [...books.sessions.values()],
    refunds: [...books.refunds.values()],
    disputes: [...books.disputes.values()],
    movements: books.movements,
    remembered: [...books.remembered.values()],
    deliveries: [...books.deliveries],
  });
