import { createHash } from "node:crypto";
import type { Body, CallAnswer } from "../provider/answers.ts";
import { newId, no, ok } from "./answers.ts";
import { type Context, secondsNow } from "./context.ts";

/** How long Stripe keeps a key at least, and this stand-in exactly. */
const KEPT_SECONDS = 86_400;

/** A request that changes something: its key, and all that the key stands for. */
export type Change = { readonly key: string | undefined; readonly path: string; readonly text: string };

type Work = () => Promise<CallAnswer>;

/**
 * One change a key: a repeat gets the first answer again, another request under the same key is an error. Only what
 * was carried out is kept, so that a request that was refused may be corrected.
 */
export async function once(context: Context, change: Change, work: Work): Promise<CallAnswer> {
  const { key } = change;
  if (key === undefined) return work();
  if (key === "" || key.length > 255) return no(400, "Idempotency keys have 1 to 255 characters.");
  if (context.inProgress.has(key)) {
    return no(409, "There is currently another in-progress request using this Idempotency-Key.", {
      type: "idempotency_error",
      code: "idempotency_key_in_use",
    });
  }
  const known = context.books.remembered.get(key);
  if (known && secondsNow(context) - known.at < KEPT_SECONDS) {
    return known.fingerprint === fingerprintOf(change) ? again(known) : OTHER_REQUEST;
  }
  context.inProgress.add(key);
  try {
    return await work();
  } finally {
    context.inProgress.delete(key);
  }
}

export const OTHER_REQUEST: CallAnswer = no(
  400,
  "Keys for idempotent requests can only be used with the same parameters they were first used with.",
  { type: "idempotency_error" },
);

const again = ({ answer, requestId }: { answer: Body; requestId: string }): CallAnswer =>
  ok(answer, { "idempotent-replayed": "true", "original-request": requestId });

/** Keeps what was carried out, before anything may become of its answer on the way out. */
export function remember(context: Context, change: Change, answer: Body): CallAnswer {
  const { key } = change;
  if (key !== undefined) {
    const known = { key, fingerprint: fingerprintOf(change), requestId: newId("req"), answer, at: secondsNow(context) };
    context.books.remembered.set(key, known);
  }
  return ok(answer);
}

const fingerprintOf = ({ path, text }: Change): string => createHash("sha256").update(`${path}\n${text}`).digest("hex");
