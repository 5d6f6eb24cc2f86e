import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { text } from "node:stream/consumers";

/** What the bot's server answered, or the problem that kept it from answering. */
export type Posted =
  | { readonly status: number; readonly reason: string; readonly body: string; readonly retryAfter: number | null }
  | { readonly status: null; readonly problem: string };

export type Poster = {
  post(url: string, headers: Record<string, string>, body: string): Promise<Posted>;
  /** Cuts every connection, the waiting ones too. */
  close(): void;
};

const MOST_RETRY_AFTER_S = 3600;

/** Posts JSON over connections that stay open, as Telegram does. */
export function createPoster(timeoutMs: number): Poster {
  const plain = new HttpAgent({ keepAlive: true });
  const secure = new HttpsAgent({ keepAlive: true });
  return {
    post: (url, headers, body) =>
      new Promise((resolve) => {
        const options = { method: "POST", headers: { ...headers, "content-length": Buffer.byteLength(body) } };
        const request = url.startsWith("https:")
          ? httpsRequest(url, { ...options, agent: secure })
          : httpRequest(url, { ...options, agent: plain });
        const fail = (problem: string): void => resolve({ status: null, problem });
        request.setTimeout(timeoutMs, () => request.destroy(new Error("Read timeout expired")));
        request.on("error", (error) => fail(problemOf(error)));
        request.on("response", (response) => {
          read(response).then(resolve, (error: unknown) => fail(problemOf(error)));
        });
        request.end(body);
      }),
    close() {
      plain.destroy();
      secure.destroy();
    },
  };
}

async function read(response: IncomingMessage): Promise<Posted> {
  const body = await text(response);
  const seconds = Number(response.headers["retry-after"] ?? Number.NaN);
  const retryAfter = Number.isFinite(seconds) ? Math.min(MOST_RETRY_AFTER_S, Math.max(0, seconds)) : null;
  return { status: response.statusCode ?? 0, reason: response.statusMessage ?? "", body, retryAfter };
}

function problemOf(error: unknown): string {
  if (!(error instanceof Error)) return "Connection failed";
  if ("code" in error && error.code === "ECONNREFUSED") return "Connection refused";
  if ("code" in error && error.code === "ECONNRESET") return "Connection closed";
  return error.message;
}
