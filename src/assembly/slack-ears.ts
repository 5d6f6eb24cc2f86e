import type { RequestListener } from "node:http";
import { HTTPReceiver, SocketModeReceiver } from "@slack/bolt";
import { createSlackApp } from "../../bots/slack/app.ts";
import type { Keep } from "../../bots/desk.ts";
import type { boltLogger } from "./bolt-logger.ts";
import type { SlackIdentity, SlackSettings } from "./slack-settings.ts";

type Needs = {
  readonly who: () => Promise<SlackIdentity>;
  readonly keep: Keep;
  readonly logger: ReturnType<typeof boltLogger>;
};

/** What hears Slack. Over HTTP it waits to be given requests; over a socket it is open between `start` and `stop`. */
export type Ears = {
  readonly listener: RequestListener;
  start(): Promise<void>;
  stop(): Promise<void>;
};

/** Below the three seconds after which Slack tells its user that the command failed. */
const ANSWER_WITHIN_MS = 2500;

/** Production listens over HTTP; without a signing secret it is Socket Mode, for a developer behind a router. */
export async function openEars(settings: SlackSettings, { who, keep, logger }: Needs): Promise<Ears> {
  const { botToken, apiUrl } = settings;
  const receiver = settings.signingSecret === null ? socket(settings, logger) : posted(settings.signingSecret, logger);
  const authorize = (source: { teamId?: string | undefined }) => authorized(who, source.teamId, botToken);
  await createSlackApp({ receiver, authorize, logger, keep, slackApiUrl: apiUrl }).init();
  if (receiver instanceof HTTPReceiver) {
    return { listener: receiver.requestListener, start: async () => undefined, stop: async () => undefined };
  }
  return {
    listener: (_request, response) => void response.writeHead(404).end(),
    start: async () => void (await receiver.start()),
    stop: () => receiver.stop(),
  };
}

const posted = (signingSecret: string, logger: Needs["logger"]): HTTPReceiver =>
  new HTTPReceiver({
    signingSecret,
    logger,
    endpoints: ["/slack/events"],
    processBeforeResponse: true,
    unhandledRequestTimeoutMillis: ANSWER_WITHIN_MS,
  });

function socket({ appToken, apiUrl }: SlackSettings, logger: Needs["logger"]): SocketModeReceiver {
  const clientOptions = { slackApiUrl: apiUrl };
  return new SocketModeReceiver({ appToken: appToken ?? "", logger, installerOptions: { clientOptions } });
}

/** Only the installed workspace may speak to us. One lookup at the start, none afterwards. */
async function authorized(who: Needs["who"], team: string | undefined, botToken: string) {
  const { team_id: teamId, user_id: botUserId, bot_id: botId } = await who();
  if (team !== undefined && team !== teamId)
    throw new Error("a request came from a workspace where this app is not installed");
  return { botToken, botUserId, teamId, botId: botId ?? botUserId };
}
