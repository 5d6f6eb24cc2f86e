import { type Body, type CallAnswer, page } from "../provider/answers.ts";
import { distorted as spoiled, isBody } from "../provider/distort.ts";
import type { BodyFault, CallFault } from "../provider/faults.ts";
import { no } from "./answers.ts";

/** The answer of a call that a fault stops before anything is done; null when the call goes on. */
export function stopped(fault: CallFault | null): CallAnswer | null {
  switch (fault?.kind) {
    case "internal_error":
      return page(500, "The stand-in was told to fail.");
    case "unauthorized":
      return no("accessDenied", "Access denied");
    case "origin_not_trusted":
      return page(403, "The stand-in was told to refuse the caller.");
    case "not_found":
      return no("orderUnknown", "The stand-in was told to know nothing.");
    case "rate_limited": {
      const { retryAfterSeconds } = fault;
      return page(
        429,
        "Too many calls.",
        retryAfterSeconds === undefined ? {} : { "retry-after": `${retryAfterSeconds}` },
      );
    }
    default:
      return null;
  }
}

/** What becomes of an honest answer on its way out. */
export const distorted = (answer: CallAnswer, fault: CallFault | null): Promise<CallAnswer> =>
  spoiled(answer, fault, changed);

function changed(body: Body, fault: BodyFault): Body {
  switch (fault.kind) {
    case "missing_field":
      return without(body, fault.field.split("."));
    case "differs":
      return { ...body, ...fault.fields };
    case "hundredfold": {
      const factor = fault.direction === "up" ? 100 : 0.01;
      const times = (value: unknown): unknown => (typeof value === "number" ? Math.round(value * factor) : value);
      const sums = Object.entries(isBody(body["paymentAmountInfo"]) ? body["paymentAmountInfo"] : {});
      const told = Object.fromEntries(
        sums.map(([name, value]) => [name, name.endsWith("Amount") ? times(value) : value]),
      );
      return "amount" in body ? { ...body, amount: times(body["amount"]), paymentAmountInfo: told } : body;
    }
  }
}

function without(body: Body, [name = "", ...deeper]: readonly string[]): Body {
  const inner = body[name];
  if (deeper.length > 0 && isBody(inner)) return { ...body, [name]: without(inner, deeper) };
  return Object.fromEntries(Object.entries(body).filter(([other]) => other !== name));
}
