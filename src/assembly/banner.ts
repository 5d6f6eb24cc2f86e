import type { Config } from "../config.ts";

type Facts = {
  readonly config: Config;
  readonly address: string;
  readonly publicUrl: string;
  readonly database: string;
  readonly workbench: string | null;
  readonly startedInMs: number;
};

/** What a person sees first: what is real, what is a stand-in, and where to go. */
export function banner({ config, address, publicUrl, database, workbench, startedInMs }: Facts): string {
  const { slack, telegram } = config;
  return [
    `paythread is ready in ${startedInMs} ms at ${address}`,
    "",
    `  Slack      ${slack.is === "live" ? `real (${new URL(slack.apiUrl).host})` : "stand-in"}`,
    `  Telegram   ${telegram.is === "live" ? `real (${new URL(telegram.apiRoot).host})` : "stand-in"}`,
    ...providersOf(config).map(([name, what]) => `  ${name.padEnd(10)} ${what}`),
    `  Database   ${database}`,
    `  Links      ${publicUrl}/p/...`,
    `  API        ${publicUrl}/api/docs${config.apiTokens.length === 0 ? " (no API_TOKENS set: calls are refused)" : ""}`,
    ...(workbench === null ? [] : ["", `  Workbench  ${workbench}`]),
    "",
  ].join("\n");
}

const ASSUMED = "contract assumed, not confirmed by the provider";

const real = (baseUrl: string): string => `real (${new URL(baseUrl).host})`;

const ASKING = "its payments are found by asking only";

/** What it means when nobody could sign a webhook: each is turned away. */
const unheard = (secrets: readonly string[]): readonly string[] =>
  secrets.length === 0 ? [`no webhook secret: ${ASKING}`] : [];

/** Who takes the customers' money, how far each contract can be trusted, and who does not tell us of payments. */
const providersOf = ({ vpos, stripe, ipay }: Config): readonly (readonly [string, string])[] => [
  ...(vpos.is === "live"
    ? [["VPOS.am", [real(vpos.baseUrl), ASSUMED, ...unheard(vpos.webhookSecrets)].join("; ")] as const]
    : []),
  ...(vpos.is === "stand-in" ? [["VPOS.am", `stand-in, no real money moves; ${ASSUMED}`] as const] : []),
  ...(stripe.length > 0 ? [["Stripe", stripeLine(stripe)] as const] : []),
  ...(ipay ? [["ArCa iPay", ipayLine(ipay)] as const] : []),
];

const ipayLine = ({ baseUrl, formUrl }: NonNullable<Config["ipay"]>): string =>
  [real(baseUrl), ASSUMED, ...(formUrl === null ? [NO_FORM] : []), `it sends no webhooks: ${ASKING}`].join("; ");

/** iPay tells the address of an order's page once, and nothing that it publishes says how it is made. */
const NO_FORM =
  "no IPAY_FORM_URL: where the answer that opens a checkout is lost, its customer cannot pay until a person has looked";

const stripeLine = (accounts: Config["stripe"]): string =>
  `${real(accounts[0]?.apiUrl ?? "https://api.stripe.com")}; accounts: ${accounts.map(stripeAccount).join(", ")}`;

function stripeAccount({ account, secretKey, webhookSecrets }: Config["stripe"][number]): string {
  const remarks = [...(/^[sr]k_test_/.test(secretKey) ? ["test mode"] : []), ...unheard(webhookSecrets)];
  return remarks.length === 0 ? account : `${account} (${remarks.join("; ")})`;
}
