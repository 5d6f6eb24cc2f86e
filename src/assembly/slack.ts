import { HTTPReceiver, SocketModeReceiver } from "@slack/bolt";
import type { WebClient } from "@slack/web-api";
import type { Logger } from "pino";
import { z } from "zod";
import { createSlackApp } from "../../bots/slack/app.ts";
import { slackClient } from "../../bots/slack/client.ts";
import { createSlackHandler } from "../../bots/slack/handle.ts";
import { createSlackNotifier } from "../../bots/slack/notify.ts";
import { createSlackPeople } from "../../bots/slack/people.ts";
import type { Desk, Keep, Letterbox } from "../../bots/desk.ts";
import { boltLogger } from "./bolt-logger.ts";
import { lazily } from "./lazily.ts";

export type SlackSettings = {
  readonly botToken: string;
  readonly signingSecret: string | null;
  readonly appToken: string | null;
  readonly apiUrl: string;
};

type Needs = {
  readonly desk: Desk;
  readonly keep: Keep;
  readonly letterbox: Letterbox;
  readonly timeZone: string;
  readonly pageUrl: (token: string) => string;
  readonly log: Logger;
};

const Identity = z.object({ team_id: z.string(), user_id: z.string(), bot_id: z.string().optional() });
type Identity = z.infer<typeof Identity>;

/** Below the three seconds after which Slack tells its user that the command failed. */
const ANSWER_WITHIN_MS = 2500;

/** Slack's half, hung on the desk: what it says is kept and answered later, what became true is told in its channels. */
export async function assembleSlack(settings: SlackSettings, needs: Needs) {
  const logger = boltLogger(needs.log);
  const client = slackClient({ token: settings.botToken, slackApiUrl: settings.apiUrl, logger });
  const who = lazily(async () => Identity.parse(await client.auth.test()));
  const people = lazily(async () => createSlackPeople({ client, team: (await who()).team_id }));
  const receiver = receiverOf(settings, logger);
  const authorize = (source: { teamId?: string | undefined }) => authorized(who, source.teamId, settings.botToken);
  const app = createSlackApp({ receiver, authorize, logger, keep: needs.keep, slackApiUrl: settings.apiUrl });
  await app.init();
  const handler = lazily(async () => handlerOf(needs, client, settings.apiUrl, await people()));
  return {
    receiver: receiver instanceof HTTPReceiver ? receiver : null,
    /** Asks Slack who we are, so that a wrong token is known at the start and not at the first command. */
    check: who,
    handle: async (body: unknown) => (await handler()).handle(body),
    giveUp: async (body: unknown) => (await handler()).giveUp(body),
    notifier: createSlackNotifier({ client, letterbox: needs.letterbox, timeZone: needs.timeZone }),
    start: async () => void (receiver instanceof SocketModeReceiver && (await receiver.start())),
    stop: async () => void (receiver instanceof SocketModeReceiver && (await receiver.stop())),
  };
}

const handlerOf = (
  needs: Needs,
  client: WebClient,
  slackApiUrl: string,
  people: ReturnType<typeof createSlackPeople>,
) =>
  createSlackHandler({
    client,
    people,
    slackApiUrl,
    desk: needs.desk,
    letterbox: needs.letterbox,
    timeZone: needs.timeZone,
    pageUrl: ({ token }) => needs.pageUrl(token),
  });

/** Production listens over HTTP; without a signing secret it is Socket Mode, for a developer behind a router. */
function receiverOf(settings: SlackSettings, logger: ReturnType<typeof boltLogger>): HTTPReceiver | SocketModeReceiver {
  const { signingSecret, appToken, apiUrl } = settings;
  if (signingSecret === null) {
    const clientOptions = { slackApiUrl: apiUrl };
    return new SocketModeReceiver({ appToken: appToken ?? "", logger, installerOptions: { clientOptions } });
  }
  return new HTTPReceiver({
    signingSecret,
    logger,
    endpoints: ["/slack/events"],
    processBeforeResponse: true,
    unhandledRequestTimeoutMillis: ANSWER_WITHIN_MS,
  });
}

/** Only the installed workspace may speak to us. One lookup at the start, none afterwards. */
async function authorized(who: () => Promise<Identity>, team: string | undefined, botToken: string) {
  const { team_id: teamId, user_id: botUserId, bot_id: botId } = await who();
  if (team !== undefined && team !== teamId)
    throw new Error("a request came from a workspace where this app is not installed");
  return { botToken, botUserId, teamId, botId: botId ?? botUserId };
}
