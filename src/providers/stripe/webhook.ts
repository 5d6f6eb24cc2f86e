import { createHash } from "node:crypto";
import { Stripe } from "stripe";
import type { Hint, WebhookReading } from "../../ports.ts";
import { eventSchema, type StripeEvent } from "./schemas.ts";

type Delivery = {
  readonly raw: Buffer;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly now: Date;
};

/** Which events to send us, for the merchant who adds the endpoint at Stripe. Every other kind is taken and left alone. */
export const STRIPE_EVENTS = [
  "checkout.session.completed",
  "checkout.session.expired",
  "checkout.session.async_payment_succeeded",
  "checkout.session.async_payment_failed",
  "charge.refunded",
  "refund.created",
  "refund.updated",
  "refund.failed",
  "charge.dispute.created",
  "charge.dispute.updated",
  "charge.dispute.closed",
] as const;

/** How far a clock may be off, either way; the SDK's own limit, which it holds against the past only. */
const TOLERANCE_SECONDS = 300;

/**
 * Verifies a webhook over the exact bytes that arrived, and only then reads it. What comes out is a hint to look a
 * payment up, never a payment.
 */
export function readWebhook({ raw, headers, now }: Delivery, secrets: readonly string[]): WebhookReading {
  const header = headers["stripe-signature"];
  if (!header) return rejected("unsigned");
  // Every secret is tried, whichever matches, so that the time says nothing about them.
  const matches = secrets.map((secret) => isSignedWith(secret, raw, header));
  if (!matches.includes(true)) return rejected("wrong_signature");
  if (!isFresh(header, now)) return rejected("stale");
  const event = eventSchema.safeParse(parsed(raw));
  if (!event.success) return rejected("unreadable");
  const hint = hintOf(event.data, raw);
  return hint === null ? { is: "ignored" } : { is: "hint", hint };
}

/** The SDK knows the signature, and throws where it does not hold. Its limit of time is off (0): ours holds either way. */
function isSignedWith(secret: string, raw: Buffer, header: string): boolean {
  try {
    return Stripe.webhooks.signature?.verifyHeader(raw, header, secret, 0) === true;
  } catch {
    return false;
  }
}

function parsed(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString("utf8"));
  } catch {
    return undefined;
  }
}

/** A header with two times says nothing about when it was signed: one would be checked and the other be signed. */
function isFresh(header: string, now: Date): boolean {
  const times = header.split(",").filter((part) => part.startsWith("t="));
  const [, seconds] = /^t=(\d{1,12})$/.exec(times.length === 1 ? (times[0] ?? "") : "") ?? [];
  if (seconds === undefined) return false;
  return Math.abs(Math.floor(now.getTime() / 1000) - Number(seconds)) <= TOLERANCE_SECONDS;
}

/**
 * What an event is about, in the ids our attempts are known by. A session or a payment without our metadata is the
 * merchant's own and none of ours. Disputes, and refunds made at Stripe, carry nothing of ours: they are handed on by
 * their payment.
 */
function hintOf({ id, data: { object } }: StripeEvent, raw: Buffer): Hint | null {
  const { attemptId: attempt, orderId = null } = object.metadata;
  const about = referenceIn(object);
  if (about === null || (attempt === undefined && !CARRY_NOTHING.has(object.object))) return null;
  return {
    eventId: id ?? createHash("sha256").update(raw).digest("hex"),
    reference: about,
    orderId: object.client_reference_id ?? orderId,
    ...(attempt === undefined ? { names: "payment" as const } : { attempt, ...naming(object) }),
  };
}

const naming = ({ object }: StripeEvent["data"]["object"]): Pick<Hint, "names"> =>
  object === "checkout.session" ? { names: "checkout" } : {};

const CARRY_NOTHING = new Set(["refund", "dispute"]);

function referenceIn({ object, id, payment_intent: payment }: StripeEvent["data"]["object"]): string | null {
  switch (object) {
    case "checkout.session":
    case "payment_intent":
      return id;
    case "charge":
    case "refund":
    case "dispute":
      return payment ?? id;
    default:
      return null;
  }
}

const rejected = (because: Extract<WebhookReading, { is: "rejected" }>["because"]): WebhookReading => ({
  is: "rejected",
  because,
});
