import type { Answer } from "../../ports.ts";
import { type IpayOrder, orderSchema } from "./contract-schemas.ts";
import type { IpayContract } from "./contract.ts";
import { unknown } from "./meaning.ts";
import { ask, type Merchant } from "./merchant.ts";

/** Asks for the order under one of our numbers: the way that works also where the answer to its registration was lost. */
export async function readOrder(merchant: Merchant, orderNumber: string): Promise<Answer<IpayOrder>> {
  const fields = { orderNumber, language: "en" };
  const answer = await ask(merchant, { asked: "status", fields, schema: orderSchema });
  if (answer.is !== "happened" || answer.value.orderNumber === orderNumber) return answer;
  return unknown("iPay answered about another order than ours.");
}

/** iPay's own id of an order; null: it was not told, so nothing can be given back by a call. */
export function idOf({ attributes }: IpayOrder, { orderIdAttribute }: IpayContract): string | null {
  const value = attributes?.find(({ name }) => name === orderIdAttribute)?.value;
  return typeof value === "string" && /^[\w-]{1,64}$/.test(value) ? value : null;
}

/**
 * The order of ours that iPay itself names. Two places may name it; where they differ both are written, which is no order
 * of ours, and where neither does it is empty.
 */
export function orderIdOf({ merchantOrderParams, orderDescription }: IpayOrder): string {
  const param = merchantOrderParams?.find(({ name }) => name === "orderId")?.value;
  const named = [param, orderDescription].filter((one) => typeof one === "string" && one !== "");
  return [...new Set(named)].join(" / ");
}
