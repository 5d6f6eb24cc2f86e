import { Stripe } from "stripe";
import { codeOf } from "../../error-code.ts";
import type { Answer } from "../../ports.ts";

type StripeError = InstanceType<typeof Stripe.errors.StripeError>;

export type Bad = Exclude<Answer<never>, { is: "happened" }>;

/** What a call was for: `read` asks about something that we know to exist. */
export type Asked = "change" | "read";

/** Errors that come up before a connection exists. Every other error may have followed the request. */
const BEFORE_SENDING = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"]);

/** Another request has the key or the object right now: this one was not begun. */
const BUSY = new Set(["idempotency_key_in_use", "lock_timeout", "rate_limit"]);

/** Refusals that tell a person what to do. Every other code is only quoted. */
const SENTENCES: Readonly<Record<string, string>> = {
  amount_too_small: "Stripe does not take so small an amount.",
  amount_too_large: "Stripe does not take so large an amount.",
  charge_already_refunded: "All of this payment has gone back already.",
  charge_disputed:
    "The cardholder's bank disputes this payment: answer the dispute at Stripe instead of giving it back.",
};

/** What it means that a call threw: every error of the SDK's is one of the three answers that are not "happened". */
export function meaningOf(error: unknown, asked: Asked): Bad {
  if (error instanceof Stripe.errors.StripeConnectionError) return unanswered(error.detail);
  if (!(error instanceof Stripe.errors.StripeError) || error.statusCode === undefined) {
    return unknown("Stripe answered with nothing we can read.");
  }
  if (error.statusCode === 429 || BUSY.has(error.code ?? "")) return busy(error);
  return isNo(error.statusCode, asked) ? refusal(error, error.statusCode) : noAnswer(error, error.statusCode);
}

/** A 4xx is a no, except where it only says that the other side lost sight of what we mean. */
const isNo = (status: number, asked: Asked): boolean =>
  status >= 400 && status < 500 && ![408, 409].includes(status) && !(status === 404 && asked === "read");

const noAnswer = (error: StripeError, status: number): Bad =>
  status === 404
    ? { ...unknown(`Stripe does not know this checkout${quote(error)}. It is not counted as failed.`), heard: true }
    : unknown(`Stripe failed with ${status}${quote(error)}.`);

function unanswered(detail: unknown): Bad {
  const code = codeOf(detail);
  if (code === "ETIMEDOUT") return unknown("Stripe did not answer in time.");
  const cause = detail instanceof Error ? codeOf(detail.cause) : undefined;
  if (cause !== undefined && BEFORE_SENDING.has(cause)) {
    const because = "Stripe could not be reached: no connection came about.";
    return { is: "did_not_happen", because, retryAfterSeconds: null };
  }
  return unknown("The connection broke before Stripe had answered.");
}

function busy(error: StripeError): Bad {
  const because = `Stripe asks us to wait${quote(error)}.`;
  return { is: "did_not_happen", because, retryAfterSeconds: secondsOf(error.headers?.["retry-after"]) };
}

function refusal(error: StripeError, status: number): Bad {
  if (error instanceof Stripe.errors.StripeIdempotencyError) {
    const because = `Stripe already has another request under this idempotency key${quote(error)}. A person must look; no new key is drawn.`;
    return { is: "refused", code: "idempotency_conflict", because, alarm: false, mayExist: true };
  }
  if (status === 401 || status === 403) {
    const because = `Stripe does not accept our key${quote(error)}. Put a valid one into the settings; until then nothing can be issued.`;
    return {
      is: "refused",
      code: status === 401 ? "unauthorized" : "forbidden",
      because,
      alarm: true,
      mayExist: false,
    };
  }
  const code = knownWord(error.code) ?? `http_${status}`;
  const because = `${SENTENCES[code] ?? `Stripe refused the call with ${status}.`}${said(error)}`;
  return { is: "refused", code, because, alarm: false, mayExist: false };
}

export const unknown = (because: string): Extract<Bad, { is: "unknown" }> => ({
  is: "unknown",
  because,
  retryAfterSeconds: null,
});

/** Stripe's code and request id for a support case. Its free text is left out: it may repeat what we sent. */
function quote({ code, requestId }: StripeError): string {
  const parts = [
    knownWord(code) === null ? "" : `code ${code}`,
    requestIdOf(requestId) === null ? "" : `request ${requestId}`,
  ].filter((part) => part !== "");
  return parts.length > 0 ? ` (${parts.join(", ")})` : "";
}

const said = (error: StripeError): string => (quote(error) === "" ? "" : ` Stripe says${quote(error)}.`);

const knownWord = (code: unknown): string | null =>
  typeof code === "string" && /^[a-z][a-z_]{1,60}$/.test(code) ? code : null;

export const requestIdOf = (text: unknown): string | null =>
  typeof text === "string" && /^req_\w{1,60}$/.test(text) ? text : null;

/** `Retry-After` in seconds, at most a day. */
const secondsOf = (header: unknown): number | null =>
  typeof header === "string" && /^\d{1,9}$/.test(header) ? Math.min(Number(header), 86_400) : null;
