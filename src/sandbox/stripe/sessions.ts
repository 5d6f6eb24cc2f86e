import { newId } from "./answers.ts";
import { note } from "./balance.ts";
import type { StripeSession } from "./books.ts";
import { type Context, secondsNow } from "./context.ts";
import { chargeBody, paymentBody, sessionBody } from "./shapes.ts";
import { announce } from "./webhooks.ts";

/** What a session can be made to become: paid, declined and still open, or gone through before its money comes. */
export type Outcome = "paid" | "declined" | "processing" | "failed" | "expired";

/** Where a session stands, its payment included. */
export type Phase = "open" | "processing" | "failed" | "paid" | "expired";

const SESSION_SECONDS = 86_400;

/** Stripe's share, about what a card costs. */
const FEE = 0.029;

/** A missing cell is a move that does not exist. */
const MOVES: Readonly<Record<Phase, readonly Outcome[]>> = {
  open: ["paid", "declined", "processing", "expired"],
  processing: ["paid", "failed"],
  failed: [],
  paid: [],
  expired: [],
};

type Asked = Pick<
  StripeSession,
  | "clientReferenceId"
  | "amount"
  | "currency"
  | "productName"
  | "metadata"
  | "paymentMetadata"
  | "successUrl"
  | "cancelUrl"
>;

export function openSession(context: Context, asked: Asked): StripeSession {
  const created = secondsNow(context);
  const session: StripeSession = {
    id: newId("cs_test"),
    ...asked,
    status: "open",
    paymentStatus: "unpaid",
    created,
    expiresAt: created + SESSION_SECONDS,
    payment: null,
  };
  context.books.sessions.set(session.id, session);
  context.changed();
  return session;
}

/** The session, expired by now if nobody used it in time. */
export function findSession(context: Context, id: string): StripeSession | undefined {
  const session = context.books.sessions.get(id);
  if (session) expireIfOld(context, session);
  return session;
}

export function expireOld(context: Context): void {
  for (const session of context.books.sessions.values()) expireIfOld(context, session);
}

function expireIfOld(context: Context, session: StripeSession): void {
  if (session.status === "open" && session.expiresAt <= secondsNow(context)) settleSession(context, session, "expired");
}

export const canBecome = (session: StripeSession, outcome: Outcome): boolean =>
  MOVES[phaseOf(session)].includes(outcome);

/** Makes a session end as told, as the customer, the bank or the clock would. */
export function settleSession(context: Context, session: StripeSession, outcome: Outcome): void {
  if (!canBecome(session, outcome)) {
    throw new Error(`Stripe would not do this: a session that is ${phaseOf(session)} does not become ${outcome}.`);
  }
  const wasOpen = session.status === "open";
  become(context, session, outcome);
  for (const type of EVENTS[outcome](wasOpen)) announce(context, session, { type, object: bodyFor(type) });
  context.changed();

  function bodyFor(type: string) {
    if (type.startsWith("checkout.")) return sessionBody(session, context);
    return type.startsWith("charge.") ? chargeBody(session, context.books) : paymentBody(session, context.books);
  }
}

/** What Stripe tells of each, in no order that it promises. */
const EVENTS: Readonly<Record<Outcome, (wasOpen: boolean) => readonly string[]>> = {
  paid: (wasOpen) => [
    wasOpen ? "checkout.session.completed" : "checkout.session.async_payment_succeeded",
    "payment_intent.succeeded",
    "charge.succeeded",
  ],
  declined: () => ["payment_intent.payment_failed"],
  processing: () => ["checkout.session.completed", "payment_intent.processing"],
  failed: () => ["checkout.session.async_payment_failed", "payment_intent.payment_failed"],
  expired: () => ["checkout.session.expired"],
};

function become(context: Context, session: StripeSession, outcome: Outcome): void {
  if (outcome === "expired") {
    session.status = "expired";
    return;
  }
  if (outcome !== "declined") session.status = "complete";
  const now = secondsNow(context);
  session.payment ??= { id: newId("pi"), status: "requires_payment_method", created: now, charge: null };
  session.payment.status = PAYMENT_STATUS[outcome];
  if (outcome !== "paid") return;
  session.paymentStatus = "paid";
  session.payment.charge = { id: newId("ch"), created: now, refunded: 0 };
  const { amount } = session;
  note(context, session, {
    category: "charge",
    amount,
    fee: Math.round(amount * FEE),
    source: session.payment.charge.id,
  });
}

const PAYMENT_STATUS = {
  paid: "succeeded",
  declined: "requires_payment_method",
  processing: "processing",
  failed: "requires_payment_method",
} as const;

export function phaseOf({ status, paymentStatus, payment }: StripeSession): Phase {
  if (paymentStatus === "paid") return "paid";
  if (status !== "complete") return status;
  return payment?.status === "processing" ? "processing" : "failed";
}
