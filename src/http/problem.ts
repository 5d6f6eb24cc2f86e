import type { FastifyReply, FastifyRequest } from "fastify";

/**
 * Every error that other programs can get from us, as `application/problem+json` (RFC 9457). A code never changes its
 * meaning; the sentence in `detail` may.
 */
export const PROBLEMS = {
  invalid_request: { status: 400, title: "The request cannot be read" },
  invalid_json: { status: 400, title: "The body is not JSON" },
  invalid_decision: { status: 400, title: "The decision has mistakes" },
  invalid_invoice: { status: 400, title: "The invoice has mistakes" },
  unauthorized: { status: 401, title: "A valid token is needed" },
  not_found: { status: 404, title: "There is nothing at this address" },
  invoice_unknown: { status: 404, title: "There is no such invoice" },
  case_unknown: { status: 404, title: "There is no such case" },
  decision_refused: { status: 409, title: "The case cannot be decided like this" },
  method_not_allowed: { status: 405, title: "This address does not take that method" },
  body_too_large: { status: 413, title: "The body is too large" },
  unsupported_media_type: { status: 415, title: "The body has another type than JSON" },
  internal: { status: 500, title: "Something went wrong on our side" },
  unavailable: { status: 503, title: "The service cannot answer now" },
} as const satisfies Record<string, { readonly status: number; readonly title: string }>;

export type ProblemCode = keyof typeof PROBLEMS;

/** One mistake in what was sent: where, and a sentence that says what to do. */
export type Wrong = { readonly path: string; readonly message: string };

type More = { readonly errors?: readonly Wrong[]; readonly headers?: Readonly<Record<string, string>> };

/** For a sender that repeats by itself: the same bytes are welcome again in some seconds. */
export const RETRY_SOON: More = { headers: { "retry-after": "5" } };

/** Thrown where a request cannot be answered. `detail` is a sentence for whoever sent it; it never carries a secret. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly code: ProblemCode;
  readonly more: More;

  constructor(code: ProblemCode, detail: string, more: More = {}) {
    super(detail);
    this.code = code;
    this.more = more;
  }
}

/** Answers with a problem. Its `type` is the place in our documentation where the code is explained. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, { code, message, more }: Problem) {
  const { status, title } = PROBLEMS[code];
  return reply
    .code(status)
    .headers({ ...more.headers, "x-request-id": request.id })
    .type("application/problem+json; charset=utf-8")
    .send(
      JSON.stringify({
        type: `/api/docs#${code}`,
        title,
        status,
        detail: message,
        code,
        requestId: request.id,
        ...(more.errors ? { errors: more.errors } : {}),
      }),
    );
}

/** For `setErrorHandler`: whatever was thrown becomes a problem. What we did not expect is logged and says nothing outside. */
export function answerProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = problemOf(error);
  if (PROBLEMS[problem.code].status >= 500) request.log.error(traceOf(error), "a request could not be answered");
  return sendProblem(request, reply, problem);
}

/** For `setNotFoundHandler`. */
export const answerNotFound = (request: FastifyRequest, reply: FastifyReply): FastifyReply =>
  sendProblem(
    request,
    reply,
    new Problem("not_found", "There is nothing at this address: GET /api/docs lists what there is."),
  );

function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const code = textIn(error, "code");
  const known = FROM_FASTIFY[code];
  if (known) return new Problem(...known);
  const status = numberIn(error, "statusCode");
  if (status >= 400 && status < 500) return new Problem("invalid_request", "The request cannot be read as HTTP.");
  return status === 503
    ? new Problem("unavailable", "The service is starting or stopping: please repeat the request.")
    : new Problem(
        "internal",
        "This was not answered because of a fault of ours. Please repeat it; if it stays, ask with the request id.",
      );
}

/** What Fastify itself throws before a route is asked. */
const FROM_FASTIFY: Readonly<Record<string, readonly [ProblemCode, string]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ["body_too_large", "The body is larger than this address takes."],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ["unsupported_media_type", "Send the body as application/json."],
  FST_ERR_CTP_INVALID_JSON_BODY: ["invalid_json", "The body is not valid JSON."],
  FST_ERR_CTP_EMPTY_JSON_BODY: ["invalid_json", "The body is empty."],
};

/** Where it happened, without the message: that of a database names the values of the statement. */
const traceOf = (error: unknown): object => ({
  error: error instanceof Error ? error.name : typeof error,
  code: textIn(error, "code"),
  at: error instanceof Error ? (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line)) : [],
});

const fieldIn = (error: unknown, name: string): unknown =>
  typeof error === "object" && error !== null ? Reflect.get(error, name) : undefined;

function textIn(error: unknown, name: string): string {
  const value = fieldIn(error, name);
  return typeof value === "string" ? value : "";
}

function numberIn(error: unknown, name: string): number {
  const value = fieldIn(error, name);
  return typeof value === "number" ? value : 0;
}
