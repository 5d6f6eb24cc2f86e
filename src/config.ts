import { z } from "zod";
import { Environment } from "./config/environment.ts";
import { type SlackConfig, slackPart, type TelegramConfig, telegramPart } from "./config/chats.ts";
import {
  type IpayAccount,
  ipayAccount,
  type StripeAccount,
  stripeAccounts,
  type VposConfig,
  vposPart,
} from "./config/providers.ts";

export type Config = {
  readonly production: boolean;
  readonly port: number;
  readonly host: string;
  /** Null: the address this process listens on. */
  readonly publicUrl: string | null;
  readonly databaseUrl: string | undefined;
  readonly dataDir: string;
  readonly policyFile: string | null;
  readonly timeZone: string | null;
  readonly logLevel: string;
  readonly slack: SlackConfig;
  readonly telegram: TelegramConfig;
  readonly vpos: VposConfig;
  /** None: Stripe is not used. */
  readonly stripe: readonly StripeAccount[];
  /** Null: ArCa iPay is not used. */
  readonly ipay: IpayAccount | null;
  readonly apiTokens: readonly string[];
  /** How long the work of a copy that died waits for another one. */
  readonly leaseSeconds: number;
  /** Where `invoice.paid` is sent, signed; null: nowhere. */
  readonly invoiceWebhook: { readonly url: string; readonly secret: string } | null;
};

/** A configuration nobody should start with. Its message is a sentence for each mistake, and never a value. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  /** Each mistake by itself, for whoever does not start anything. */
  readonly sentences: readonly string[];
  constructor(sentences: readonly string[]) {
    super(["paythread does not start:", ...sentences].join("\n  - "));
    this.sentences = sentences;
  }
}

/** A short token can be guessed; outside production a person may use what is easy to type. */
const SHORTEST_TOKEN = 16;

/** The only reader of the environment. Throws a `ConfigError` that names every mistake at once. */
export function readConfig(contract: { readonly confirmedByProvider: boolean }, from = process.env): Config {
  const parsed = Environment.safeParse(from);
  if (!parsed.success) throw new ConfigError(parsed.error.issues.map(sentenceOf));
  const env = parsed.data;
  const mistakes: string[] = [];
  const complain = (sentence: string): void => void mistakes.push(sentence);
  const config: Config = {
    ...processPart(env),
    slack: slackPart(env, complain),
    telegram: telegramPart(env, complain),
    vpos: vposPart(env, complain, contract.confirmedByProvider),
    stripe: stripeAccounts(env, complain),
    ipay: ipayAccount(env, complain),
    invoiceWebhook: invoiceWebhook(env, complain),
  };
  if (config.production) checkProduction(config, env, complain);
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  return config;
}

type PartName = "slack" | "telegram" | "vpos" | "stripe" | "ipay" | "invoiceWebhook";

const processPart = (env: Environment): Omit<Config, PartName> => ({
  production: env.NODE_ENV === "production",
  port: env.PORT,
  host: env.HOST,
  publicUrl: env.PUBLIC_URL ?? null,
  databaseUrl: env.DATABASE_URL,
  dataDir: env.DATA_DIR,
  policyFile: env.POLICY_FILE ?? null,
  timeZone: env.MERCHANT_TIMEZONE ?? null,
  logLevel: env.LOG_LEVEL,
  apiTokens: env.API_TOKENS,
  leaseSeconds: env.LEASE_SECONDS,
});

const sentenceOf = ({ path, message }: z.core.$ZodIssue): string => `${path.join(".")} ${message}.`;

function invoiceWebhook(env: Environment, complain: (sentence: string) => void): Config["invoiceWebhook"] {
  const { INVOICE_WEBHOOK_URL: url, INVOICE_WEBHOOK_SECRET: secret } = env;
  if (url === undefined && secret === undefined) return null;
  if (url !== undefined && secret !== undefined) return { url, secret };
  const [set, missing] = url === undefined ? ["SECRET", "URL"] : ["URL", "SECRET"];
  complain(`INVOICE_WEBHOOK_${set} is set but INVOICE_WEBHOOK_${missing} is not: set both, or neither.`);
  return null;
}

function checkProduction(config: Config, env: Environment, complain: (sentence: string) => void): void {
  const standIns = (["slack", "telegram", "vpos"] as const).filter((part) => config[part].is === "stand-in");
  if (standIns.length > 0 && env.SANDBOX === undefined) {
    complain(`${standIns.join(", ")} would run as a stand-in in production: set its settings, or SANDBOX=1 to play.`);
  }
  if (config.publicUrl === null) complain("PUBLIC_URL is missing: links for customers are built from it alone.");
  if (config.apiTokens.some((token) => token.length < SHORTEST_TOKEN)) {
    complain(`API_TOKENS has a token of fewer than ${SHORTEST_TOKEN} characters: it can be guessed.`);
  }
}
