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

/** Who takes the customers' money, and how far each contract can be trusted. */
function providersOf({ vpos, stripe, ipay }: Config): readonly (readonly [string, string])[] {
  const accounts = stripe.map(
    ({ account, secretKey }) => `${account}${/^[sr]k_test_/.test(secretKey) ? ", test mode" : ""}`,
  );
  return [
    ...(vpos.is === "live" ? [["VPOS.am", `${real(vpos.baseUrl)}; ${ASSUMED}`] as const] : []),
    ...(vpos.is === "stand-in" ? [["VPOS.am", `stand-in, no real money moves; ${ASSUMED}`] as const] : []),
    ...(stripe.length > 0
      ? [
          [
            "Stripe",
            `${real(stripe[0]?.apiUrl ?? "https://api.stripe.com")}; accounts: ${accounts.join("; ")}`,
          ] as const,
        ]
      : []),
    ...(ipay ? [["ArCa iPay", `${real(ipay.baseUrl)}; ${ASSUMED}`] as const] : []),
  ];
}
