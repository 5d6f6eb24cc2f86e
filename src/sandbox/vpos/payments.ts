import { randomInt } from "node:crypto";
import type { CreateRequest } from "../../providers/vpos/contract-schemas.ts";
import { newId } from "./answers.ts";
import type { VposPayment, VposStatus } from "./books.ts";
import type { Context } from "./context.ts";
import { announce } from "./webhooks.ts";

/** What a payment can be made to become, other than by a refund. */
export type Outcome = "pending" | "paid" | "failed" | "cancelled" | "expired";

/** How long a customer may leave a checkout untouched. A payment that is pending at the bank does not expire. */
const SESSION_MINUTES = 20;

/** A missing cell is a move that does not exist. After failed, cancelled and expired only late money comes. */
const MOVES: Readonly<Record<VposStatus, readonly Outcome[]>> = {
  created: ["pending", "paid", "failed", "cancelled", "expired"],
  pending: ["paid", "failed", "cancelled", "expired"],
  failed: ["paid"],
  cancelled: ["paid"],
  expired: ["paid"],
  paid: [],
  partially_refunded: [],
  refunded: [],
};

export function openPayment(context: Context, asked: CreateRequest): VposPayment {
  const now = context.clock();
  const payment: VposPayment = {
    id: newId("pay"),
    sessionId: newId("ps"),
    merchantOrderId: asked.merchantOrderId,
    status: "created",
    amountMinor: asked.amountMinor,
    currency: asked.currency,
    provider: asked.provider,
    returnUrl: asked.returnUrl,
    expiresAt: new Date(now.getTime() + SESSION_MINUTES * 60_000).toISOString(),
    updatedAt: now.toISOString(),
    paidAt: null,
    providerReference: null,
    refundedAmountMinor: 0,
  };
  context.books.payments.set(payment.id, payment);
  context.changed();
  return payment;
}

/** The payment, expired by now if nobody used its checkout in time. */
export function findPayment(context: Context, paymentId: string): VposPayment | undefined {
  const payment = context.books.payments.get(paymentId);
  if (payment) expireIfOld(context, payment);
  return payment;
}

export function findBySession(context: Context, sessionId: string): VposPayment | undefined {
  const payment = [...context.books.payments.values()].find((known) => known.sessionId === sessionId);
  if (payment) expireIfOld(context, payment);
  return payment;
}

export function expireOld(context: Context): void {
  for (const payment of context.books.payments.values()) expireIfOld(context, payment);
}

/** Makes a payment end as told, as the customer, the bank or the clock would. */
export function settlePayment(context: Context, payment: VposPayment, outcome: Outcome): void {
  if (!MOVES[payment.status].includes(outcome)) {
    throw new Error(`VPOS.am would not do this: a payment that is ${payment.status} does not become ${outcome}.`);
  }
  if (outcome === "paid") {
    payment.paidAt = context.clock().toISOString();
    payment.providerReference = `rrn-${randomInt(10 ** 11, 10 ** 12)}`;
  }
  become(context, payment, outcome);
}

/** Gives back a part of a payment, or what is left of it. `minor` is in this stand-in's scale. */
export function refundPayment(context: Context, payment: VposPayment, minor: number): void {
  const left = payment.amountMinor - payment.refundedAmountMinor;
  if (payment.status !== "paid" && payment.status !== "partially_refunded") {
    throw new Error(`VPOS.am would not do this: a payment that is ${payment.status} has nothing to give back.`);
  }
  if (!Number.isSafeInteger(minor) || minor <= 0 || minor > left) {
    throw new Error(`VPOS.am would not do this: of this payment 1 to ${left} can be given back, not ${minor}.`);
  }
  payment.refundedAmountMinor += minor;
  become(context, payment, minor === left ? "refunded" : "partially_refunded");
}

function expireIfOld(context: Context, payment: VposPayment): void {
  const old = payment.status === "created" && Date.parse(payment.expiresAt) <= context.clock().getTime();
  if (old) become(context, payment, "expired");
}

function become(context: Context, payment: VposPayment, status: VposStatus): void {
  payment.status = status;
  payment.updatedAt = context.clock().toISOString();
  announce(context, payment);
  context.changed();
}
