import { setTimeout as pause } from "node:timers/promises";
import { type CallAnswer, no, page } from "./answers.ts";
import type { CallFault } from "./faults.ts";

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
export async function distorted(answer: CallAnswer, fault: CallFault | null): Promise<CallAnswer> {
  if (fault === null || answer.is !== "json") return answer;
  switch (fault.kind) {
    case "lost_answer":
      return { is: "cut" };
    case "hang":
      return { is: "hang" };
    case "slow":
      await pause(fault.ms, undefined, { ref: false });
      return answer;
    case "held":
      await fault.until;
      return answer;
    case "malformed_body": {
      const text = JSON.stringify(answer.body);
      return { is: "text", status: 200, type: "application/json", text: text.slice(0, text.length / 2) };
    }
    default:
      return { ...answer, body: changedBody(answer.body, fault) };
  }
}

type Body = Record<string, unknown>;

function changedBody(body: Body, fault: CallFault): Body {
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
    default:
      return body;
  }
}

function without(body: Body, [name = "", ...deeper]: readonly string[]): Body {
  const inner = body[name];
  if (deeper.length > 0 && isBody(inner)) return { ...body, [name]: without(inner, deeper) };
  return Object.fromEntries(Object.entries(body).filter(([other]) => other !== name));
}

const isBody = (value: unknown): value is Body => typeof value === "object" && value !== null && !Array.isArray(value);
