import type { Answer, Checkout, CheckoutRequest } from "../../ports.ts";
import { toIpayAmount } from "./amount.ts";
import { registeredSchema } from "./contract-schemas.ts";
import { existing } from "./existing.ts";
import { ask, type Merchant } from "./merchant.ts";
import { isSafe } from "./safe-address.ts";
import { unfitness } from "./unfitness.ts";

/**
 * Registers an order for exactly one amount. Its number is the attempt's own, so a repeat is told that the number is used,
 * and then finds the order that the attempt has already.
 */
export async function open(merchant: Merchant, request: CheckoutRequest): Promise<Answer<Checkout>> {
  const { contract } = merchant;
  const amount = toIpayAmount(request.amount, contract);
  const unfit = unfitness(request, contract);
  if (unfit !== null) return notAsked(unfit.code, unfit.because);
  if (amount === null)
    return notAsked("amount_not_exact", "iPay cannot say this amount exactly, and it is never rounded.");
  const orderNumber = contract.orderNumberOf(request.attemptId);
  const answer = await ask(merchant, {
    asked: "register",
    fields: fieldsOf(request, { orderNumber, amount }, merchant),
    schema: registeredSchema,
  });
  if (answer.is === "refused" && answer.code === "order_number_used") {
    return existing(merchant, { orderNumber, request });
  }
  if (answer.is !== "happened") return answer;
  const { orderId, formUrl } = answer.value;
  if (!orderId || !formUrl || !isSafe(formUrl)) return UNUSABLE;
  // The latest moment at which it can still be paid: iPay began to count before its answer arrived.
  const expiresAt = new Date(merchant.clock().getTime() + contract.sessionSeconds * 1000);
  return { is: "happened", value: { reference: orderNumber, url: formUrl, expiresAt }, requestId: null };
}

/** The description is what the customer and the bank's registers see of the order: our order id and nothing personal. */
function fieldsOf(
  { orderId, linkId, returnUrl }: CheckoutRequest,
  { orderNumber, amount }: { readonly orderNumber: string; readonly amount: string },
  { contract }: Merchant,
): Record<string, string> {
  return {
    orderNumber,
    amount,
    currency: contract.currency,
    returnUrl,
    description: orderId,
    sessionTimeoutSecs: String(contract.sessionSeconds),
    ...(contract.sendsParams ? { jsonParams: JSON.stringify({ orderId, linkId }) } : {}),
  };
}

const UNUSABLE: Answer<never> = {
  is: "refused",
  code: "answer_unusable",
  because: "iPay says that it registered the order but names no usable id or https address for it. A person must look.",
  alarm: false,
  mayExist: true,
};

const notAsked = (code: string, because: string): Answer<never> => ({
  is: "refused",
  code,
  because,
  alarm: false,
  mayExist: false,
});
