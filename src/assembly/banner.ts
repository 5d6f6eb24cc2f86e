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
  const { slack, telegram, vpos } = config;
  return [
    `paythread is ready in ${startedInMs} ms at ${address}`,
    "",
    `  Slack      ${slack.is === "live" ? `real (${new URL(slack.apiUrl).host})` : "stand-in"}`,
    `  Telegram   ${telegram.is === "live" ? `real (${new URL(telegram.apiRoot).host})` : "stand-in"}`,
    `  VPOS.am    ${vpos.is === "live" ? `real (${new URL(vpos.baseUrl).host})` : "stand-in, no real money moves"}; contract assumed, not confirmed by the provider`,
    `  Database   ${database}`,
    `  Links      ${publicUrl}/p/...`,
    `  API        ${publicUrl}/api/docs${config.apiTokens.length === 0 ? " (no API_TOKENS set: calls are refused)" : ""}`,
    ...(workbench === null ? [] : ["", `  Workbench  ${workbench}`]),
    "",
  ].join("\n");
}
