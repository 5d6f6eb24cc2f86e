import { codeOf } from "../error-code.ts";

/** How one HTTP call ended, before anybody says what it means. `body` is undefined when it cannot be read. */
export type Reply =
  | {
      readonly is: "answered";
      readonly status: number;
      readonly body: unknown;
      readonly retryAfterSeconds: number | null;
    }
  /** No connection came about, so nothing was asked. */
  | { readonly is: "not_sent" }
  | { readonly is: "silent"; readonly timedOut: boolean };

type Call = {
  readonly method: "GET" | "POST";
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly timeoutMs: number;
};

/** Errors that come up before a connection exists. Every other error may have followed the request. */
const BEFORE_SENDING = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"]);

/** An honest answer has a few hundred bytes; a longer one is not read to its end. */
const MOST_BYTES = 256 * 1024;

/** Asks once, within one time limit for the answer and its body. A redirect is not followed: it would carry the token away. */
export async function call({ method, url, headers, body, timeoutMs }: Call): Promise<Reply> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      method,
      headers,
      signal,
      redirect: "error",
      ...(body === undefined ? {} : { body }),
    });
    return {
      is: "answered",
      status: response.status,
      body: await readJson(response),
      retryAfterSeconds: secondsOf(response.headers.get("retry-after")),
    };
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    if (!signal.aborted && BEFORE_SENDING.has(codeOf(cause) ?? "")) return { is: "not_sent" };
    return { is: "silent", timedOut: signal.aborted };
  }
}

/** The status of an answer counts even when its body broke off, so a body that cannot be read is undefined, not an error. */
async function readJson(response: Response): Promise<unknown> {
  const stream: AsyncIterable<Uint8Array> | null = response.body;
  const parts: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const part of stream ?? []) {
      bytes += part.length;
      if (bytes > MOST_BYTES) return undefined;
      parts.push(part);
    }
    return JSON.parse(Buffer.concat(parts).toString("utf8"));
  } catch {
    return undefined;
  }
}

/** `Retry-After` as seconds: a count of seconds or a date, at most a day. */
function secondsOf(header: string | null): number | null {
  if (header === null) return null;
  const seconds = /^\d{1,9}$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.min(Math.max(Math.ceil(seconds), 0), 86_400) : null;
}
