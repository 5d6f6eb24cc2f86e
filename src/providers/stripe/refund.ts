import type { Answer, RefundRequest } from "../../ports.ts";
import { toStripeAmount } from "./amount.ts";
import { ask } from "./ask.ts";
import { plainSessionSchema, refundSchema } from "./schemas.ts";
import type { Patience, Sdk } from "./sdk.ts";

type Taken = { readonly id: string | null };

/** Stripe's words for a refund that it has taken on. */
const TAKEN = new Set(["pending", "requires_action", "succeeded"]);

/** Gives a payment back, or a part of it. It is carried out over days: that it went back a lookup says. */
export async function refund(sdk: Sdk, request: RefundRequest, patience: Patience): Promise<Answer<Taken>> {
  const amount = toStripeAmount(request.amount);
  if (amount === null) return no("amount_not_exact", "Stripe cannot say this amount exactly, and it is never rounded.");
  const paid = await ask("read", plainSessionSchema, () =>
    sdk.checkout.sessions.retrieve(request.reference, {}, { timeout: patience.readMs }),
  );
  if (paid.is === "unknown")
    return { ...paid, is: "did_not_happen", because: `${paid.because} Nothing was given back.` };
  if (paid.is !== "happened") return paid;
  const { payment_intent: intent, currency, metadata } = paid.value;
  if (!intent) return no("nothing_paid", "Nothing was paid through this checkout, so nothing can go back.");
  if (currency !== request.amount.currency.toLowerCase()) {
    return no("currency_differs", "This payment was made in another currency than it is to go back in.");
  }
  const { idempotencyKey } = request;
  // What names the attempt is taken from the session, so that the events of this refund name it too.
  const answer = await ask("change", refundSchema, () =>
    sdk.refunds.create({ payment_intent: intent, amount, metadata }, { idempotencyKey, timeout: patience.changeMs }),
  );
  if (answer.is !== "happened") return answer;
  const { id, status } = answer.value;
  if (TAKEN.has(status)) return { is: "happened", value: { id }, requestId: answer.requestId };
  return no(
    "refund_failed",
    "Stripe could not give this money back: see the refund at Stripe and give it back another way.",
  );
}

const no = (code: string, because: string): Answer<never> => ({
  is: "refused",
  code,
  because,
  alarm: false,
  mayExist: false,
});
