import { createHash } from "node:crypto";
import { scaleOf } from "../../providers/vpos/contract-scale.ts";
import type { CreateRequest } from "../../providers/vpos/contract-schemas.ts";
import { vposAssumedV1 } from "../../providers/vpos/contract.ts";
import type { CallAnswer } from "../provider/answers.ts";
import { no, ok, sessionBody } from "./answers.ts";
import type { Context } from "./context.ts";
import { distorted, stopped } from "./distort.ts";
import { openPayment } from "./payments.ts";

const { createSession, idempotency } = vposAssumedV1;

type Call = { readonly key: string | undefined; readonly body: unknown; readonly origin: string };

/** `POST /v1/payment-sessions`: opens a session, or repeats the answer that its key already has. */
export async function create(context: Context, { key, body, origin }: Call): Promise<CallAnswer> {
  const fault = context.faults.take("create", [orderOf(body)]);
  const stop = stopped(fault);
  if (stop) return stop;
  if (key === undefined || key === "") return no("missing_idempotency_key", "Send an Idempotency-Key header.");
  if (!idempotency.form.test(key)) return no("invalid_request", "The Idempotency-Key is too long or not printable.");
  const read = createSession.requestSchema.safeParse(body);
  if (!read.success) return no("invalid_request", "The body does not have the fields of a payment session.");
  const unfit = unfitness(read.data, context);
  if (unfit !== null) return no("unprocessable", unfit);
  if (context.inProgress.has(key)) return no("idempotency_in_progress", "The first request is still being worked on.");
  if (fault?.kind === "key_forgotten") context.books.remembered.delete(key);
  context.inProgress.add(key);
  try {
    return await distorted(answerOnce(context, key, { asked: read.data, origin }), fault);
  } finally {
    context.inProgress.delete(key);
  }
}

/** One session a key, for as long as keys are kept. After that a repeat opens a second one, as the real one might. */
function answerOnce(context: Context, key: string, call: { asked: CreateRequest; origin: string }): CallAnswer {
  const fingerprint = createHash("sha256").update(sortedJson(call.asked)).digest("hex");
  const known = context.books.remembered.get(key);
  const age = known === undefined ? Infinity : context.clock().getTime() - Date.parse(known.at);
  if (known && age < idempotency.retentionSec * 1000) {
    if (known.fingerprint !== fingerprint) {
      return no("idempotency_conflict", "This Idempotency-Key was used for another request.");
    }
    return ok(known.answer, 200, { [idempotency.replayHeader]: "true" });
  }
  const answer = sessionBody(openPayment(context, call.asked), call.origin);
  context.books.remembered.set(key, { key, fingerprint, answer, at: context.clock().toISOString() });
  return ok(answer, 201);
}

/** Why a well-formed request cannot be carried out. */
function unfitness(asked: CreateRequest, { options }: Context): string | null {
  if (asked.amountMinor <= 0) return "The amount must be positive.";
  if (scaleOf(asked.currency, options.amdExponent) === null) return "The currency is not supported.";
  if (asked.provider !== createSession.provider) return "The provider is not one of this merchant's.";
  return null;
}

/** The same text for the same content, whatever the order of the keys. */
const sortedJson = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );

const orderOf = (body: unknown): string | null =>
  typeof body === "object" && body !== null && "merchantOrderId" in body && typeof body.merchantOrderId === "string"
    ? body.merchantOrderId
    : null;
