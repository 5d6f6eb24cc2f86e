import type { CallAnswer } from "../provider/answers.ts";
import { no, ok, orderBody } from "./answers.ts";
import type { Context } from "./context.ts";
import { distorted, stopped } from "./distort.ts";
import type { Fields } from "./fields.ts";
import { findById, findByNumber, namesOf } from "./orders.ts";

/** `getOrderStatusExtended.do`: by iPay's id or by the shop's number; where both are given the id counts. */
export async function lookUp(context: Context, { orderId, orderNumber }: Fields): Promise<CallAnswer> {
  const order = orderId === undefined ? findByNumber(context, orderNumber ?? "") : findById(context, orderId);
  const fault = context.faults.take("lookup", order ? namesOf(order) : []);
  const stop = stopped(fault);
  if (stop) return stop;
  return order ? distorted(ok(orderBody(order)), fault) : no("orderUnknown", "There is no such order.");
}
