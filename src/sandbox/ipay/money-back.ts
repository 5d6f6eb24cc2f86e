import { ipayManual1551 } from "../../providers/ipay/contract.ts";
import type { CallAnswer } from "../provider/answers.ts";
import { no, ok } from "./answers.ts";
import type { IpayOrder } from "./books.ts";
import type { Context } from "./context.ts";
import { distorted, stopped } from "./distort.ts";
import type { Fields } from "./fields.ts";
import { findById, namesOf, newReferenceNumber } from "./orders.ts";

/** `refund.do`: a part of a paid order, or what is left of it, any number of times. */
export async function refund(context: Context, fields: Fields): Promise<CallAnswer> {
  const order = findById(context, fields["orderId"] ?? "");
  const fault = context.faults.take("refund", order ? namesOf(order) : []);
  const stop = stopped(fault);
  if (stop) return stop;
  if (!order) return no("orderUnknown", "There is no such order.");
  const { amount = "" } = fields;
  if (!/^\d{1,15}$/.test(amount)) return no("accessDenied", "Wrong amount.");
  const unfit = refundOrder(context, order, Number(amount));
  return distorted(unfit === null ? ok({ errorCode: 0 }) : no("notNow", unfit), fault);
}

/** `reverse.do`: all of a paid order, on its day, once. */
export async function reverse(context: Context, fields: Fields): Promise<CallAnswer> {
  const order = findById(context, fields["orderId"] ?? "");
  const fault = context.faults.take("reverse", order ? namesOf(order) : []);
  const stop = stopped(fault);
  if (stop) return stop;
  if (!order) return no("orderUnknown", "There is no such order.");
  const unfit = reverseOrder(context, order);
  return distorted(unfit === null ? ok({ errorCode: "0", errorMessage: "Success" }) : no("notNow", unfit), fault);
}

/** Gives back `amount` luma of an order; null: done, else why iPay would not. */
export function refundOrder(context: Context, order: IpayOrder, amount: number): string | null {
  const left = order.amount - order.refunds.reduce((sum, one) => sum + one.amount, 0);
  if (order.orderStatus !== 2 && order.orderStatus !== 4) {
    return `an order of status ${order.orderStatus} has nothing to give back`;
  }
  const smallest = Number(ipayManual1551.smallestRefundMinor);
  if (!Number.isSafeInteger(amount) || amount < smallest || amount > left) {
    return `of this order ${smallest} to ${left} can be given back, not ${amount}`;
  }
  order.refunds.push({ referenceNumber: newReferenceNumber(), amount, at: context.clock().toISOString() });
  order.orderStatus = 4;
  context.changed();
  return null;
}

/** Undoes a payment whole; null: done, else why iPay would not. */
export function reverseOrder(context: Context, order: IpayOrder): string | null {
  if (order.orderStatus !== 2 || order.paidAt === null)
    return `an order of status ${order.orderStatus} is not reversed`;
  if (order.reversalAsked) return "a reversal can be asked for only once";
  order.reversalAsked = true;
  const timeZone = ipayManual1551.reversibleDayIn;
  const [paid, today] = [new Date(order.paidAt), context.clock()].map((at) =>
    at.toLocaleDateString("en", { timeZone }),
  );
  if (paid !== today) return "only a payment of the same day is reversed";
  order.orderStatus = 3;
  context.changed();
  return null;
}
