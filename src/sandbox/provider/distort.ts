import { setTimeout as pause } from "node:timers/promises";
import { type Body, type CallAnswer, page } from "./answers.ts";
import type { BodyFault, CallFault, KeyFault } from "./faults.ts";

type Struck = CallFault | KeyFault | null;

/** How a provider's answer looks with something else in it. */
type Changed = (body: Body, fault: BodyFault) => Body;

/** What becomes of an honest answer on its way out. */
export async function distorted(answer: CallAnswer, fault: Struck, changed: Changed): Promise<CallAnswer> {
  if (fault === null || answer.is !== "json") return answer;
  switch (fault.kind) {
    case "slow":
      await pause(fault.ms, undefined, { ref: false });
      return answer;
    case "held":
      await fault.until;
      return answer;
    case "missing_field":
    case "differs":
    case "hundredfold":
      return { ...answer, body: changed(answer.body, fault) };
    default:
      return inItsPlace(answer, fault);
  }
}

/** What comes where the answer would. */
function inItsPlace(answer: Extract<CallAnswer, { is: "json" }>, fault: CallFault | KeyFault): CallAnswer {
  const { status, headers } = answer;
  const text = JSON.stringify(answer.body);
  switch (fault.kind) {
    case "lost_answer":
      return { is: "cut" };
    case "hang":
      return { is: "hang" };
    case "malformed_body":
      return { is: "text", status, type: "application/json", text: text.slice(0, text.length / 2), headers };
    case "html_page":
      return page(fault.status, "The stand-in was told to stay behind a page.");
    case "drip":
      return { is: "drip", status, text, everyMs: fault.everyMs };
    case "endless_body":
      return { is: "flood", status };
    default:
      return answer;
  }
}

export const isBody = (value: unknown): value is Body =>
  typeof value === "object" && value !== null && !Array.isArray(value);
