import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Context } from "./context.ts";
import { readForm } from "./form.ts";
import { CHOICES, checkoutPage, messagePage, pageHeaders } from "./page.ts";
import { canBecome, findSession, settleSession } from "./sessions.ts";

const paramsSchema = z.object({ id: z.string() });
const formSchema = z.object({ choice: z.enum(["pay", "decline", "later", "abandon"]) });

const UNKNOWN = messagePage("There is no such checkout. Go back to the shop and open the payment again.");
const UNCLEAR = messagePage("This choice does not exist. Go back and press one of the buttons.");

/** The hosted checkout: where the customer decides how the payment goes on. */
export function addCheckout(app: FastifyInstance, context: Context): void {
  app.get("/c/pay/:id", async (request, reply) => {
    const session = findSession(context, paramsSchema.parse(request.params).id);
    if (!session) return reply.code(404).headers(pageHeaders([])).send(UNKNOWN);
    const back = [session.successUrl, session.cancelUrl];
    return reply.headers(pageHeaders(back)).send(checkoutPage(session));
  });

  app.post("/c/pay/:id", async (request, reply) => {
    const session = findSession(context, paramsSchema.parse(request.params).id);
    if (!session) return reply.code(404).headers(pageHeaders([])).send(UNKNOWN);
    const form = formSchema.safeParse(readForm(String(request.body)));
    if (!form.success) return reply.code(400).headers(pageHeaders([])).send(UNCLEAR);
    const { choice } = form.data;
    if (choice === "abandon") return reply.redirect(session.cancelUrl, 303);
    // A second press, or one on a checkout that has ended, changes nothing and leads on all the same.
    if (canBecome(session, CHOICES[choice])) settleSession(context, session, CHOICES[choice]);
    return session.status === "open"
      ? reply.headers(pageHeaders([session.successUrl, session.cancelUrl])).send(checkoutPage(session))
      : reply.redirect(session.successUrl.replace("{CHECKOUT_SESSION_ID}", session.id), 303);
  });
}
