import { createHash, timingSafeEqual } from "node:crypto";
import type { Hint, WebhookReading } from "../../ports.ts";
import { signatureOf } from "./contract-signature.ts";
import { type VposContract, vposAssumedV1 } from "./contract.ts";

type Delivery = {
  readonly raw: Buffer;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly now: Date;
};

/**
 * Verifies a webhook over the exact bytes that arrived, and only then reads it. What comes out is a hint to look a
 * payment up, never a payment.
 */
export function readWebhook(
  { raw, headers, now }: Delivery,
  secrets: readonly string[],
  contract: VposContract,
): WebhookReading {
  const scheme = contract.webhook;
  const timestamp = scheme === null ? undefined : headers[scheme.headers.timestamp];
  const signature = scheme === null ? undefined : headers[scheme.headers.signature];
  if (scheme === null || !timestamp || !signature) return rejected("unsigned");
  // Every secret is tried, whichever matches, so that the time says nothing about them.
  const matches = secrets.map((secret) => sameText(signature, signatureOf(scheme, secret, { timestamp, raw })));
  if (!matches.includes(true)) return rejected("wrong_signature");
  if (!isFresh(timestamp, now, scheme.toleranceSec)) return rejected("stale");
  const hint = hintIn(raw, scheme.eventSchema);
  return hint === null ? rejected("unreadable") : { is: "hint", hint };
}

/** The headers of a delivery that is signed as VPOS.am would sign it at this moment. */
export function signForTest(raw: Buffer, secret: string, at: Date): Record<string, string> {
  const scheme = vposAssumedV1.webhook;
  const timestamp = String(Math.floor(at.getTime() / 1000));
  return {
    "content-type": "application/json",
    [scheme.headers.timestamp]: timestamp,
    [scheme.headers.signature]: signatureOf(scheme, secret, { timestamp, raw }),
  };
}

function sameText(received: string, expected: string): boolean {
  const [one, other] = [Buffer.from(received), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}

/** A clock may be ahead as well as behind, so the tolerance holds either way. */
const isFresh = (timestamp: string, now: Date, toleranceSec: number): boolean =>
  /^\d{1,12}$/.test(timestamp) && Math.abs(now.getTime() / 1000 - Number(timestamp)) <= toleranceSec;

/** The id inside the signed body counts, not the one in the header, which anybody could change. */
function hintIn(raw: Buffer, schema: NonNullable<VposContract["webhook"]>["eventSchema"]): Hint | null {
  const read = schema.safeParse(parsed(raw));
  if (!read.success) return null;
  const { id, data } = read.data;
  return {
    eventId: id ?? createHash("sha256").update(raw).digest("hex"),
    reference: data.id,
    orderId: data.merchantOrderId ?? null,
  };
}

function parsed(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString("utf8"));
  } catch {
    return undefined;
  }
}

const rejected = (because: Extract<WebhookReading, { is: "rejected" }>["because"]): WebhookReading => ({
  is: "rejected",
  because,
});
