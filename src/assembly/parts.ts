import type { Config } from "../config.ts";
import type { SlackConfig, TelegramConfig } from "../config/chats.ts";
import type { IpayAccount, StripeAccount, VposConfig } from "../config/providers.ts";

type Live<Part> = Omit<Extract<Part, { is: "live" }>, "is">;

/** The settings of each part as it runs: the real one's, or its stand-in's on this machine. */
export type Parts = {
  readonly slack: Live<SlackConfig>;
  readonly telegram: Live<TelegramConfig>;
  /** Null: nobody pays through it here. */
  readonly vpos: Live<VposConfig> | null;
  readonly stripe: readonly StripeAccount[];
  readonly ipay: IpayAccount | null;
};

type SlackStandIn = {
  readonly botToken: string;
  readonly signingSecret: string;
  readonly apiUrl: string;
  readonly opsChannel: string;
};
type TelegramStandIn = {
  readonly botToken: string;
  readonly apiRoot: string;
  readonly managerChats: readonly string[];
};
type VposStandIn = {
  readonly origin: string;
  readonly apiToken: string;
  readonly webhookSecret: string;
  readonly amdExponent: 0 | 2;
};

/** What can be said of stand-ins, wherever they run. Null: that part is real, or nobody runs it. */
export type StandIns = {
  readonly slack: SlackStandIn | null;
  readonly telegram: TelegramStandIn | null;
  readonly vpos: VposStandIn | null;
};

/** A stand-in is spoken to like the real one: over HTTP, with a token and a secret. Nothing else knows the difference. */
export const partsOf = (config: Config, standIns: StandIns): Parts => ({
  slack: config.slack.is === "live" ? config.slack : slackStandIn(standIns),
  telegram: config.telegram.is === "live" ? config.telegram : telegramStandIn(standIns),
  vpos: vposOf(config, standIns),
  stripe: config.stripe,
  ipay: config.ipay,
});

function vposOf({ vpos }: Config, standIns: StandIns): Parts["vpos"] {
  if (vpos.is === "off") return null;
  return vpos.is === "live" ? vpos : vposStandIn(standIns);
}

function slackStandIn({ slack }: StandIns): Parts["slack"] {
  const { botToken, signingSecret, apiUrl, opsChannel } = running(slack);
  return { botToken, signingSecret, apiUrl, opsChannel, appToken: null };
}

function telegramStandIn({ telegram }: StandIns): Parts["telegram"] {
  return { ...running(telegram), webhookSecret: null, opsChat: null };
}

function vposStandIn({ vpos }: StandIns): Parts["vpos"] {
  const { origin, apiToken, webhookSecret, amdExponent } = running(vpos);
  return { baseUrl: origin, apiToken, webhookSecrets: [webhookSecret], amdExponent };
}

function running<T extends object>(standIn: T | null): T {
  if (standIn !== null) return standIn;
  throw new Error("another process of this data folder runs with other settings: start both with the same ones");
}
