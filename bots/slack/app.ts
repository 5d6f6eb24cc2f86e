import { App, type AppOptions, type Receiver } from "@slack/bolt";
import type { Locale } from "../../domain/locale.ts";
import { readAsk } from "../ask.ts";
import type { Keep } from "../desk.ts";
import { REASON } from "./decide-window.ts";
import { fingerprint } from "./fingerprint.ts";
import { type Heard, hearCommand, hearMention, hearPress, hearSubmission } from "./heard.ts";
import { sayReading } from "./reading.ts";
import { sayThroughResponseUrl } from "./response-url.ts";
import { whispered } from "./whisper.ts";
import { labelsIn } from "../labels.ts";

export type SlackAppOptions = {
  /** An `HTTPReceiver` with `processBeforeResponse: true`, or the socket's receiver in development. */
  readonly receiver: Receiver;
  /** Names the bot of the installed workspace (`botId`, `botUserId`, `botToken`) and throws for any other. */
  readonly authorize: NonNullable<AppOptions["authorize"]>;
  readonly logger: NonNullable<AppOptions["logger"]>;
  readonly keep: Keep;
  /** The language to answer this person in, known without asking anybody. */
  readonly languageOf?: (user: string) => Locale;
  readonly slackApiUrl?: string;
};

/** Our answer leaves only after all of this and must be there within a second: the rest of Slack's 3 s is the network's. */
const RECORD_MS = 700;
const TELL_MS = 250;

/**
 * What Slack talks to. It writes down what it hears and acknowledges; everything else is done later by the handler. Await
 * `init()` before the receiver's first request.
 */
export function createSlackApp(options: SlackAppOptions): App {
  const { receiver, authorize, logger } = options;
  const app = new App({ receiver, authorize, logger, convoStore: false, deferInitialization: true });

  app.command(/.*/, async ({ command, ack }) => ack(await answerCommand(command, options)));
  app.action(/.*/, async ({ body, ack }) => {
    await takePress(body, options);
    await ack();
  });
  app.event(/.*/, async ({ body }) => takeEvent(body, options));
  app.view(/.*/, async ({ body, ack }) => ack(await answerSubmission(body, options)));
  app.shortcut(/.*/, async ({ ack }) => ack());
  app.options(/.*/, async ({ ack }) => ack({ options: [] }));
  // Rethrown, so that an event that could not be recorded is answered 500 and Slack sends it again.
  app.error(async (error) => {
    logger.error(error);
    throw error;
  });
  return app;
}

type Acknowledgement = { readonly response_type: "ephemeral"; readonly text: string } | undefined;

/** Help and slips of the pen are answered at once; what is asked for is recorded and answered by its effect. */
async function answerCommand(payload: unknown, options: SlackAppOptions): Promise<Acknowledgement> {
  const heard = hearCommand(payload);
  const locale = localeFor(heard, options);
  const reading = readAsk(heard.text);
  if (typeof reading === "string" || "problem" in reading) return ephemeral(sayReading(reading, locale), heard, locale);
  const recorded = await record(heard, heard.key, options);
  return recorded ? undefined : ephemeral(labelsIn(locale).notRecorded, heard, locale);
}

const ephemeral = (text: string, { key }: Heard, locale: Locale): NonNullable<Acknowledgement> => ({
  response_type: "ephemeral",
  ...whispered(text, fingerprint(key), locale),
});

/** The acknowledgement of a press can say nothing: a failure is told through its response address. */
async function takePress(body: unknown, options: SlackAppOptions): Promise<void> {
  const heard = hearPress(body);
  if (!heard || (await record(heard, heard.key, options))) return;
  const locale = localeFor(heard, options);
  const words = whispered(labelsIn(locale).notRecorded, fingerprint(heard.key), locale);
  const { slackApiUrl } = options;
  await sayThroughResponseUrl(heard.responseUrl, words, { slackApiUrl, timeoutMs: TELL_MS });
}

type Correction = { readonly response_action: "errors"; readonly errors: Record<string, string> } | undefined;

/** The window closes when what was said in it is recorded; else it stays open with a word below the field. */
async function answerSubmission(body: unknown, options: SlackAppOptions): Promise<Correction> {
  const heard = hearSubmission(body);
  if (!heard || (await record(heard, heard.key, options))) return undefined;
  return { response_action: "errors", errors: { [REASON]: labelsIn(localeFor(heard, options)).notRecorded } };
}

async function takeEvent(body: unknown, options: SlackAppOptions): Promise<void> {
  const mention = hearMention(body);
  if (!mention) return;
  const recorded = await record(mention.heard, mention.delivery, options);
  if (!recorded) throw new Error("A mention could not be recorded: Slack is asked to send it again.");
}

const deliveryOf = (heard: Heard, key: string): Parameters<Keep>[0] => ({
  source: "slack",
  key,
  lane: `slack:${heard.team}:${heard.user}`,
  requestId: fingerprint(heard.key),
  body: heard,
});

/** False: it failed, or took longer than Slack can wait. It may still be recorded then; that does no harm. */
async function record(heard: Heard, key: string, { keep, logger }: SlackAppOptions): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`Recording took longer than ${RECORD_MS} ms.`)), RECORD_MS);
  });
  try {
    await Promise.race([keep(deliveryOf(heard, key)), late]);
    return true;
  } catch (error) {
    logger.error("What was heard from Slack could not be recorded", error);
    return false;
  } finally {
    clearTimeout(timer);
  }
}

const localeFor = ({ user }: Heard, { languageOf }: SlackAppOptions): Locale => languageOf?.(user) ?? "en";
