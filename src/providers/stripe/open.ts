import type { Stripe } from "stripe";
import type { Answer, Checkout, CheckoutRequest } from "../../ports.ts";
import { toStripeAmount, written } from "./amount.ts";
import { ask } from "./ask.ts";
import { type Opened, openedSchema } from "./schemas.ts";
import type { Patience, Sdk } from "./sdk.ts";

type Asked = { readonly orderId: string; readonly amount: number; readonly currency: string };

/** Opens a Checkout Session for exactly one amount, or finds the one that the same attempt opened before. */
export async function open(sdk: Sdk, request: CheckoutRequest, { changeMs }: Patience): Promise<Answer<Checkout>> {
  const { idempotencyKey, orderId } = request;
  const amount = toStripeAmount(request.amount);
  if (amount === null) {
    return notAsked(
      "amount_not_exact",
      "Stripe cannot say this amount exactly in its currency, and it is never rounded.",
    );
  }
  if (!/^[\x21-\x7e]{1,255}$/.test(idempotencyKey)) {
    return notAsked("idempotency_key_unfit", "The idempotency key must have 1 to 255 printable ASCII characters.");
  }
  const asked = { orderId, amount, currency: request.amount.currency.toLowerCase() };
  const answer = await ask("change", openedSchema, () =>
    sdk.checkout.sessions.create(bodyOf(request, asked), { idempotencyKey, timeout: changeMs }),
  );
  return answer.is === "happened" ? toCheckout(answer.value, asked, answer.requestId) : answer;
}

/**
 * The same for every repeat of an attempt, or Stripe would refuse the idempotency key: no clock, no dice. So the session
 * ends when Stripe lets it, after 24 hours, or when it is closed.
 */
function bodyOf(request: CheckoutRequest, { amount, currency }: Asked): Stripe.Checkout.SessionCreateParams {
  const { orderId, linkId, attemptId, returnUrl } = request;
  const metadata = { orderId, linkId, attemptId };
  return {
    mode: "payment",
    line_items: [{ quantity: 1, price_data: { currency, unit_amount: amount, product_data: { name: orderId } } }],
    client_reference_id: orderId,
    metadata,
    payment_intent_data: { metadata },
    // Otherwise the account's own setting may offer the customer another currency than the invoice's.
    adaptive_pricing: { enabled: false },
    success_url: returnUrl,
    cancel_url: returnUrl,
  };
}

/**
 * A session that people may be sent to. One that names another order or amount, or that nobody could pay through, is
 * turned away for a person to look at.
 */
function toCheckout(session: Opened, asked: Asked, requestId: string | null): Answer<Checkout> {
  const difference = differenceOf(session, asked);
  if (difference !== null) {
    return { is: "refused", code: "echo_differs", because: difference, alarm: true, mayExist: true };
  }
  const { id: reference, url, expires_at: expiresAt = null } = session;
  if (reference === null || typeof url !== "string" || !isSafe(url)) {
    const because =
      "Stripe says that it opened a checkout but names no usable id or https address for it. A person must look.";
    return { is: "refused", code: "answer_unusable", because, alarm: false, mayExist: true };
  }
  return { is: "happened", value: { reference, url, expiresAt }, requestId };
}

function differenceOf(said: Opened, asked: Asked): string | null {
  if (said.client_reference_id !== asked.orderId) return "Stripe opened the checkout for another order than ours.";
  if (said.currency === asked.currency && said.amount_total === asked.amount) return null;
  const theirs = `${written(said.amount_total)} ${written(said.currency)}`;
  const sentence = `Stripe answered with ${theirs} where we asked for ${asked.amount} ${asked.currency}.`;
  return isHundredfold(said.amount_total, asked.amount)
    ? `${sentence} That is exactly a hundredfold: check the decimals of the currency before anything else is issued.`
    : sentence;
}

const isHundredfold = (said: unknown, ours: number): boolean => said === ours * 100 || Number(said) * 100 === ours;

/** A page that takes card details is reached over TLS; only a stand-in on this machine is not. */
function isSafe(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  if (username !== "" || password !== "") return false;
  return protocol === "https:" || (protocol === "http:" && ["127.0.0.1", "localhost", "[::1]"].includes(hostname));
}

const notAsked = (code: string, because: string): Answer<never> => ({
  is: "refused",
  code,
  because,
  alarm: false,
  mayExist: false,
});
