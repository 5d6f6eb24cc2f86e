import { createServer } from "node:net";
import {
  BOT,
  CHANNELS,
  type Language,
  slackPeople,
  TEAM,
  TELEGRAM_GROUPS,
  TELEGRAM_PEOPLE,
  USER_GROUPS,
} from "./cast.ts";
import { createSlackSandbox, type SlackSandbox } from "./slack/slack.ts";
import type { Kept } from "./state-file.ts";
import type { Person as SlackPerson } from "./slack/workspace.ts";
import { createTelegramSandbox, type TelegramSandbox } from "./telegram/telegram.ts";
import { createVposSandbox, type VposSandbox } from "./vpos/sandbox.ts";

/** How many decimals this stand-in of VPOS.am counts in an amount of dram: as ISO 4217 does. */
export const AMD_EXPONENT = 2 as const;

/** The parts that are not real here; null: that part is the real one. */
export type StandIns = {
  readonly slack: SlackSandbox | null;
  readonly telegram: TelegramSandbox | null;
  readonly vpos: VposSandbox | null;
};

export type Playing = StandIns & {
  /** The language a person reads from now on. */
  speak(userId: string, language: Language): void;
};

export type StandInOptions = {
  /** Which parts run as stand-ins. */
  readonly slack: boolean;
  readonly telegram: boolean;
  readonly vpos: boolean;
  /** Our service, for Slack's requests and the provider's webhooks. Asked at each delivery. */
  readonly serviceUrl: () => string;
  readonly clock?: () => Date;
};

export function buildStandIns(options: StandInOptions, kept: Kept, changed: () => void): Playing {
  const people = slackPeople(kept.languages);
  return {
    slack: options.slack ? buildSlack(options, kept, people) : null,
    telegram: options.telegram ? buildTelegram(options, kept, changed) : null,
    vpos: options.vpos ? buildVpos(options, kept) : null,
    speak: (userId, language) => {
      kept.languages[userId] = language;
      people.splice(0, people.length, ...slackPeople(kept.languages));
      changed();
    },
  };
}

const buildSlack = (options: StandInOptions, { secrets, slack: snapshot }: Kept, people: SlackPerson[]) =>
  createSlackSandbox({
    botToken: secrets.slackBotToken,
    signingSecret: secrets.slackSigningSecret,
    eventsUrl: () => `${options.serviceUrl()}/slack/events`,
    people,
    channels: CHANNELS,
    userGroups: USER_GROUPS,
    team: TEAM,
    ...clockOf(options),
    ...stateOf(snapshot),
  });

const buildTelegram = (options: StandInOptions, kept: Kept, changed: () => void) =>
  createTelegramSandbox({
    botToken: kept.secrets.telegramBotToken,
    bot: BOT,
    people: TELEGRAM_PEOPLE,
    groups: TELEGRAM_GROUPS,
    onChange: changed,
    ...clockOf(options),
    ...stateOf(kept.telegram),
  });

const buildVpos = (options: StandInOptions, { secrets, vpos: snapshot }: Kept) =>
  createVposSandbox({
    apiToken: secrets.vposApiToken,
    webhookSecret: secrets.vposWebhookSecret,
    webhookUrl: () => (options.serviceUrl() === "" ? null : `${options.serviceUrl()}/webhooks/vpos`),
    amdExponent: AMD_EXPONENT,
    ...clockOf(options),
    ...stateOf(snapshot),
  });

const clockOf = ({ clock }: StandInOptions) => (clock ? { clock } : {});
const stateOf = (snapshot: unknown) => (snapshot === null || snapshot === undefined ? {} : { state: snapshot });

/** The port of last time when nobody else has taken it; otherwise 0, any free one. */
export function preferred(port: number | null): Promise<number> {
  if (port === null) return Promise.resolve(0);
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(0));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(port)));
  });
}

export const portOf = (address: string): number => Number(new URL(address).port);
