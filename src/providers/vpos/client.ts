import { MAIN_ACCOUNT } from "../../../domain/account.ts";
import { type Answer, type Checkout, type CheckoutRequest, type PaymentReport, type Provider } from "../../ports.ts";
import { call, type Reply } from "../call.ts";
import type { AmdExponent } from "./contract-scale.ts";
import type { CreateRequest } from "./contract-schemas.ts";
import { type VposContract, vposAssumedV1 } from "./contract.ts";
import { meaningOf } from "./meaning.ts";
import { toReport, toVposMinor } from "./normalise.ts";
import { toCheckout } from "./session.ts";
import { readWebhook } from "./webhook.ts";

export type VposOptions = {
  /** The origin, such as `https://api.vpos.am`. */
  readonly baseUrl: string;
  readonly apiToken: string;
  /** Any of them may have signed a webhook, so that a secret can be changed without losing one. */
  readonly webhookSecrets: readonly string[];
  /** Decimals of the dram in `amountMinor`. A wrong value is a hundredfold error, so there is no default. */
  readonly amdExponent: AmdExponent;
  readonly contract?: VposContract;
  /** One limit for both calls; by default 10 s to open a checkout and 5 s to look one up. */
  readonly timeoutMs?: number;
};

const OPEN_WITHIN_MS = 10_000;
const LOOK_UP_WITHIN_MS = 5000;

/** It has no published call to close a checkout, to refund or to list a day. */
type Vpos = Provider & Pick<Required<Provider>, "features" | "readWebhook">;

/** VPOS.am as a payment provider, by the contract given (the assumed one unless told). */
export function createVpos(options: VposOptions): Vpos {
  const { apiToken, webhookSecrets, contract = vposAssumedV1 } = options;
  if (apiToken === "") throw new Error("The VPOS.am API token is empty. Set VPOS_API_TOKEN.");
  if (webhookSecrets.includes("")) {
    throw new Error("A VPOS.am webhook secret is empty, so anybody could sign with it. Correct VPOS_WEBHOOK_SECRET.");
  }
  return {
    name: "vpos",
    account: MAIN_ACCOUNT,
    open: (request) => open(request, options, contract),
    lookUp: (reference) => lookUp(reference, options, contract),
    features: () => features(options, contract),
    readWebhook: (raw, headers, now) => readWebhook({ raw, headers, now }, webhookSecrets, contract),
  };
}

async function open(request: CheckoutRequest, options: VposOptions, contract: VposContract): Promise<Answer<Checkout>> {
  const amountMinor = toVposMinor(request.amount, options.amdExponent);
  if (amountMinor === null) {
    return notAsked("amount_not_whole", "VPOS.am takes whole drams only, and this amount has a fraction.");
  }
  if (!contract.idempotency.form.test(request.idempotencyKey)) {
    return notAsked("idempotency_key_unfit", "The idempotency key must have 1 to 255 printable ASCII characters.");
  }
  const { method, path, successStatuses } = contract.createSession;
  const body = bodyOf(request, amountMinor, contract);
  const reply = await call({
    method,
    url: new URL(path, options.baseUrl),
    headers: {
      ...bearer(options),
      "content-type": "application/json",
      [contract.idempotency.header]: request.idempotencyKey,
    },
    body: JSON.stringify(body),
    timeoutMs: options.timeoutMs ?? OPEN_WITHIN_MS,
  });
  const read = contract.createSession.responseSchema.safeParse(succeeded(reply, successStatuses));
  return read.success ? toCheckout(contract.createSession.pick(read.data), body) : meaningOf(reply, "create", contract);
}

async function lookUp(reference: string, options: VposOptions, contract: VposContract): Promise<Answer<PaymentReport>> {
  const path = contract.lookup.pathTemplate.replace("{paymentId}", () => encodeURIComponent(reference));
  const reply = await call({
    method: contract.lookup.method,
    url: new URL(path, options.baseUrl),
    headers: bearer(options),
    timeoutMs: options.timeoutMs ?? LOOK_UP_WITHIN_MS,
  });
  const read = contract.lookup.responseSchema.safeParse(succeeded(reply, [200]));
  if (!read.success) return meaningOf(reply, "lookup", contract);
  const view = contract.lookup.pick(read.data);
  if (view.reference !== reference) {
    return { is: "unknown", because: "VPOS.am answered about another payment than ours.", retryAfterSeconds: null };
  }
  return { is: "happened", value: toReport(view, contract, options.amdExponent), requestId: view.requestId };
}

/** The flags of our payment method in the capability matrix. A flag that is missing or odd is off; a payment never asks. */
async function features(options: VposOptions, contract: VposContract): Promise<Answer<Record<string, boolean>>> {
  const { path, responseSchema, keyMap } = contract.capabilities;
  const reply = await call({
    method: "GET",
    url: new URL(path, options.baseUrl),
    headers: bearer(options),
    timeoutMs: options.timeoutMs ?? LOOK_UP_WITHIN_MS,
  });
  const read = responseSchema.safeParse(succeeded(reply, [200]));
  if (!read.success) return meaningOf(reply, "lookup", contract);
  const ours = read.data.providers.find(({ id }) => id === contract.createSession.provider)?.capabilities ?? {};
  const flags = Object.entries(keyMap).map(([name, key]): [string, boolean] => [name, ours[key] === true]);
  return { is: "happened", value: Object.fromEntries<boolean>(flags), requestId: null };
}

const bodyOf = (request: CheckoutRequest, amountMinor: number, contract: VposContract): CreateRequest => ({
  merchantOrderId: request.orderId,
  amountMinor,
  currency: request.amount.currency,
  provider: contract.createSession.provider,
  returnUrl: request.returnUrl,
  metadata: { linkId: request.linkId, attemptId: request.attemptId },
});

const bearer = ({ apiToken }: VposOptions): Record<string, string> => ({
  authorization: `Bearer ${apiToken}`,
  accept: "application/json",
});

/** The body of a success; undefined, which no schema accepts, for everything else. */
const succeeded = (reply: Reply, statuses: readonly number[]): unknown =>
  reply.is === "answered" && statuses.includes(reply.status) ? reply.body : undefined;

const notAsked = (code: string, because: string): Answer<never> => ({
  is: "refused",
  code,
  because,
  alarm: false,
  mayExist: false,
});
