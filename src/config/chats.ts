import type { Environment } from "./environment.ts";
import { type Complain, complainOfHalf, type Part, STAND_IN } from "./part.ts";

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
  /** Groups (`-100123`) and topics of groups (`-100123/45`) where managers may ask. */
  readonly managerChats: readonly string[];
}>;

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
  const { TELEGRAM_BOT_TOKEN, TELEGRAM_WEBHOOK_SECRET, TELEGRAM_OPS_CHAT, TELEGRAM_MANAGER_CHATS, TELEGRAM_API_ROOT } =
    env;
  if (TELEGRAM_BOT_TOKEN === undefined) {
    complainOfHalf(complain, "TELEGRAM_BOT_TOKEN", {
      TELEGRAM_WEBHOOK_SECRET,
      TELEGRAM_OPS_CHAT,
      TELEGRAM_MANAGER_CHATS,
      TELEGRAM_API_ROOT,
    });
    return STAND_IN;
  }
  return {
    is: "live",
    botToken: TELEGRAM_BOT_TOKEN,
    webhookSecret: TELEGRAM_WEBHOOK_SECRET ?? null,
    apiRoot: TELEGRAM_API_ROOT ?? "https://api.telegram.org",
    opsChat: TELEGRAM_OPS_CHAT ?? null,
    managerChats: TELEGRAM_MANAGER_CHATS ?? [],
  };
}
