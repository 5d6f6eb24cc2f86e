import { randomUUID } from "node:crypto";
import { type ErrorCode, ERRORS } from "../../providers/vpos/contract-schemas.ts";
import { type Body, type CallAnswer, json } from "../provider/answers.ts";
import type { VposPayment } from "./books.ts";

export const newId = (prefix: "ps" | "pay" | "evt" | "req"): string =>
  `${prefix}_${randomUUID().replaceAll("-", "").slice(0, 20)}`;

export const ok = (body: Body, status = 200, headers: Record<string, string> = {}): CallAnswer =>
  json(status, body, headers);

/** An error in the body of the assumed contract. */
export const no = (code: ErrorCode, message: string, headers: Record<string, string> = {}): CallAnswer =>
  ok({ error: { code, message, requestId: newId("req") } }, ERRORS[code], headers);

export const sessionBody = (payment: VposPayment, origin: string): Body => ({
  id: payment.sessionId,
  paymentId: payment.id,
  merchantOrderId: payment.merchantOrderId,
  status: payment.status,
  amountMinor: payment.amountMinor,
  currency: payment.currency,
  provider: payment.provider,
  checkoutUrl: `${origin}/checkout/${payment.sessionId}`,
  expiresAt: payment.expiresAt,
  requestId: newId("req"),
});

export const paymentBody = (payment: VposPayment): Body => ({
  id: payment.id,
  sessionId: payment.sessionId,
  merchantOrderId: payment.merchantOrderId,
  status: payment.status,
  amountMinor: payment.amountMinor,
  currency: payment.currency,
  provider: payment.provider,
  providerReference: payment.providerReference,
  paidAt: payment.paidAt,
  refundedAmountMinor: payment.refundedAmountMinor,
  fiscal: null,
  requestId: newId("req"),
  updatedAt: payment.updatedAt,
});
