import { z } from "zod";

/**
 * The bodies of the assumed contract, read leniently: what a decision hangs on is required, everything else may be
 * absent or strange without costing us the answer. Unknown extra fields are ignored.
 */

/** An id that can stand in a path: printable, and not a step up the tree. */
const id = z.string().regex(/^(?!\.{1,2}$)[\x21-\x7e]{1,255}$/);
/** A field that is only compared or quoted, so it may be anything, or absent. */
const anything = z.unknown().optional();
const word = z.string().nullish().catch(null);
const moment = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text))
  .nullish()
  .catch(null);

const httpUrl = z.url({ protocol: /^https?$/ });

/** What we send to open a hosted checkout. The scale of `amountMinor` is the provider's (see contract-scale.ts). */
export const createRequestSchema = z.object({
  merchantOrderId: z.string().min(1).max(255),
  amountMinor: z.int(),
  currency: z.string(),
  provider: z.string(),
  returnUrl: httpUrl,
  customer: z.object({ email: z.string(), phone: z.string(), name: z.string() }).partial().optional(),
  metadata: z.record(z.string(), z.unknown()).optional(),
});

/** The echoed fields stay `unknown`: they are only compared with what we asked for. */
export const createAnswerSchema = z.object({
  paymentId: id.nullish().catch(null),
  checkoutUrl: word,
  expiresAt: moment,
  merchantOrderId: anything,
  amountMinor: anything,
  currency: anything,
  requestId: word,
});

/** A payment, in a lookup's answer and inside a webhook. */
export const paymentSchema = z.object({
  id,
  merchantOrderId: z.string(),
  status: z.string(),
  amountMinor: anything,
  currency: anything,
  refundedAmountMinor: anything,
  providerReference: word,
  paidAt: moment,
  fiscal: z.object({ status: word }).nullish().catch(null),
  requestId: word,
});

export const errorSchema = z.object({
  error: z.object({ code: word, message: word, requestId: word }),
});

/** Only what a hint needs. The rest of the event is not believed, so it is not read. */
export const eventSchema = z.object({
  id: z.string().min(1).max(255).nullish(),
  type: z.string(),
  data: z.object({ id, merchantOrderId: word }),
});

/** A flag that is absent, or anything but `true`, means that the feature is off. */
export const capabilitiesSchema = z.object({
  providers: z.array(
    z.object({
      id: z.string(),
      capabilities: z.record(
        z.string(),
        z.unknown().transform((flag) => flag === true),
      ),
    }),
  ),
});

/** The error codes and the HTTP status each comes with. */
export const ERRORS = {
  invalid_request: 400,
  missing_idempotency_key: 400,
  unauthorized: 401,
  origin_not_trusted: 403,
  not_found: 404,
  method_not_allowed: 405,
  idempotency_conflict: 409,
  idempotency_in_progress: 409,
  unprocessable: 422,
  rate_limited: 429,
  internal: 500,
  provider_unavailable: 503,
} as const;

export type CreateRequest = z.infer<typeof createRequestSchema>;
export type CreateAnswer = z.infer<typeof createAnswerSchema>;
export type PaymentAnswer = z.infer<typeof paymentSchema>;
export type Event = z.infer<typeof eventSchema>;
export type ErrorCode = keyof typeof ERRORS;
