/** A call that Slack refuses: HTTP 200 with `ok: false`. `details` are the sentences in `response_metadata.messages`. */
export class ApiError extends Error {
  readonly code: string;
  readonly details: readonly string[];
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(code: string, details: readonly string[] = [], extra: Readonly<Record<string, unknown>> = {}) {
    super(`Slack refuses the call: ${[code, ...details].join(" ")}`);
    this.code = code;
    this.details = details;
    this.extra = extra;
  }
}

/** Too many calls: HTTP 429 with `Retry-After`. */
export class RateLimited extends Error {
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number) {
    super(`Slack asks to wait ${retryAfterSeconds} s.`);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
