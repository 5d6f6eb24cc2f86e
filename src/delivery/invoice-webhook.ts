import { Webhook } from "standardwebhooks";

/** What happened to an invoice, for the merchant's own system. `invoice` is what GET of the same invoice answers. */
export type InvoiceEvent = {
  /** The same for every try, so that the receiver can tell a repetition: the outbox's idempotency key. */
  readonly id: string;
  readonly type: "invoice.paid";
  /** When it became true. */
  readonly timestamp: Date;
  readonly invoice: Readonly<Record<string, unknown>>;
};

type Settings = {
  readonly url: string;
  /** `whsec_` and base64, as Standard Webhooks writes it. */
  readonly secret: string;
  readonly timeoutMs?: number;
  readonly clock?: () => Date;
};

/** The receiver did not take an event. `again` and `retryAfterSeconds` are for the outbox. */
export class WebhookNotTaken extends Error {
  override readonly name = "WebhookNotTaken";
  readonly again: boolean;
  readonly retryAfterSeconds: number | undefined;

  constructor(sentence: string, more: { again: boolean; retryAfterSeconds?: number | undefined; cause?: unknown }) {
    super(sentence, { cause: more.cause });
    this.again = more.again;
    this.retryAfterSeconds = more.retryAfterSeconds;
  }
}

const TIMEOUT_MS = 10_000;

/**
 * Tells the merchant's system of an event, signed as Standard Webhooks describes (standardwebhooks.com). Ends when the
 * receiver answered 2xx, and throws otherwise. Its address is in no error: it may carry a secret.
 */
export function createInvoiceWebhook({ url, secret, timeoutMs = TIMEOUT_MS, clock = () => new Date() }: Settings) {
  const signer = new Webhook(secret);
  return async (event: InvoiceEvent, stop?: AbortSignal): Promise<void> => {
    const body = JSON.stringify({
      type: event.type,
      timestamp: event.timestamp.toISOString(),
      data: event.invoice,
    });
    // The time of this try, not of the event: receivers refuse what was signed long ago, and a repetition is signed anew.
    const now = clock();
    const headers = {
      "content-type": "application/json",
      "user-agent": "paythread",
      "webhook-id": event.id,
      "webhook-timestamp": `${Math.floor(now.getTime() / 1000)}`,
      "webhook-signature": signer.sign(event.id, now, body),
    };
    const timeout = AbortSignal.timeout(timeoutMs);
    const signal = stop ? AbortSignal.any([stop, timeout]) : timeout;
    const answer = await post(url, { method: "POST", headers, body, redirect: "manual", signal });
    await answer.body?.cancel();
    if (!answer.ok) throw notTaken(answer, now);
  };
}

/** No answer in time, or no connection. The receiver may have taken it: the same id tells it so the next time. */
async function post(url: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(url, request);
  } catch (cause) {
    throw new WebhookNotTaken("The invoice webhook did not answer.", { again: true, cause });
  }
}

/** A receiver that says no to this very event will say no again; 408 and 429 only ask for another time. */
function notTaken({ status, headers }: Response, now: Date): WebhookNotTaken {
  if (status >= 300 && status < 400) {
    const sentence = `The invoice webhook answered ${status}: a redirect is not followed, INVOICE_WEBHOOK_URL must be the address itself.`;
    return new WebhookNotTaken(sentence, { again: true });
  }
  const again = status >= 500 || status === 408 || status === 429;
  const retryAfterSeconds = again ? waitAsked(headers.get("retry-after"), now) : undefined;
  return new WebhookNotTaken(`The invoice webhook answered ${status}.`, { again, retryAfterSeconds });
}

/** `Retry-After` is a number of seconds or a date (RFC 9110, section 10.2.3). */
function waitAsked(header: string | null, now: Date): number | undefined {
  if (header === null) return undefined;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header);
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - now.getTime()) / 1000));
}
