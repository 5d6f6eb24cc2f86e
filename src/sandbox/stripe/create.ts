import { z } from "zod";
import type { CallAnswer } from "../provider/answers.ts";
import { no } from "./answers.ts";
import type { Context } from "./context.ts";
import { flawOf, isCurrency } from "./currencies.ts";
import { distorted, stopped } from "./distort.ts";
import { type Tree, textIn } from "./form.ts";
import { type Change, once, remember } from "./once.ts";
import { openSession } from "./sessions.ts";
import { sessionBody } from "./shapes.ts";

const metadata = z.record(z.string().min(1).max(40), z.string().max(500)).default({});
const address = z.url({ protocol: /^https?$/ }).max(5000);

/** What this stand-in knows of Stripe's parameters. One that it does not know is refused, as Stripe refuses a misspelt one. */
const requestSchema = z.strictObject({
  mode: z.literal("payment"),
  line_items: z.strictObject({
    0: z.strictObject({
      quantity: z.literal("1"),
      price_data: z.strictObject({
        currency: z.string().refine(isCurrency),
        unit_amount: z.string().regex(/^\d{1,15}$/),
        product_data: z.strictObject({ name: z.string().min(1).max(250) }),
      }),
    }),
  }),
  client_reference_id: z.string().min(1).max(200).optional(),
  metadata,
  payment_intent_data: z.strictObject({ metadata }).default({ metadata: {} }),
  adaptive_pricing: z.strictObject({ enabled: z.enum(["true", "false"]) }).optional(),
  success_url: address,
  cancel_url: address.optional(),
});

/** `POST /v1/checkout/sessions`: opens a session, or repeats the answer that its key already has. */
export async function create(context: Context, form: Tree, change: Change): Promise<CallAnswer> {
  const fault = context.faults.take("create", [textIn(form["client_reference_id"]) ?? null]);
  if (fault?.kind === "key_forgotten") context.books.remembered.delete(change.key ?? "");
  return stopped(fault) ?? once(context, change, async () => distorted(opened(context, form, change), fault));
}

function opened(context: Context, form: Tree, change: Change): CallAnswer {
  const read = requestSchema.safeParse(form);
  if (!read.success) return complaint(read.error.issues[0]);
  const { price_data: price } = read.data.line_items[0];
  const amount = Number(price.unit_amount);
  const flaw = flawOf(amount, price.currency);
  if (flaw) return no(400, flaw.message, { ...flaw, param: "line_items[0][price_data][unit_amount]" });
  const session = openSession(context, {
    clientReferenceId: read.data.client_reference_id ?? null,
    amount,
    currency: price.currency,
    productName: price.product_data.name,
    metadata: read.data.metadata,
    paymentMetadata: read.data.payment_intent_data.metadata,
    successUrl: read.data.success_url,
    cancelUrl: read.data.cancel_url ?? read.data.success_url,
  });
  return remember(context, change, sessionBody(session, context));
}

/** What is wrong with a request, in Stripe's words. */
export function complaint(issue: z.core.$ZodIssue | undefined): CallAnswer {
  const path = issue?.path.map(String) ?? [];
  const unknown = issue?.code === "unrecognized_keys" ? (issue.keys[0] ?? "") : null;
  const [first = "", ...rest] = unknown === null ? path : [...path, unknown];
  const param = `${first}${rest.map((name) => `[${name}]`).join("")}`;
  return unknown === null
    ? no(400, `Missing or invalid param: ${param}.`, { code: "parameter_invalid", param })
    : no(400, `Received unknown parameter: ${param}`, { code: "parameter_unknown", param });
}
