import { z } from "zod";
import { ipayManual1551 } from "../../providers/ipay/contract.ts";
import { type CallAnswer, formUrlOf, no, ok } from "./answers.ts";
import type { Context } from "./context.ts";
import { distorted, stopped } from "./distort.ts";
import type { Fields } from "./fields.ts";
import { namesOf, registerOrder } from "./orders.ts";

const { form, currency: dram, sessionSeconds: longest } = ipayManual1551;

const ROUBLE = "643";
const MISSING = ["orderNumber", "amount", "returnUrl"];

/** `register.do`: one order under one number of the shop's, for ever. */
export async function register(context: Context, fields: Fields, origin: string): Promise<CallAnswer> {
  const params = paramsIn(fields["jsonParams"]);
  const { orderNumber = "", description = null, returnUrl = "" } = fields;
  const asked = { orderNumber, description, returnUrl, params: params ?? {}, amount: Number(fields["amount"]) };
  const fault = context.faults.take("create", namesOf(asked));
  const stop = stopped(fault);
  if (stop) return stop;
  const missing = MISSING.find((name) => (fields[name] ?? "") === "");
  if (missing !== undefined) return no("fieldMissing", `${missing} is empty`);
  const unfit = params === null ? "jsonParams is no object of texts" : unfitness(fields);
  if (unfit !== null) return no("accessDenied", unfit);
  if ((fields["currency"] ?? ROUBLE) !== dram) return no("currencyUnknown", "This shop takes drams only: send 051.");
  if (context.books.orders.has(orderNumber)) return no("orderNumberUsed", "This order number is used already.");
  const sessionSeconds = Number(fields["sessionTimeoutSecs"] ?? longest);
  const order = registerOrder(context, { ...asked, amount: scaled(asked.amount, fault), sessionSeconds });
  return distorted(ok({ orderId: order.orderId, formUrl: formUrlOf(origin, order) }), fault);
}

/** Why a complete request has a wrong value; null: it has none. */
function unfitness(fields: Fields): string | null {
  const { orderNumber = "", amount = "", returnUrl = "", description, sessionTimeoutSecs, language } = fields;
  const wrong = {
    orderNumber: !form.orderNumber.test(orderNumber),
    amount: !/^\d{1,15}$/.test(amount) || Number(amount) === 0,
    returnUrl: returnUrl.length > form.returnUrl.most || !httpUrl.safeParse(returnUrl).success,
    description: description !== undefined && !form.description.test(description),
    sessionTimeoutSecs: sessionTimeoutSecs !== undefined && !isSession(sessionTimeoutSecs),
    language: language !== undefined && !/^[a-z]{2}$/.test(language),
  };
  const name = Object.entries(wrong).find(([, isWrong]) => isWrong)?.[0];
  return name === undefined ? null : `${name} is wrong`;
}

const httpUrl = z.url({ protocol: /^https?$/ });

const isSession = (text: string): boolean => /^\d{1,4}$/.test(text) && Number(text) > 0 && Number(text) <= longest;

/** Null: not what iPay takes. */
function paramsIn(text: string | undefined): Record<string, string> | null {
  if (text === undefined) return {};
  if (text.length > form.jsonParams.most) return null;
  try {
    return z.record(z.string(), z.string()).parse(JSON.parse(text));
  } catch {
    return null;
  }
}

type Struck = ReturnType<Context["faults"]["take"]>;

const scaled = (amount: number, fault: Struck): number => {
  if (fault?.kind !== "hundredfold") return amount;
  return fault.direction === "up" ? amount * 100 : Math.round(amount / 100);
};
