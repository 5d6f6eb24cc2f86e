import type { RequestListener } from "node:http";
import type { WebClient } from "@slack/web-api";
import type { Logger } from "pino";
import { slackClient } from "../../bots/slack/client.ts";
import { whoIs } from "../../bots/slack/asker.ts";
import type { TelegramAccounts } from "../../bots/slack/telegram-account.ts";
import { createSlackGroups, inGroups } from "../../bots/slack/groups.ts";
import { createSlackHandler } from "../../bots/slack/handle.ts";
import { createSlackNotifier } from "../../bots/slack/notify.ts";
import { createSlackPeople } from "../../bots/slack/people.ts";
import type { Desk, Keep, Letterbox, PersonNow } from "../../bots/desk.ts";
import type { Request } from "../../domain/desk.ts";
import type { Policy } from "../../domain/policy.ts";
import type { Expecting } from "../../domain/schedule.ts";
import { boltLogger } from "./bolt-logger.ts";
import { lazily } from "./lazily.ts";
import { SlackIdentity, type SlackSettings } from "./slack-settings.ts";

type Needs = {
  readonly desk: Desk;
  readonly keep: Keep;
  readonly letterbox: Letterbox;
  readonly accounts: TelegramAccounts;
  readonly policy: Policy;
  readonly timeZone: string;
  readonly expecting: Expecting;
  readonly pageUrl: (token: string) => string;
  readonly log: Logger;
};

/** Slack's half, hung on the desk: what it says is kept and answered later, what became true is told in its channels. */
export function assembleSlack(settings: SlackSettings, needs: Needs) {
  const logger = boltLogger(needs.log);
  const client = slackClient({ token: settings.botToken, slackApiUrl: settings.apiUrl, logger });
  const who = lazily(async () => SlackIdentity.parse(await client.auth.test()));
  const people = lazily(async () => createSlackPeople({ client, team: (await who()).team_id }));
  // Bolt is half of what a start has to load and nobody needs it before Slack speaks, so the port answers first.
  const ears = lazily(async () => {
    const { openEars } = await import("./slack-ears.ts");
    return openEars(settings, { who, logger, keep: needs.keep });
  });
  const desk = lazily(async () => {
    const team = (await who()).team_id;
    return inGroups(needs.desk, createSlackGroups({ client, team, policy: needs.policy, logger }));
  });
  const handler = lazily(async () =>
    handlerOf({ ...needs, desk: await desk() }, client, settings.apiUrl, await people()),
  );
  return {
    /** Takes what Slack posts, once it is known to be Slack's. */
    listener: async (): Promise<RequestListener> => (await ears()).listener,
    /** Asks Slack who we are, so that a wrong token is known at the start and not at the first command. */
    check: who,
    handle: async (body: unknown) => (await handler()).handle(body),
    giveUp: async (body: unknown) => (await handler()).giveUp(body),
    /** The desk for whoever speaks elsewhere in the name of a person of this workspace: their user groups are asked here. */
    desk: async (request: Request) => (await desk())(request),
    /** Such a person at this moment. Undefined: Slack could not be asked. */
    whoIs: async (person: string): Promise<PersonNow | undefined> => {
      const known = await people().catch(() => undefined);
      return known && whoIs(known, person);
    },
    notifier: createSlackNotifier({ ...needs, client }),
    start: async () => (await ears()).start(),
    stop: async () => (await ears()).stop(),
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
    telegram: needs.accounts,
    timeZone: needs.timeZone,
    expecting: needs.expecting,
    pageUrl: ({ token }) => needs.pageUrl(token),
  });
