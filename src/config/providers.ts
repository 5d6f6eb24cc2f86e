import type { Environment } from "./environment.ts";
import { type Complain, complainOfHalf, type Part, STAND_IN } from "./part.ts";

export type VposConfig =
  | Part<{
      readonly baseUrl: string;
      readonly apiToken: string;
      readonly webhookSecrets: readonly string[];
      /** How many decimals the provider counts in an amount of dram. No default: a wrong guess is a hundredfold error. */
      readonly amdExponent: 0 | 2;
    }>
  /** Another provider is real, so nobody plays this one. */
  | { readonly is: "off" };

export type StripeAccount = {
  readonly account: string;
  readonly secretKey: string;
  readonly webhookSecrets: readonly string[];
  /** Null: Stripe's own. */
  readonly apiUrl: string | null;
};

export type IpayAccount = {
  readonly baseUrl: string;
  readonly userName: string;
  readonly password: string;
  /** The address of the payment page with `{orderId}` in it: how a checkout is found again whose first answer was lost. */
  readonly formUrl: string | null;
};

const NOT_CONFIRMED =
  "VPOS_BASE_URL is a real address, and the VPOS.am contract built in here is assumed, not confirmed by the provider: " +
  "set VPOS_ACCEPT_ASSUMED_CONTRACT=1 only after the onboarding test payment proved it.";

const isAccepted = ({ VPOS_ACCEPT_ASSUMED_CONTRACT }: Environment, baseUrl: string): boolean =>
  VPOS_ACCEPT_ASSUMED_CONTRACT !== undefined || isLoopback(baseUrl);

const amongOthers = ({ STRIPE_SECRET_KEY, IPAY_BASE_URL }: Environment): boolean =>
  STRIPE_SECRET_KEY !== undefined || IPAY_BASE_URL !== undefined;

export function vposPart(env: Environment, complain: Complain, confirmedByProvider: boolean): VposConfig {
  const { VPOS_BASE_URL, VPOS_API_TOKEN, VPOS_WEBHOOK_SECRET, VPOS_AMD_EXPONENT } = env;
  if (VPOS_BASE_URL === undefined) {
    complainOfHalf(complain, "VPOS_BASE_URL", { VPOS_API_TOKEN, VPOS_WEBHOOK_SECRET, VPOS_AMD_EXPONENT });
    return amongOthers(env) ? { is: "off" } : STAND_IN;
  }
  if (VPOS_API_TOKEN === undefined) complain("VPOS_API_TOKEN is missing: VPOS.am gives it at onboarding.");
  if (VPOS_AMD_EXPONENT === undefined) {
    complain("VPOS_AMD_EXPONENT is missing: 0 or 2, as VPOS.am confirms it. A guess would be wrong a hundredfold.");
  }
  if (!confirmedByProvider && !isAccepted(env, VPOS_BASE_URL)) complain(NOT_CONFIRMED);
  return {
    is: "live",
    baseUrl: VPOS_BASE_URL,
    apiToken: VPOS_API_TOKEN ?? "",
    webhookSecrets: VPOS_WEBHOOK_SECRET ?? [],
    amdExponent: VPOS_AMD_EXPONENT === "0" ? 0 : 2,
  };
}

/** Every account with Stripe, the first being the one that is meant where no other is named; none: Stripe is not used. */
export function stripeAccounts(env: Environment, complain: Complain): readonly StripeAccount[] {
  const { STRIPE_SECRET_KEY: keys, STRIPE_WEBHOOK_SECRET: secrets = [], STRIPE_API_URL: apiUrl = null } = env;
  if (keys === undefined) {
    complainOfHalf(complain, "STRIPE_SECRET_KEY", { STRIPE_WEBHOOK_SECRET: env.STRIPE_WEBHOOK_SECRET });
    return [];
  }
  const names = keys.map(({ account }) => account);
  for (const twice of names.filter((name, at) => names.indexOf(name) !== at)) {
    complain(`STRIPE_SECRET_KEY names the account ${twice} twice: one key an account.`);
  }
  for (const { account } of secrets.filter((one) => !names.includes(one.account))) {
    complain(`STRIPE_WEBHOOK_SECRET names the account ${account}, which STRIPE_SECRET_KEY does not.`);
  }
  return keys.map(({ account, value: secretKey }) => ({
    account,
    secretKey,
    webhookSecrets: secrets.filter((one) => one.account === account).map(({ value }) => value),
    apiUrl,
  }));
}

/** The account with a bank on ArCa iPay; null: iPay is not used. */
export function ipayAccount(env: Environment, complain: Complain): IpayAccount | null {
  const { IPAY_BASE_URL: baseUrl, IPAY_USERNAME: userName, IPAY_PASSWORD: password, IPAY_FORM_URL: formUrl } = env;
  if (baseUrl === undefined) {
    complainOfHalf(complain, "IPAY_BASE_URL", {
      IPAY_USERNAME: userName,
      IPAY_PASSWORD: password,
      IPAY_FORM_URL: formUrl,
    });
    return null;
  }
  if (userName === undefined || password === undefined) {
    complain("IPAY_USERNAME and IPAY_PASSWORD are needed with IPAY_BASE_URL: the bank gives both.");
  }
  return { baseUrl, userName: userName ?? "", password: password ?? "", formUrl: formUrl ?? null };
}

const isLoopback = (address: string): boolean =>
  /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(new URL(address).hostname);
