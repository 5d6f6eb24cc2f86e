import type { CheckoutRequest } from "../../ports.ts";
import type { IpayContract } from "./contract.ts";

type Unfit = { readonly code: string; readonly because: string };

/** Why iPay could not take a request as it is; null: it could. Found before iPay is asked. */
export function unfitness(request: CheckoutRequest, { form }: IpayContract): Unfit | null {
  const { amount, orderId, linkId, returnUrl } = request;
  if (amount.currency !== "AMD") {
    return { code: "currency_not_taken", because: "Through iPay this service takes Armenian drams only." };
  }
  if (amount.minor <= 0n) return { code: "amount_not_positive", because: "iPay takes no payment of nothing." };
  if (!form.description.test(orderId)) {
    const because =
      "iPay hands on an order id of 1 to 99 characters without %, + and line breaks. Give this invoice another number.";
    return { code: "order_id_unfit", because };
  }
  if (JSON.stringify({ orderId, linkId }).length > form.jsonParams.most) {
    return { code: "order_id_unfit", because: "The ids of the order and its link are too long for iPay." };
  }
  if (returnUrl.length > form.returnUrl.most) {
    return {
      code: "return_url_unfit",
      because: `iPay takes a return address of ${form.returnUrl.most} characters at most.`,
    };
  }
  return null;
}
