import { newId } from "./answers.ts";
import { note } from "./balance.ts";
import type { StripeRefund, StripeSession } from "./books.ts";
import { type Context, secondsNow } from "./context.ts";
import { chargeBody, refundBody } from "./shapes.ts";
import { announce } from "./webhooks.ts";

/** What of a payment can still go back. */
export const leftOf = ({ amount, payment }: StripeSession): number =>
  payment?.charge ? amount - payment.charge.refunded : 0;

/** Gives back a part of a paid session, as the API or somebody in Stripe's dashboard would. */
export function refundSession(
  context: Context,
  session: StripeSession,
  asked: { readonly amount: number; readonly metadata: Record<string, string> },
): StripeRefund {
  const charge = session.payment?.charge;
  const left = leftOf(session);
  if (!charge || !Number.isSafeInteger(asked.amount) || asked.amount <= 0 || asked.amount > left) {
    throw new Error(`Stripe would not do this: of this payment ${left} can be given back, not ${asked.amount}.`);
  }
  const { amount, metadata } = asked;
  const created = secondsNow(context);
  const refund = { id: newId("re"), sessionId: session.id, amount, status: "succeeded" as const, metadata, created };
  charge.refunded += amount;
  context.books.refunds.set(refund.id, refund);
  note(context, session, { category: "refund", amount: -amount, fee: 0, source: refund.id });
  announce(context, session, { type: "charge.refunded", object: chargeBody(session, context.books) });
  announce(context, session, { type: "refund.created", object: refundBody(refund, session) });
  context.changed();
  return refund;
}

/** A refund that did not arrive: the money is the merchant's again. */
export function failRefund(context: Context, refund: StripeRefund): void {
  const session = context.books.sessions.get(refund.sessionId);
  const charge = session?.payment?.charge;
  if (!session || !charge || refund.status === "failed") {
    throw new Error("Stripe would not do this: this refund cannot fail.");
  }
  context.books.refunds.set(refund.id, { ...refund, status: "failed" });
  charge.refunded -= refund.amount;
  note(context, session, { category: "refund_failure", amount: refund.amount, fee: 0, source: refund.id });
  announce(context, session, { type: "refund.failed", object: refundBody({ ...refund, status: "failed" }, session) });
  context.changed();
}
