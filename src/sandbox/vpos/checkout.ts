import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Context } from "./context.ts";
import { CHOICES, checkoutPage, messagePage, pageHeaders } from "./page.ts";
import { findBySession, settlePayment } from "./payments.ts";

const paramsSchema = z.object({ sessionId: z.string() });
const formSchema = z.object({ choice: z.enum(["pay", "decline", "cancel", "pending"]) });

const UNKNOWN = messagePage("There is no such checkout. Go back to the shop and open the payment again.");
const UNCLEAR = messagePage("This choice does not exist. Go back and press one of the buttons.");

/** The hosted checkout: where the customer decides how the payment ends. */
export function addCheckout(app: FastifyInstance, context: Context): void {
  app.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string" }, (_, text, done) => {
    done(null, Object.fromEntries(new URLSearchParams(text.toString())));
  });

  app.get("/checkout/:sessionId", async (request, reply) => {
    const payment = findBySession(context, paramsSchema.parse(request.params).sessionId);
    if (!payment) return reply.code(404).headers(pageHeaders([])).send(UNKNOWN);
    return reply.headers(pageHeaders([payment.returnUrl])).send(checkoutPage(payment, context.options.amdExponent));
  });

  app.post("/checkout/:sessionId", async (request, reply) => {
    const payment = findBySession(context, paramsSchema.parse(request.params).sessionId);
    if (!payment) return reply.code(404).headers(pageHeaders([])).send(UNKNOWN);
    const form = formSchema.safeParse(request.body);
    if (!form.success) return reply.code(400).headers(pageHeaders([])).send(UNCLEAR);
    // A second press, or one on a checkout that has ended, changes nothing and leads back all the same.
    const outcome = CHOICES[form.data.choice];
    const isOpen = payment.status === "created" || payment.status === "pending";
    if (isOpen && payment.status !== outcome) settlePayment(context, payment, outcome);
    return reply.redirect(payment.returnUrl, 303);
  });
}
