import { z } from "zod";
import type { CallAnswer } from "../provider/answers.ts";
import { no, ok } from "./answers.ts";
import type { StripeSession } from "./books.ts";
import type { Context } from "./context.ts";
import { complaint } from "./create.ts";
import { distorted, stopped } from "./distort.ts";
import type { Tree } from "./form.ts";
import { leftOf, refundSession } from "./money-back.ts";
import { type Change, once, remember } from "./once.ts";
import { findSession, settleSession } from "./sessions.ts";
import { refundBody, sessionBody } from "./shapes.ts";

const EXPANDABLE = new Set(["payment_intent", "payment_intent.latest_charge"]);

/** `GET /v1/checkout/sessions/{id}`. */
export async function lookUp(context: Context, id: string, expand: readonly string[]): Promise<CallAnswer> {
  const session = findSession(context, id);
  const fault = context.faults.take("lookup", [session?.clientReferenceId ?? null]);
  const stop = stopped(fault);
  if (stop) return stop;
  const strange = expand.find((path) => !EXPANDABLE.has(path));
  if (strange !== undefined) return no(400, `This property cannot be expanded (${strange}).`);
  return session ? distorted(ok(sessionBody(session, context, expand)), fault) : missing("checkout.session", id);
}

/** `POST /v1/checkout/sessions/{id}/expire`. */
export async function close(context: Context, id: string, change: Change): Promise<CallAnswer> {
  const session = findSession(context, id);
  const fault = context.faults.take("close", [session?.clientReferenceId ?? null]);
  const stop = stopped(fault);
  if (stop) return stop;
  if (!session) return missing("checkout.session", id);
  return once(context, change, async () => distorted(closed(context, session, change), fault));
}

function closed(context: Context, session: StripeSession, change: Change): CallAnswer {
  if (session.status !== "open") {
    const is = `This Checkout Session has a status of \`${session.status}\`.`;
    return no(400, `Only Checkout Sessions with a status in ["open"] can be expired. ${is}`);
  }
  settleSession(context, session, "expired");
  return remember(context, change, sessionBody(session, context));
}

const refundSchema = z.strictObject({
  payment_intent: z.string(),
  amount: z
    .string()
    .regex(/^[1-9]\d{0,14}$/)
    .optional(),
  metadata: z.record(z.string().min(1).max(40), z.string().max(500)).default({}),
});

/** `POST /v1/refunds`: gives back a part of a payment, or what is left of it. */
export async function refund(context: Context, form: Tree, change: Change): Promise<CallAnswer> {
  const read = refundSchema.safeParse(form);
  const session = byPayment(context, read.data?.payment_intent);
  const fault = context.faults.take("refund", [session?.clientReferenceId ?? null]);
  const stop = stopped(fault);
  if (stop) return stop;
  if (!read.success) return complaint(read.error.issues[0]);
  if (!session) return missing("payment_intent", read.data.payment_intent);
  const { amount, metadata } = read.data;
  const asked = { amount: amount === undefined ? leftOf(session) : Number(amount), metadata };
  return once(context, change, async () => distorted(refunded(context, session, { asked, change }), fault));
}

type Refunding = {
  readonly asked: { readonly amount: number; readonly metadata: Record<string, string> };
  readonly change: Change;
};

function refunded(context: Context, session: StripeSession, { asked, change }: Refunding): CallAnswer {
  if (!session.payment?.charge) return no(400, "This PaymentIntent does not have a successful charge to refund.");
  const left = leftOf(session);
  if (left === 0) return no(400, "This charge has already been refunded.", { code: "charge_already_refunded" });
  if (asked.amount > left) {
    return no(400, `Refund amount (${asked.amount}) is greater than unrefunded amount on charge (${left}).`, {
      param: "amount",
    });
  }
  return remember(context, change, refundBody(refundSession(context, session, asked), session));
}

const byPayment = ({ books }: Context, id: string | undefined): StripeSession | undefined =>
  [...books.sessions.values()].find(({ payment }) => payment !== null && payment.id === id);

const missing = (what: string, id: string): CallAnswer =>
  no(404, `No such ${what}: '${id}'`, { code: "resource_missing", param: "id" });
