import type { Environment } from "./environment.ts";

/** A part of the product is real, or a stand-in on this machine. Half-set it is neither, and nothing starts. */
export type Part<Live> = (Live & { readonly is: "live" }) | { readonly is: "stand-in" };

export type SlackConfig = Part<{
  readonly botToken: string;
  /** Requests come over HTTP and are signed with it; null: Socket Mode, for development. */
  readonly signingSecret: string | null;
  readonly appToken: string | null;
  readonly apiUrl: string;
  readonly opsChannel: string | null;
}>;

export type TelegramConfig = Part<{
  readonly botToken: string;
  /** Null: long polling. */
  readonly webhookSecret: string | null;
  readonly apiRoot: string;
  readonly opsChat: string | null;
}>;

export type VposConfig = Part<{
  readonly baseUrl: string;
  readonly apiToken: string;
  readonly webhookSecrets: readonly string[];
  /** How many decimals the provider counts in an amount of dram. No default: a wrong guess is a hundredfold error. */
  readonly amdExponent: 0 | 2;
}>;

const STAND_IN = { is: "stand-in" } as const;

/** Collects what is wrong, so that a person mends everything at once. */
type Complain = (sentence: string) => void;

export function slackPart(env: Environment, complain: Complain): SlackConfig {
  const { SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET, SLACK_APP_TOKEN, SLACK_OPS_CHANNEL, SLACK_API_URL } = env;
  if (SLACK_BOT_TOKEN === undefined) {
    complainOfHalf(complain, "SLACK_BOT_TOKEN", {
      SLACK_SIGNING_SECRET,
      SLACK_APP_TOKEN,
      SLACK_OPS_CHANNEL,
      SLACK_API_URL,
    });
    return STAND_IN;
  }
  if (SLACK_SIGNING_SECRET === undefined && SLACK_APP_TOKEN === undefined) {
    complain("SLACK_SIGNING_SECRET is missing: without it nobody can tell Slack's requests from forged ones.");
  }
  if (SLACK_SIGNING_SECRET === undefined && env.NODE_ENV === "production") {
    complain("SLACK_APP_TOKEN alone means Socket Mode, which is for development: set SLACK_SIGNING_SECRET.");
  }
  return {
    is: "live",
    botToken: SLACK_BOT_TOKEN,
    signingSecret: SLACK_SIGNING_SECRET ?? null,
    appToken: SLACK_APP_TOKEN ?? null,
    apiUrl: SLACK_API_URL ?? "https://slack.com/api/",
    opsChannel: SLACK_OPS_CHANNEL ?? null,
  };
}

export function telegramPart(env: Environment, complain: Complain): TelegramConfig {
  const { TELEGRAM_BOT_TOKEN, TELEGRAM_WEBHOOK_SECRET, TELEGRAM_OPS_CHAT, TELEGRAM_API_ROOT } = env;
  if (TELEGRAM_BOT_TOKEN === undefined) {
    complainOfHalf(complain, "TELEGRAM_BOT_TOKEN", { TELEGRAM_WEBHOOK_SECRET, TELEGRAM_OPS_CHAT, TELEGRAM_API_ROOT });
    return STAND_IN;
  }
  return {
    is: "live",
    botToken: TELEGRAM_BOT_TOKEN,
    webhookSecret: TELEGRAM_WEBHOOK_SECRET ?? null,
    apiRoot: TELEGRAM_API_ROOT ?? "https://api.telegram.org",
    opsChat: TELEGRAM_OPS_CHAT ?? null,
  };
}

export function vposPart(env: Environment, complain: Complain, confirmedByProvider: boolean): VposConfig {
  const { VPOS_BASE_URL, VPOS_API_TOKEN, VPOS_WEBHOOK_SECRET, VPOS_AMD_EXPONENT, VPOS_ACCEPT_ASSUMED_CONTRACT } = env;
  if (VPOS_BASE_URL === undefined) {
    complainOfHalf(complain, "VPOS_BASE_URL", { VPOS_API_TOKEN, VPOS_WEBHOOK_SECRET, VPOS_AMD_EXPONENT });
    return STAND_IN;
  }
  if (VPOS_API_TOKEN === undefined) complain("VPOS_API_TOKEN is missing: VPOS.am gives it at onboarding.");
  if (VPOS_AMD_EXPONENT === undefined) {
    complain("VPOS_AMD_EXPONENT is missing: 0 or 2, as VPOS.am confirms it. A guess would be wrong a hundredfold.");
  }
  if (!confirmedByProvider && !isLoopback(VPOS_BASE_URL) && VPOS_ACCEPT_ASSUMED_CONTRACT === undefined) {
    complain(
      "VPOS_BASE_URL is a real address, and the VPOS.am contract built in here is assumed, not confirmed by the provider: " +
        "set VPOS_ACCEPT_ASSUMED_CONTRACT=1 only after the onboarding test payment proved it.",
    );
  }
  return {
    is: "live",
    baseUrl: VPOS_BASE_URL,
    apiToken: VPOS_API_TOKEN ?? "",
    webhookSecrets: VPOS_WEBHOOK_SECRET ?? [],
    amdExponent: VPOS_AMD_EXPONENT === "0" ? 0 : 2,
  };
}

const isLoopback = (address: string): boolean =>
  /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(new URL(address).hostname);

function complainOfHalf(complain: Complain, missing: string, others: Readonly<Record<string, unknown>>): void {
  const set = Object.entries(others).filter(([, value]) => value !== undefined);
  const [first] = set.map(([name]) => name);
  if (first !== undefined) complain(`${first} is set but ${missing} is not: set both, or neither for the stand-in.`);
}
