import { MAIN_ACCOUNT } from "../../../domain/account.ts";
import type { Provider } from "../../ports.ts";
import { check } from "./check.ts";
import { close } from "./close.ts";
import { lookUp } from "./look-up.ts";
import { movements } from "./movements.ts";
import { open } from "./open.ts";
import { refund } from "./refund.ts";
import { openSdk, type Patience, type StripeOptions } from "./sdk.ts";
import { readWebhook } from "./webhook.ts";

export type { StripeOptions } from "./sdk.ts";

/** It can do everything a provider can. */
type StripeProvider = Required<Omit<Provider, "features">>;

/** Stripe as a payment provider: one hosted Checkout Session for each attempt, in one of the merchant's accounts. */
export function createStripe(options: StripeOptions): StripeProvider {
  const { secretKey, webhookSecrets, account = MAIN_ACCOUNT, timeoutMs } = options;
  if (secretKey === "") throw new Error("The Stripe secret key is empty. Set STRIPE_SECRET_KEY.");
  if (webhookSecrets.some((secret) => secret.trim() === "")) {
    throw new Error("A Stripe webhook secret is empty, so anybody could sign with it. Correct STRIPE_WEBHOOK_SECRET.");
  }
  const sdk = openSdk(options);
  const patience: Patience = { changeMs: timeoutMs ?? 10_000, readMs: timeoutMs ?? 5000 };
  return {
    name: "stripe",
    account,
    open: (request) => open(sdk, request, patience),
    lookUp: (reference) => lookUp(sdk, reference, patience),
    close: (reference) => close(sdk, reference, patience),
    refund: { partial: true, ask: (request) => refund(sdk, request, patience) },
    movements: (from, until) => movements(sdk, { from, until }, patience),
    check: () => check(sdk, patience),
    readWebhook: (raw, headers, now) => readWebhook({ raw, headers, now }, webhookSecrets),
  };
}
