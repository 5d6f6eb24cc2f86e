import { ConfigError } from "../config.ts";
import type { Policy } from "../../domain/policy.ts";
import type { Clock, Heard, Provider, Providers } from "../ports.ts";
import { guarded } from "../providers/guarded/guarded.ts";
import { createProviders, NoSuchProvider } from "../providers/providers.ts";
import { ipayManual1551 } from "../providers/ipay/contract.ts";
import { createVpos } from "../providers/vpos/client.ts";
import type { Parts } from "./parts.ts";

type Around = {
  readonly policy: Policy;
  readonly clock: Clock;
  /** How long a provider may take to answer; by default as long as its adapter says. */
  readonly providerTimeoutMs?: number;
  /** Told when a provider falls silent and when it answers again. */
  readonly heard: (heard: Heard) => void;
};

/**
 * Every account of the merchant with every provider, each behind a breaker of its own. The adapters that are not used are
 * not loaded. Throws a `ConfigError` when the policy names one that is not there.
 */
export async function assembleProviders(parts: Parts, around: Around): Promise<Providers> {
  const { policy, clock, heard, providerTimeoutMs: timeoutMs } = around;
  const limit: Limit = timeoutMs === undefined ? {} : { timeoutMs };
  const made = [
    ...(parts.vpos ? [createVpos({ ...parts.vpos, ...limit })] : []),
    ...(await stripeOf(parts, limit)),
    ...(await ipayOf(parts, clock, limit)),
  ];
  const [first, ...others] = made.map((provider) => guarded(provider, { clock, heard }));
  if (!first)
    throw new ConfigError(["No payment provider is set up: set VPOS_BASE_URL, STRIPE_SECRET_KEY or IPAY_BASE_URL."]);
  const providers = createProviders([first, ...others]);
  checkPolicy(policy, providers);
  return providers;
}

type Limit = { readonly timeoutMs?: number };

async function stripeOf({ stripe }: Parts, limit: Limit): Promise<readonly Provider[]> {
  if (stripe.length === 0) return [];
  const { createStripe } = await import("../providers/stripe/client.ts");
  return stripe.map(({ apiUrl, ...account }) =>
    createStripe({ ...account, ...limit, ...(apiUrl === null ? {} : { apiUrl }) }),
  );
}

async function ipayOf({ ipay }: Parts, clock: Clock, limit: Limit): Promise<readonly Provider[]> {
  if (!ipay) return [];
  const { createIpay } = await import("../providers/ipay/client.ts");
  const { formUrl: formUrlTemplate, ...account } = ipay;
  return [createIpay({ ...account, ...limit, clock, contract: { ...ipayManual1551, formUrlTemplate } })];
}

/** A policy that sends customers to a provider that is not there is found at the start, not at somebody's Pay. */
function checkPolicy(policy: Policy, providers: Providers): void {
  try {
    for (const { provider } of [policy, ...policy.overrides.map(({ terms }) => terms)]) {
      if (provider !== undefined) providers.chosen(provider);
    }
  } catch (error) {
    if (!(error instanceof NoSuchProvider)) throw error;
    throw new ConfigError([`POLICY_FILE: ${error.message}.`]);
  }
}
