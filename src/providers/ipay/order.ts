import type { Money } from "../../../domain/money.ts";
import type { Answer } from "../../ports.ts";
import { fromIpayAmount } from "./amount.ts";
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

/**
 * How much of an order has gone back; null: iPay does not say. The bank decides whether sums are told, so the list of refunds
 * is read too, and the larger counts: what has gone back is never given back again.
 */
export function goneBack(order: IpayOrder, contract: IpayContract): Money | null {
  const { currency, paymentAmountInfo: sums, refunds } = order;
  const whole = fromIpayAmount(order.amount, currency, contract);
  if (order.orderStatus === "3") return whole;
  const told = fromIpayAmount(sums?.refundedAmount, currency, contract);
  const listed = refunds ? sumOf(refunds.filter(wentThrough), order, contract) : null;
  if (told && listed) return told.minor > listed.minor ? told : listed;
  const either = told ?? listed;
  // Any refund makes another status of a paid order, so one that is still paid has given nothing back.
  return either ?? (order.orderStatus === "4" || !whole ? null : { ...whole, minor: 0n });
}

type Refund = NonNullable<IpayOrder["refunds"]>[number];

/** The refund of exactly this amount, where iPay lists one. */
export const refundOf = (order: IpayOrder, amount: Money, contract: IpayContract): Refund | undefined =>
  order.refunds?.filter(wentThrough).find((one) => {
    const given = fromIpayAmount(one.amount, order.currency, contract);
    return given?.minor === amount.minor && given.currency === amount.currency;
  });

const wentThrough = ({ actionCode }: Refund): boolean => actionCode === null || /^0*$/.test(actionCode ?? "");

function sumOf(refunds: readonly Refund[], { currency }: IpayOrder, contract: IpayContract): Money | null {
  const amounts = refunds.map(({ amount }) => fromIpayAmount(amount, currency, contract));
  const none = fromIpayAmount(0, currency, contract);
  return amounts.reduce((sum, one) => (sum && one ? { ...sum, minor: sum.minor + one.minor } : null), none);
}
