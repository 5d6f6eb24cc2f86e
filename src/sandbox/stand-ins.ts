import { createServer } from "node:net";
import { BOT, CHANNELS, type Language, slackPeople, TEAM, telegramPeople } from "./cast.ts";
import { createSlackSandbox, type SlackSandbox } from "./slack/slack.ts";
import type { Kept } from "./state-file.ts";
import { createTelegramSandbox, type TelegramSandbox } from "./telegram/telegram.ts";
import { createVposSandbox, type VposSandbox } from "./vpos/sandbox.ts";

/** How many decimals this stand-in of VPOS.am counts in an amount of dram: as ISO 4217 does. */
export const AMD_EXPONENT = 2;

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
  const { serviceUrl } = options;
  const clock = options.clock ? { clock: options.clock } : {};
  const people = slackPeople(kept.languages);
  const { secrets } = kept;
  return {
    slack: options.slack
      ? createSlackSandbox({
          botToken: secrets.slackBotToken,
          signingSecret: secrets.slackSigningSecret,
          eventsUrl: () => `${serviceUrl()}/slack/events`,
          people,
          channels: CHANNELS,
          team: TEAM,
          ...clock,
          ...stateOf(kept.slack),
        })
      : null,
    telegram: options.telegram
      ? createTelegramSandbox({
          botToken: secrets.telegramBotToken,
          bot: BOT,
          people: telegramPeople(kept.languages),
          onChange: changed,
          ...clock,
          ...stateOf(kept.telegram),
        })
      : null,
    vpos: options.vpos
      ? createVposSandbox({
          apiToken: secrets.vposApiToken,
          webhookSecret: secrets.vposWebhookSecret,
          webhookUrl: () => (serviceUrl() === "" ? null : `${serviceUrl()}/webhooks/vpos`),
          amdExponent: AMD_EXPONENT,
          ...clock,
          ...stateOf(kept.vpos),
        })
      : null,
    speak: (userId, language) => {
      kept.languages[userId] = language;
      people.splice(0, people.length, ...slackPeople(kept.languages));
      changed();
    },
  };
}

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
