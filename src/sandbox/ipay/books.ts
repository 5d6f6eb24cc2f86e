import { z } from "zod";

const refund = z.object({ referenceNumber: z.string(), amount: z.int(), at: z.string() });

const order = z.object({
  /** iPay's own id of the order, which its form names `mdOrder`. */
  orderId: z.string(),
  /** The shop's number of it. */
  orderNumber: z.string(),
  /** 0 registered, 1 held, 2 paid, 3 reversed, 4 refunded, 5 at the issuer, 6 declined. */
  orderStatus: z.literal([0, 1, 2, 3, 4, 5, 6]),
  actionCode: z.int(),
  /** In luma. */
  amount: z.int(),
  currency: z.string(),
  description: z.string().nullable(),
  params: z.record(z.string(), z.string()),
  returnUrl: z.string(),
  registeredAt: z.string(),
  expiresAt: z.string(),
  paidAt: z.string().nullable(),
  refNum: z.string().nullable(),
  refunds: z.array(refund),
  /** A reversal can be asked for once, whatever comes of it. */
  reversalAsked: z.boolean(),
});

/** All that the stand-in knows, as JSON: what a restart carries over. */
const stateSchema = z.object({ orders: z.array(order) });

export type IpayState = z.infer<typeof stateSchema>;
export type IpayOrder = z.infer<typeof order>;
export type OrderStatus = IpayOrder["orderStatus"];

/** By the shop's order numbers. */
export type Books = { readonly orders: Map<string, IpayOrder> };

/** Opens the books anew, or where a snapshot left off. */
export function openBooks(state: unknown): Books {
  const read = stateSchema.safeParse(state);
  if (!read.success) throw new Error("The saved state of the iPay stand-in cannot be read. Start it without one.");
  return { orders: new Map(read.data.orders.map((known) => [known.orderNumber, known])) };
}

/** A copy of the books that no later change reaches. */
export const copyOf = (books: Books): IpayState => structuredClone({ orders: [...books.orders.values()] });
