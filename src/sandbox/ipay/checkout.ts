import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { FORM_PATH } from "./answers.ts";
import type { IpayOrder } from "./books.ts";
import type { Context } from "./context.ts";
import { findById, isOpen, settleOrder } from "./orders.ts";
import { CHOICES, messagePage, pageHeaders, paymentPage, returnAddress } from "./page.ts";

const querySchema = z.object({ mdOrder: z.string().catch("") });
const formSchema = z.object({ choice: z.enum(["pay", "decline", "abandon"]) });

const UNKNOWN = messagePage("There is no such order. Go back to the shop and open the payment again.");
const UNCLEAR = messagePage("This choice does not exist. Go back and press one of the buttons.");

/** The hosted payment page: where the customer decides how the payment ends. */
export function addCheckout(app: FastifyInstance, context: Context): void {
  const orderIn = (query: unknown): IpayOrder | undefined => findById(context, querySchema.parse(query).mdOrder);

  app.get(FORM_PATH, async ({ query }, reply) => {
    const order = orderIn(query);
    if (!order) return reply.code(404).headers(pageHeaders([])).send(UNKNOWN);
    return reply.headers(pageHeaders([order.returnUrl])).send(paymentPage(order));
  });

  app.post(FORM_PATH, async ({ query, body }, reply) => {
    const order = orderIn(query);
    if (!order) return reply.code(404).headers(pageHeaders([])).send(UNKNOWN);
    const form = formSchema.safeParse(body);
    if (!form.success) return reply.code(400).headers(pageHeaders([])).send(UNCLEAR);
    // A second press, or one on an order that has ended, changes nothing and leads back all the same.
    const outcome = CHOICES[form.data.choice];
    if (outcome !== null && isOpen(order)) settleOrder(context, order, outcome);
    return reply.redirect(returnAddress(order), 303);
  });
}
