import { z } from "zod";

/**
 * Stripe's objects, read leniently: what a decision hangs on is required, everything else may be absent or strange
 * without costing us the answer.
 */

/** A field that is only compared or quoted, so it may be anything, or absent. */
const anything = z.unknown().optional();
const word = z.string().nullish().catch(null);
/** Ours come back as we sent them; others' may be anything. */
const metadata = z.record(z.string(), z.string()).catch({});
const seconds = z
  .int()
  .nonnegative()
  .transform((count) => new Date(count * 1000));
/** An id, or the object itself where it was asked for. */
const idOf = z
  .union([z.string(), z.object({ id: z.string() }).transform(({ id }) => id)])
  .nullish()
  .catch(null);

export const SESSION_ID = /^cs_[\w-]{1,250}$/;

/** The echoed fields stay `unknown`: they are only compared with what we asked for. */
export const openedSchema = z.object({
  object: z.literal("checkout.session"),
  id: z.string().regex(SESSION_ID).nullable().catch(null),
  url: word,
  expires_at: seconds.nullish().catch(null),
  amount_total: anything,
  currency: anything,
  client_reference_id: anything,
});

const charge = z.object({
  id: z.string(),
  created: seconds,
  amount_refunded: z.int().nonnegative(),
  disputed: z.boolean(),
});

const intent = z.object({
  id: z.string(),
  status: z.string(),
  amount_received: z.int().nonnegative(),
  currency: z.string(),
  latest_charge: charge.nullish(),
});

export const sessionSchema = z.object({
  id: z.string(),
  status: z.string(),
  payment_status: z.string(),
  amount_total: anything,
  currency: anything,
  client_reference_id: word,
  payment_intent: intent.nullish(),
});

/** A session asked for without its payment: enough to give money back, and to find it again. */
export const plainSessionSchema = z.object({
  id: z.string(),
  status: z.string(),
  currency: word,
  client_reference_id: word,
  payment_intent: idOf,
  metadata,
});

export const refundSchema = z.object({ id: z.string(), status: z.string() });

export const disputeSchema = z.object({ status: z.string(), amount: z.int().nonnegative(), currency: z.string() });

const source = z.object({
  object: z.string(),
  amount: z.int(),
  currency: z.string(),
  payment_intent: idOf,
  metadata,
});

export const movementSchema = z.object({
  id: z.string(),
  amount: z.int(),
  fee: z.int(),
  currency: z.string(),
  created: seconds,
  reporting_category: z.string(),
  source: source.nullable().catch(null),
});

/** Only what a hint needs. The rest of an event is not believed, so it is not read. */
export const eventSchema = z.object({
  id: z.string().min(1).max(255).nullish(),
  type: z.string(),
  data: z.object({
    object: z.object({ object: z.string(), id: z.string(), client_reference_id: word, payment_intent: idOf, metadata }),
  }),
});

export type Opened = z.infer<typeof openedSchema>;
export type Session = z.infer<typeof sessionSchema>;
export type Intent = z.infer<typeof intent>;
export type PlainSession = z.infer<typeof plainSessionSchema>;
export type ListedDispute = z.infer<typeof disputeSchema>;
export type ListedMovement = z.infer<typeof movementSchema>;
export type StripeEvent = z.infer<typeof eventSchema>;
