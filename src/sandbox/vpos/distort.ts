import { setTimeout as pause } from "node:timers/promises";
import { type CallAnswer, no } from "./answers.ts";
import type { CallFault } from "./faults.ts";

/** The answer of a call that a fault stops before anything is done; null when the call goes on. */
export function stopped(fault: CallFault | null): CallAnswer | null {
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
      return { is: "broken_text", status: answer.status, text: text.slice(0, text.length / 2) };
    }
    default:
      return { ...answer, body: changedBody(answer.body, fault) };
  }
}

function changedBody(body: Record<string, unknown>, fault: CallFault): Record<string, unknown> {
  switch (fault.kind) {
    case "missing_field":
      return Object.fromEntries(Object.entries(body).filter(([name]) => name !== fault.field));
    case "differs":
      return { ...body, ...fault.fields };
    case "hundredfold": {
      const factor = fault.direction === "up" ? 100 : 0.01;
      return { ...body, amountMinor: Math.round(Number(body["amountMinor"]) * factor) };
    }
    default:
      return body;
  }
}
