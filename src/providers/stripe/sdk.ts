import { Stripe } from "stripe";

export type StripeOptions = {
  readonly secretKey: string;
  /** Any of them may have signed a webhook, so that a secret can be rolled without losing one. */
  readonly webhookSecrets: readonly string[];
  /** Our name for this account of the merchant's; the main one unless told. */
  readonly account?: string;
  /** The origin; Stripe's own unless told. */
  readonly apiUrl?: string;
  /** One limit for every call; by default 10 s for what changes something and 5 s for what only reads. */
  readonly timeoutMs?: number;
};

/** Within how many milliseconds Stripe must have answered. */
export type Patience = { readonly changeMs: number; readonly readMs: number };

export type Sdk = InstanceType<typeof Stripe>;

/** A page of a hundred movements with their charges has about half a megabyte; a longer answer is not read to its end. */
const MOST_BYTES = 4 * 1024 * 1024;

/**
 * Stripe's SDK, without what it would do behind our back: it repeats nothing (who repeats is decided elsewhere), measures
 * nothing, and follows no redirect, which would carry the key away.
 */
export function openSdk({ secretKey, apiUrl }: StripeOptions): Sdk {
  return new Stripe(secretKey, {
    maxNetworkRetries: 0,
    telemetry: false,
    httpClient: Stripe.createFetchHttpClient(carefulFetch),
    ...(apiUrl === undefined ? {} : placeOf(apiUrl)),
  });
}

function placeOf(apiUrl: string): { host: string; port: number; protocol: "http" | "https" } {
  const { protocol, hostname, port } = new URL(apiUrl);
  const isPlain = protocol === "http:";
  return {
    host: hostname,
    port: port === "" ? (isPlain ? 80 : 443) : Number(port),
    protocol: isPlain ? "http" : "https",
  };
}

/** The SDK waits for ever for an answer that is JSON but no object, and fails the process: it is given an empty one. */
async function carefulFetch(...[url, init]: Parameters<typeof fetch>): Promise<Response> {
  const answer = await fetch(url, { ...init, redirect: "error" });
  const text = await textOf(answer);
  const { status, headers } = answer;
  return new Response(isObject(text) ? text : "", { status, headers });
}

async function textOf(answer: Response): Promise<string> {
  const stream: AsyncIterable<Uint8Array> | null = answer.body;
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of stream ?? []) {
    bytes += part.length;
    if (bytes > MOST_BYTES) return "";
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null;
  } catch {
    return false;
  }
}
