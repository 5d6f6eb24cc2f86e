import type { z } from "zod";
import type { FiscalState } from "../../../domain/states.ts";
import type { PaymentReport } from "../../ports.ts";
import {
  capabilitiesSchema,
  type CreateAnswer,
  createAnswerSchema,
  type CreateRequest,
  createRequestSchema,
  errorSchema,
  type Event,
  eventSchema,
  type PaymentAnswer,
  paymentSchema,
} from "./contract-schemas.ts";
import type { SignatureScheme } from "./contract-signature.ts";

export type Session = {
  /** What a lookup asks for; null when the answer names none that is usable. */
  readonly reference: string | null;
  readonly checkoutUrl: string | null;
  readonly expiresAt: Date | null;
  readonly requestId: string | null;
  /** What the provider says it understood; an absent field is undefined or null. */
  readonly echo: { readonly order: unknown; readonly amountMinor: unknown; readonly currency: unknown };
};

export type PaymentView = {
  readonly reference: string;
  readonly orderId: string;
  readonly status: string;
  readonly amountMinor: unknown;
  readonly currency: unknown;
  readonly refundedMinor: unknown;
  readonly bankReference: string | null;
  readonly paidAt: Date | null;
  readonly fiscalStatus: string | null;
  readonly requestId: string | null;
};

type Webhook = SignatureScheme & {
  readonly eventSchema: z.ZodType<Event>;
  /** Pauses between the deliveries of one event until it is answered with 2xx. */
  readonly retryDelaysSec: readonly number[];
  readonly answerWithinMs: number;
};

/**
 * Everything we take for granted about VPOS.am, in one replaceable place: the adapter and the stand-in both import it.
 * The scale of the dram is not here: it is a setting of its own, with no default.
 */
export type VposContract = {
  readonly name: string;
  /** False: live mode refuses to start unless somebody accepts the assumption. */
  readonly confirmedByProvider: boolean;
  readonly createSession: {
    readonly method: "POST";
    readonly path: string;
    /** The payment method asked for, an id of the capability matrix. */
    readonly provider: string;
    readonly requestSchema: z.ZodType<CreateRequest>;
    readonly responseSchema: z.ZodType<CreateAnswer>;
    readonly successStatuses: readonly number[];
    readonly pick: (body: CreateAnswer) => Session;
  };
  readonly lookup: {
    readonly method: "GET";
    readonly pathTemplate: string;
    readonly responseSchema: z.ZodType<PaymentAnswer>;
    readonly pick: (body: PaymentAnswer) => PaymentView;
  };
  /** Their word for a status to ours. A word that is not here is unrecognised, never guessed. */
  readonly statusMap: Readonly<Record<string, Exclude<PaymentReport["status"], "unrecognised">>>;
  /** Their word for a receipt's state to ours; any other word means that nobody knows. */
  readonly fiscalMap: Readonly<Record<string, FiscalState>>;
  readonly errorSchema: typeof errorSchema;
  readonly idempotency: {
    readonly header: string;
    readonly form: RegExp;
    readonly replayHeader: string;
    readonly inProgressCode: string;
    readonly conflictCode: string;
    readonly retentionSec: number;
    /** The form of the provider's own sample: one key per attempt. */
    readonly keyFor: (orderId: string, attempt: number) => string;
  };
  /** Null: no scheme is known, every hint is turned away and only lookups count. */
  readonly webhook: Webhook | null;
  readonly capabilities: {
    readonly path: string;
    readonly responseSchema: typeof capabilitiesSchema;
    readonly keyMap: Readonly<Record<string, string>>;
  };
  readonly health: { readonly path: string };
};

/**
 * ASSUMED, not confirmed by VPOS.am. Only the create request, the bearer token, the paths of create, capabilities and
 * health, and that webhooks are signed are published; everything else here is this project's guess.
 */
export const vposAssumedV1 = {
  name: "vpos-assumed-v1",
  confirmedByProvider: false,
  createSession: {
    method: "POST",
    path: "/v1/payment-sessions",
    provider: "manual",
    requestSchema: createRequestSchema,
    responseSchema: createAnswerSchema,
    successStatuses: [200, 201],
    pick: (body) => ({
      reference: body.paymentId ?? null,
      checkoutUrl: body.checkoutUrl ?? null,
      expiresAt: body.expiresAt ?? null,
      requestId: body.requestId ?? null,
      echo: { order: body.merchantOrderId, amountMinor: body.amountMinor, currency: body.currency },
    }),
  },
  lookup: {
    method: "GET",
    pathTemplate: "/v1/payments/{paymentId}",
    responseSchema: paymentSchema,
    pick: (body) => ({
      reference: body.id,
      orderId: body.merchantOrderId,
      status: body.status,
      amountMinor: body.amountMinor,
      currency: body.currency,
      refundedMinor: body.refundedAmountMinor,
      bankReference: body.providerReference ?? null,
      paidAt: body.paidAt ?? null,
      fiscalStatus: body.fiscal?.status ?? null,
      requestId: body.requestId ?? null,
    }),
  },
  statusMap: {
    created: "open",
    pending: "open",
    paid: "paid",
    failed: "failed",
    cancelled: "failed",
    expired: "expired",
    refunded: "refunded",
    partially_refunded: "part_refunded",
  },
  fiscalMap: {
    not_required: "none",
    required: "required",
    pending: "queued",
    in_progress: "queued",
    issued: "issued",
    failed: "failed",
    unknown: "unknown",
    manual_required: "manual",
    partially_returned: "part returned",
    returned: "returned",
  },
  errorSchema,
  idempotency: {
    header: "idempotency-key",
    form: /^[\x20-\x7e]{1,255}$/,
    replayHeader: "idempotency-replayed",
    inProgressCode: "idempotency_in_progress",
    conflictCode: "idempotency_conflict",
    retentionSec: 24 * 3600,
    keyFor: (orderId, attempt) => `${orderId}-pay-attempt-${attempt}`,
  },
  webhook: {
    headers: { eventId: "x-vpos-event-id", timestamp: "x-vpos-timestamp", signature: "x-vpos-signature" },
    algorithm: "sha256",
    encoding: "hex",
    prefix: "",
    signedString: (timestamp, raw) => Buffer.concat([Buffer.from(`${timestamp}.`), raw]),
    toleranceSec: 300,
    eventSchema,
    retryDelaysSec: [10, 60, 300, 1800, 7200, 21_600, 86_400],
    answerWithinMs: 10_000,
  },
  capabilities: {
    path: "/v1/capabilities",
    responseSchema: capabilitiesSchema,
    keyMap: {
      payLink: "payLink",
      qr: "qr",
      refund: "refund",
      fiscalization: "fiscalization",
      tokenization: "tokenization",
    },
  },
  health: { path: "/api/health" },
} as const satisfies VposContract;
