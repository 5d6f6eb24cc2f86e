import type { Config } from "../config.ts";
import type { SlackConfig, TelegramConfig, VposConfig } from "../config/parts.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";

type Live<Part> = Omit<Extract<Part, { is: "live" }>, "is">;

/** The settings of each part as it runs: the real one's, or its stand-in's on this machine. */
export type Parts = {
  readonly slack: Live<SlackConfig>;
  readonly telegram: Live<TelegramConfig>;
  readonly vpos: Live<VposConfig>;
};

/** A stand-in is spoken to like the real one: over HTTP, with a token and a secret. Nothing else knows the difference. */
export const partsOf = (config: Config, sandbox: Sandbox): Parts => ({
  slack: config.slack.is === "live" ? config.slack : slackStandIn(sandbox),
  telegram: config.telegram.is === "live" ? config.telegram : telegramStandIn(sandbox),
  vpos: config.vpos.is === "live" ? config.vpos : vposStandIn(sandbox),
});

function slackStandIn({ slack }: Sandbox): Parts["slack"] {
  const { botToken, signingSecret, apiUrl, opsChannel } = running(slack);
  return { botToken, signingSecret, apiUrl, opsChannel, appToken: null };
}

function telegramStandIn({ telegram }: Sandbox): Parts["telegram"] {
  const { botToken, apiRoot } = running(telegram);
  return { botToken, apiRoot, webhookSecret: null, opsChat: null };
}

function vposStandIn({ vpos }: Sandbox): Parts["vpos"] {
  const { origin, apiToken, webhookSecret, amdExponent } = running(vpos);
  return { baseUrl: origin, apiToken, webhookSecrets: [webhookSecret], amdExponent };
}

function running<T>(standIn: T | null | undefined): T {
  if (standIn == null) throw new Error("a stand-in is needed that was not made");
  return standIn;
}
