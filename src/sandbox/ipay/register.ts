import { z } from "zod";
import { ipayManual1551 } from "../../providers/ipay/contract.ts";
import type { CallAnswer } from "../provider/answers.ts";
import { formUrlOf, no, ok } from "./answers.ts";
import type { Context } from "./context.ts";
import { distorted, stopped } from "./distort.ts";
import type { CallFault } from "../provider/faults.ts";
import type { Fields } from "./fields.ts";
import { namesOf, registerOrder } from "./orders.ts";

const { form, currency: dram, sessionSeconds: longest } = ipayManual1551;

/** What iPay takes where no currency is sent. */
const ROUBLE = "643";

const schema = z.object({
  orderNumber: z.string().regex(form.orderNumber),
  amount: z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .pipe(z.int().positive()),
  currency: z.string().default(ROUBLE),
  returnUrl: z.url({ protocol: /^https?$/ }).max(form.returnUrl.most),
  description: z.string().regex(form.description).nullable().default(null),
  language: z.string().length(2).optional(),
  sessionTimeoutSecs: z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .pipe(z.int().positive().max(longest))
    .default(longest),
  jsonParams: z.string().max(form.jsonParams.most).transform(parsed).pipe(z.record(z.string(), z.string())).default({}),
});

/** `register.do`: one order under one number of the shop's, for ever. */
export async function register(context: Context, fields: Fields, origin: string): Promise<CallAnswer> {
  const fault = context.faults.take("create", named(fields));
  const stop = stopped(fault);
  if (stop) return stop;
  const missing = ["orderNumber", "amount", "returnUrl"].find((name) => (fields[name] ?? "") === "");
  if (missing !== undefined) return no("fieldMissing", `${missing} is empty`);
  const read = schema.safeParse(fields);
  if (!read.success) return no("accessDenied", `${String(read.error.issues[0]?.path[0])} is wrong`);
  const { currency, sessionTimeoutSecs: sessionSeconds, jsonParams: params, language: _, ...asked } = read.data;
  if (currency !== dram) return no("currencyUnknown", "This shop takes drams only: send 051.");
  if (context.books.orders.has(asked.orderNumber)) return no("orderNumberUsed", "This order number is used already.");
  const order = registerOrder(context, { ...asked, params, sessionSeconds, amount: scaled(asked.amount, fault) });
  return distorted(ok({ orderId: order.orderId, formUrl: formUrlOf(origin, order) }), fault);
}

/** The names of an order that may not be well formed. */
const named = ({ orderNumber = "", description }: Fields): readonly string[] =>
  namesOf({ orderNumber, description: description ?? null, params: {} });

function scaled(amount: number, fault: CallFault | null): number {
  if (fault?.kind !== "hundredfold") return amount;
  return fault.direction === "up" ? amount * 100 : Math.round(amount / 100);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
