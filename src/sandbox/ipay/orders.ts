import { randomInt } from "node:crypto";
import { ipayManual1551 } from "../../providers/ipay/contract.ts";
import { newOrderId } from "./answers.ts";
import type { IpayOrder, OrderStatus } from "./books.ts";
import type { Context } from "./context.ts";

/** What an order can be made to become, other than by giving money back. `pending`: the customer is at the card's issuer. */
export type Outcome = "pending" | "held" | "paid" | "failed" | "expired";

type Ends = { readonly orderStatus: OrderStatus; readonly actionCode: number };

const OUTCOMES: Readonly<Record<Outcome, Ends>> = {
  pending: { orderStatus: 5, actionCode: -9000 },
  held: { orderStatus: 1, actionCode: 0 },
  paid: { orderStatus: 2, actionCode: 0 },
  failed: { orderStatus: 6, actionCode: 116 },
  expired: { orderStatus: 6, actionCode: Number(ipayManual1551.expiredAction) },
};

/** A missing cell is a move that does not exist. A declined order is made a paid one by the bank's people only. */
const MOVES: Readonly<Record<OrderStatus, readonly Outcome[]>> = {
  0: ["pending", "held", "paid", "failed", "expired"],
  1: ["paid"],
  2: [],
  3: [],
  4: [],
  5: ["held", "paid", "failed", "expired"],
  6: ["paid"],
};

type Asked = Pick<IpayOrder, "orderNumber" | "amount" | "description" | "params" | "returnUrl"> & {
  readonly sessionSeconds: number;
};

export function registerOrder(context: Context, { sessionSeconds, ...asked }: Asked): IpayOrder {
  const now = context.clock();
  const order: IpayOrder = {
    ...asked,
    orderId: newOrderId(),
    orderStatus: 0,
    actionCode: -100,
    currency: ipayManual1551.currency,
    registeredAt: now.toISOString(),
    expiresAt: new Date(now.getTime() + sessionSeconds * 1000).toISOString(),
    paidAt: null,
    refNum: null,
    refunds: [],
    reversalAsked: false,
  };
  context.books.orders.set(order.orderNumber, order);
  context.changed();
  return order;
}

/** The order, expired by now if nobody paid it in time. */
export function findByNumber(context: Context, orderNumber: string): IpayOrder | undefined {
  const order = context.books.orders.get(orderNumber);
  if (order) expireIfOld(context, order);
  return order;
}

export function findById(context: Context, orderId: string): IpayOrder | undefined {
  const order = [...context.books.orders.values()].find((known) => known.orderId === orderId);
  if (order) expireIfOld(context, order);
  return order;
}

export function expireOld(context: Context): void {
  for (const order of context.books.orders.values()) expireIfOld(context, order);
}

/** Everything by which the shop may know an order. */
export const namesOf = ({
  orderNumber,
  description,
  params,
}: Pick<IpayOrder, "orderNumber" | "description" | "params">): readonly string[] =>
  [orderNumber, description, params["orderId"]].filter((name) => typeof name === "string");

/** Makes an order end as told, as the customer, the bank or the clock would. */
export function settleOrder(context: Context, order: IpayOrder, outcome: Outcome): void {
  if (!MOVES[order.orderStatus].includes(outcome)) {
    throw new Error(`iPay would not do this: an order of status ${order.orderStatus} does not become ${outcome}.`);
  }
  if (outcome === "paid") {
    order.paidAt = context.clock().toISOString();
    order.refNum = newReferenceNumber();
  }
  Object.assign(order, OUTCOMES[outcome]);
  context.changed();
}

export const newReferenceNumber = (): string => String(randomInt(10 ** 11, 10 ** 12));

export const isOpen = ({ orderStatus }: IpayOrder): boolean => orderStatus === 0 || orderStatus === 5;

function expireIfOld(context: Context, order: IpayOrder): void {
  const old = isOpen(order) && Date.parse(order.expiresAt) <= context.clock().getTime();
  if (old) settleOrder(context, order, "expired");
}
