import type { WebClient } from "@slack/web-api";
import type { Answer, Ask } from "../../domain/desk.ts";
import type { Link } from "../../domain/invoice.ts";
import type { Locale } from "../../domain/locale.ts";
import type { Expecting } from "../../domain/schedule.ts";
import { readAsk, type Reading } from "../ask.ts";
import type { Desk, Letterbox } from "../desk.ts";
import { sayAnswer } from "./answers.ts";
import type { Words } from "./blocks.ts";
import { type Decision, decideWindow, decisionPressed } from "./decide-window.ts";
import { fingerprint } from "./fingerprint.ts";
import { type Heard, heard as kept, withoutMarkup } from "./heard.ts";
import { askerOf } from "./asker.ts";
import type { People, Person } from "./people.ts";
import { askOfPress } from "./press.ts";
import { sayReading } from "./reading.ts";
import { isOneOf, undelivered } from "./refused.ts";
import { sayAccount, type TelegramAccounts } from "./telegram-account.ts";
import { spoken, whisper, whispered } from "./whisper.ts";
import { labelsIn } from "../labels.ts";

export type SlackHandlerOptions = {
  readonly client: WebClient;
  readonly people: People;
  readonly desk: Desk;
  readonly letterbox: Letterbox;
  readonly telegram: TelegramAccounts;
  readonly timeZone: string;
  /** The address of our page for a link. */
  readonly pageUrl: (link: Link) => string;
  /** When the next part of an invoice is due. */
  readonly expecting?: Expecting;
  readonly caseUrl?: (caseId: string) => string;
  readonly slackApiUrl?: string;
};

/**
 * Takes up what `createSlackApp` kept: `handle` asks the desk and says the answer, at least once for each delivery. `giveUp`
 * tells the person that it could not be done, when the worker stops trying.
 */
export function createSlackHandler(options: SlackHandlerOptions) {
  const say = async (heard: Heard, words: string | Words, locale: Locale): Promise<void> => {
    const { channel, user } = heard;
    const place = {
      channel,
      user,
      thread: "thread" in heard ? heard.thread : null,
      responseUrl: "responseUrl" in heard ? heard.responseUrl : "",
    };
    const { client, slackApiUrl } = options;
    await whisper(client, place, { words: whispered(words, fingerprint(heard.key), locale), slackApiUrl });
  };

  return {
    async handle(body: unknown): Promise<void> {
      const heard = kept.parse(body);
      const person = await options.people.find(heard.user);
      const locale = person?.locale ?? options.people.languageOf(heard.user);
      const words = await answerTo(heard, person, { ...options, locale });
      if (words !== null) await say(heard, words, locale);
    },
    async giveUp(body: unknown): Promise<void> {
      const heard = kept.parse(body);
      const locale = options.people.languageOf(heard.user);
      await say(heard, labelsIn(locale).notDone, locale);
    },
  };
}

type Context = SlackHandlerOptions & { readonly locale: Locale };

async function answerTo(heard: Heard, person: Person | undefined, options: Context): Promise<Words | null> {
  const { desk, locale } = options;
  const window = heard.kind === "press" ? decisionPressed(heard.actionId, heard.value) : undefined;
  if (heard.kind === "press" && window) return openWindow(heard, window, options);
  const reading = read(heard);
  if (reading === undefined) return spoken(labelsIn(locale).unreadablePress);
  if (typeof reading === "object" && "account" in reading) return sayAccount(reading, { ...options, heard, person });
  const ask = asAsk(reading);
  if (ask === undefined) return spoken(sayReading(reading, locale));
  const answer = await desk({
    ask,
    by: askerOf({ ...heard, person }),
    key: heard.key,
    requestId: fingerprint(heard.key),
    origin: { chat: "slack", channel: heard.channel, user: heard.user, locale },
  });
  const permalink = await permalinkOf(answer, options);
  return sayAnswer(answer, { ...options, ...(permalink === undefined ? {} : { permalink }) });
}

function read(heard: Heard): Reading | undefined {
  switch (heard.kind) {
    case "press":
      return askOfPress(heard.actionId, heard.value);
    case "decision":
      return { want: "resolve", case: heard.case, action: heard.action, reason: heard.reason };
    case "mention":
      return readAsk(withoutMarkup(heard.text));
    case "command":
      return readAsk(heard.text);
  }
}

/** Slack lets a window be opened for three seconds after the press: too late is no failure, it is pressed again. */
async function openWindow(
  { triggerId, channel }: Extract<Heard, { kind: "press" }>,
  about: Omit<Decision, "channel">,
  { client, locale }: Context,
): Promise<Words | null> {
  try {
    await client.views.open({ trigger_id: triggerId, view: decideWindow({ ...about, channel }, locale) });
    return null;
  } catch (error) {
    if (!isOneOf(error, ["expired_trigger_id", "exchanged_trigger_id", "trigger_exchanged"])) throw undelivered(error);
    return spoken(labelsIn(locale).pressAgain);
  }
}

const asAsk = (reading: Reading): Ask | undefined =>
  typeof reading === "object" && "want" in reading ? reading : undefined;

/** Where the card stands. It only helps to find it: an answer without it is still the answer. */
async function permalinkOf(answer: Answer, { client, letterbox }: Context): Promise<string | undefined> {
  if (answer.kind !== "issued" || !answer.already || answer.link.origin?.chat !== "slack") return undefined;
  const posted = await letterbox.find("card", answer.link.id);
  if (!posted) return undefined;
  try {
    const { permalink } = await client.chat.getPermalink({ channel: posted.channel, message_ts: posted.message });
    return permalink;
  } catch {
    return undefined;
  }
}
