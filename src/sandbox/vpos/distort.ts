import { type Body, type CallAnswer } from "../provider/answers.ts";
import { distorted as spoiled } from "../provider/distort.ts";
import type { BodyFault, CallFault, KeyFault } from "../provider/faults.ts";
import { no } from "./answers.ts";

type Struck = CallFault | KeyFault | null;

/** The answer of a call that a fault stops before anything is done; null when the call goes on. */
export function stopped(fault: Struck): CallAnswer | null {
  switch (fault?.kind) {
    case "internal_error":
      return no("internal", "The stand-in was told to fail.");
    case "unauthorized":
      return no("unauthorized", "The stand-in was told to refuse the token.");
    case "origin_not_trusted":
      return no("origin_not_trusted", "The stand-in was told to refuse the caller.");
    case "not_found":
      return no("not_found", "The stand-in was told to know nothing.");
    case "rate_limited": {
      const { retryAfterSeconds } = fault;
      const headers = retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfterSeconds) };
      return no("rate_limited", "Too many calls.", headers);
    }
    case "idempotency_conflict":
      return no("idempotency_conflict", "This Idempotency-Key was used for another request.");
    default:
      return null;
  }
}

/** What becomes of an honest answer on its way out. */
export const distorted = (answer: CallAnswer, fault: Struck): Promise<CallAnswer> => spoiled(answer, fault, changed);

function changed(body: Body, fault: BodyFault): Body {
  switch (fault.kind) {
    case "missing_field":
      return Object.fromEntries(Object.entries(body).filter(([name]) => name !== fault.field));
    case "differs":
      return { ...body, ...fault.fields };
    case "hundredfold": {
      const factor = fault.direction === "up" ? 100 : 0.01;
      return { ...body, amountMinor: Math.round(Number(body["amountMinor"]) * factor) };
    }
  }
}
