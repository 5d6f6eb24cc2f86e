import { type Body, type CallAnswer } from "../provider/answers.ts";
import { distorted as spoiled, isBody } from "../provider/distort.ts";
import type { BodyFault, CallFault, KeyFault } from "../provider/faults.ts";
import { no } from "./answers.ts";
import { OTHER_REQUEST } from "./once.ts";

type Struck = CallFault | KeyFault | null;

/** The answer of a call that a fault stops before anything is done; null when the call goes on. */
export function stopped(fault: Struck): CallAnswer | null {
  switch (fault?.kind) {
    case "internal_error":
      return no(500, "The stand-in was told to fail.", { type: "api_error" });
    case "unauthorized":
      return no(401, "The stand-in was told to refuse the key.");
    case "origin_not_trusted":
      return no(403, "The stand-in was told to refuse the caller.");
    case "not_found":
      return no(404, "The stand-in was told to know nothing.", { code: "resource_missing" });
    case "rate_limited": {
      const { retryAfterSeconds } = fault;
      const headers = retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfterSeconds) };
      return no(429, "Too many calls.", { code: "rate_limit", headers });
    }
    case "idempotency_conflict":
      return OTHER_REQUEST;
    default:
      return null;
  }
}

/** What becomes of an honest answer on its way out. */
export const distorted = (answer: CallAnswer, fault: Struck): Promise<CallAnswer> => spoiled(answer, fault, changed);

function changed(body: Body, fault: BodyFault): Body {
  switch (fault.kind) {
    case "missing_field":
      return withField(body, fault.field.split("."), undefined);
    case "differs":
      return withFields(body, fault.fields);
    case "hundredfold":
      return scaled(body, fault.direction === "up" ? 100 : 0.01);
  }
}

/** A copy that says something else in the fields named, `payment_intent.status` being one further down. */
export const withFields = (body: Body, fields: Readonly<Record<string, unknown>>): Body =>
  Object.entries(fields).reduce((so, [name, value]) => withField(so, name.split("."), value), body);

function withField(body: Body, [name = "", ...rest]: readonly string[], value: unknown): Body {
  const below = body[name];
  const isDeeper = rest.length > 0 && isBody(below);
  return { ...body, [name]: isDeeper ? withField(below, rest, value) : value };
}

/** Every amount of an answer, so that it agrees with itself and only with itself. */
function scaled(body: Body, factor: number): Body {
  const change = (name: string, value: unknown): unknown => {
    if (typeof value === "number" && name.startsWith("amount")) return Math.round(value * factor);
    return isBody(value) ? scaled(value, factor) : value;
  };
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, change(name, value)]));
}
