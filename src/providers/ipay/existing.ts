import { sameMoney } from "../../../domain/money.ts";
import type { Answer, Checkout, CheckoutRequest } from "../../ports.ts";
import { fromIpayAmount, toIpayAmount, written } from "./amount.ts";
import type { IpayOrder } from "./contract-schemas.ts";
import type { IpayContract } from "./contract.ts";
import { unknown } from "./meaning.ts";
import type { Merchant } from "./merchant.ts";
import { idOf, orderIdOf, readOrder } from "./order.ts";
import { isSafe } from "./safe-address.ts";

type Asked = { readonly orderNumber: string; readonly request: CheckoutRequest };

/**
 * The checkout that an attempt has already: the answer to its registration was lost, or two registered it at once. A second
 * order is never registered for it.
 */
export async function existing(merchant: Merchant, { orderNumber, request }: Asked): Promise<Answer<Checkout>> {
  const { contract, clock } = merchant;
  const answer = await readOrder(merchant, orderNumber);
  if (answer.is !== "happened") {
    const wait = "retryAfterSeconds" in answer ? answer.retryAfterSeconds : null;
    return unknown(`iPay has the order of this attempt already. Asked about it: ${answer.because}`, wait);
  }
  const order = answer.value;
  const difference = differenceOf(order, request, contract);
  if (difference !== null) {
    return { is: "refused", code: "echo_differs", because: difference, alarm: true, mayExist: true };
  }
  const url = formUrlOf(order, contract);
  if (url === null) return ADDRESS_LOST;
  const begun = order.date ?? clock();
  const expiresAt = new Date(begun.getTime() + contract.sessionSeconds * 1000);
  return { is: "happened", value: { reference: orderNumber, url, expiresAt }, requestId: null };
}

const ADDRESS_LOST: Answer<never> = {
  is: "refused",
  code: "form_url_lost",
  because:
    "iPay registered this order, but its answer with the address of the payment page was lost, and iPay tells it only once. " +
    "Nobody can pay there, and the order ends by itself within 20 minutes: look at it in the bank's cabinet, then let the customer try again.",
  alarm: false,
  mayExist: true,
};

function formUrlOf(order: IpayOrder, contract: IpayContract): string | null {
  const id = idOf(order, contract);
  if (id === null || contract.formUrlTemplate === null) return null;
  const url = contract.formUrlTemplate.replace("{orderId}", () => id);
  return isSafe(url) ? url : null;
}

/** What iPay has under our number, where that is not what we asked for. */
function differenceOf(order: IpayOrder, { orderId, amount }: CheckoutRequest, contract: IpayContract): string | null {
  if (orderIdOf(order) !== orderId) return "iPay has an order of another invoice under the number of this attempt.";
  const theirs = fromIpayAmount(order.amount, order.currency, contract);
  if (theirs && sameMoney(theirs, amount)) return null;
  const ours = `${toIpayAmount(amount, contract)} ${contract.currency}`;
  const sentence = `iPay has ${written(order.amount)} ${written(order.currency)} where we asked for ${ours}.`;
  const isHundredfold = theirs && (theirs.minor === amount.minor * 100n || theirs.minor * 100n === amount.minor);
  return isHundredfold
    ? `${sentence} That is exactly a hundredfold: check the scale of the dram in the contract module before anything else is issued.`
    : sentence;
}
