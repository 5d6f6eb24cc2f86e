import { z } from "zod";
import { deliverySchema } from "../provider/deliveries.ts";

const status = z.enum([
  "created",
  "pending",
  "paid",
  "failed",
  "cancelled",
  "expired",
  "partially_refunded",
  "refunded",
]);

const payment = z.object({
  id: z.string(),
  sessionId: z.string(),
  merchantOrderId: z.string(),
  status,
  /** In the scale of this stand-in. */
  amountMinor: z.int(),
  currency: z.string(),
  provider: z.string(),
  returnUrl: z.string(),
  expiresAt: z.string(),
  updatedAt: z.string(),
  paidAt: z.string().nullable(),
  providerReference: z.string().nullable(),
  refundedAmountMinor: z.int(),
});

const remembered = z.object({
  key: z.string(),
  fingerprint: z.string(),
  answer: z.record(z.string(), z.unknown()),
  at: z.string(),
});

const delivery = deliverySchema.extend({ paymentId: z.string() });

/** All that the stand-in knows, as JSON: what a restart carries over. */
const stateSchema = z.object({
  payments: z.array(payment),
  remembered: z.array(remembered),
  deliveries: z.array(delivery),
});

export type VposState = z.infer<typeof stateSchema>;
export type VposPayment = z.infer<typeof payment>;
export type VposStatus = z.infer<typeof status>;
export type Delivery = z.infer<typeof delivery>;
type Remembered = z.infer<typeof remembered>;

export type Books = {
  readonly payments: Map<string, VposPayment>;
  readonly remembered: Map<string, Remembered>;
  readonly deliveries: Set<Delivery>;
};

/** Opens the books anew, or where a snapshot left off. */
export function openBooks(state: unknown): Books {
  const read = stateSchema.safeParse(state);
  if (!read.success) throw new Error("The saved state of the VPOS.am stand-in cannot be read. Start it without one.");
  const { payments, remembered: keys, deliveries } = read.data;
  return {
    payments: new Map(payments.map((known) => [known.id, known])),
    remembered: new Map(keys.map((known) => [known.key, known])),
    deliveries: new Set(deliveries),
  };
}

/** A copy of the books that no later change reaches. */
export const copyOf = (books: Books): VposState =>
  structuredClone({
    payments: [...books.payments.values()],
    remembered: [...books.remembered.values()],
    deliveries: [...books.deliveries],
  });
