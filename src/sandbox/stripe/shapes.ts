import type { Body } from "../provider/answers.ts";
import type { BalanceMovement, Books, StripeDispute, StripeRefund, StripeSession } from "./books.ts";

type World = { readonly books: Books; readonly origin: () => string };

/** Stripe's objects as JSON. What `expand` names is the object itself, and otherwise its id. */
export function sessionBody(session: StripeSession, { books, origin }: World, expand: readonly string[] = []): Body {
  const { payment, status } = session;
  const isExpanded = expand.some((path) => path.startsWith("payment_intent"));
  return {
    id: session.id,
    object: "checkout.session",
    adaptive_pricing: { enabled: false },
    amount_subtotal: session.amount,
    amount_total: session.amount,
    cancel_url: session.cancelUrl,
    client_reference_id: session.clientReferenceId,
    created: session.created,
    currency: session.currency,
    expires_at: session.expiresAt,
    livemode: false,
    metadata: session.metadata,
    mode: "payment",
    payment_intent: payment && isExpanded ? paymentBody(session, books, expand) : (payment?.id ?? null),
    payment_status: session.paymentStatus,
    status,
    success_url: session.successUrl,
    url: status === "open" ? `${origin()}/c/pay/${session.id}` : null,
  };
}

export function paymentBody(session: StripeSession, books: Books, expand: readonly string[] = []): Body {
  const { payment, amount, currency, paymentMetadata: metadata } = session;
  if (!payment) return {};
  const { id, created, status, charge } = payment;
  const isExpanded = expand.includes("payment_intent.latest_charge");
  return {
    id,
    object: "payment_intent",
    amount,
    amount_received: status === "succeeded" ? amount : 0,
    created,
    currency,
    latest_charge: charge && isExpanded ? chargeBody(session, books) : (charge?.id ?? null),
    livemode: false,
    metadata,
    status,
  };
}

export function chargeBody(session: StripeSession, books: Books): Body {
  const { amount, currency, payment, paymentMetadata: metadata } = session;
  const charge = payment?.charge;
  return {
    id: charge?.id,
    object: "charge",
    amount,
    amount_captured: amount,
    amount_refunded: charge?.refunded,
    captured: true,
    created: charge?.created,
    currency,
    disputed: isDisputed(books, session),
    livemode: false,
    metadata,
    paid: true,
    payment_intent: payment?.id,
    refunded: charge?.refunded === amount,
    status: "succeeded",
  };
}

export const refundBody = (refund: StripeRefund, session: StripeSession): Body => ({
  id: refund.id,
  object: "refund",
  amount: refund.amount,
  charge: session.payment?.charge?.id,
  created: refund.created,
  currency: session.currency,
  metadata: refund.metadata,
  payment_intent: session.payment?.id,
  status: refund.status,
});

export const disputeBody = (dispute: StripeDispute, session: StripeSession): Body => ({
  id: dispute.id,
  object: "dispute",
  amount: dispute.amount,
  charge: session.payment?.charge?.id,
  created: dispute.created,
  currency: session.currency,
  livemode: false,
  metadata: {},
  payment_intent: session.payment?.id,
  reason: "general",
  status: dispute.status,
});

const TYPES: Readonly<Record<BalanceMovement["category"], string>> = {
  charge: "charge",
  refund: "refund",
  refund_failure: "refund_failure",
  dispute: "adjustment",
  dispute_reversal: "adjustment",
  payout: "payout",
};

export const movementBody = (movement: BalanceMovement, books: Books, expand: readonly string[]): Body => ({
  id: movement.id,
  object: "balance_transaction",
  amount: movement.amount,
  created: movement.created,
  currency: movement.currency,
  fee: movement.fee,
  net: movement.amount - movement.fee,
  reporting_category: movement.category,
  source: expand.includes("data.source") ? sourceBody(movement, books) : movement.source,
  status: "available",
  type: TYPES[movement.category],
});

function sourceBody({ source, sessionId }: BalanceMovement, books: Books): Body | string | null {
  const session = books.sessions.get(sessionId ?? "");
  if (source === null || !session) return source;
  const refund = books.refunds.get(source);
  if (refund) return refundBody(refund, session);
  const dispute = books.disputes.get(source);
  return dispute ? disputeBody(dispute, session) : chargeBody(session, books);
}

const isDisputed = (books: Books, { id }: StripeSession): boolean =>
  [...books.disputes.values()].some(({ sessionId }) => sessionId === id);
