import { BotError, GrammyError, HttpError } from "grammy";
import { Undelivered } from "../undelivered.ts";

/** What an error of Telegram means to us. Its codes are few and its texts are many: the text decides. */
type Meaning =
  | "wait"
  | "not_modified"
  | "message_lost"
  | "press_expired"
  | "no_topic"
  | "blocked"
  | "gone"
  | "moved"
  | "token_refused"
  | "other_poller"
  | "server_failed"
  | "our_mistake";

/**
 * The first row that fits. Matched by patterns: Telegram's server builds its texts from parts. An unknown 403 is somebody
 * who shut us out; an unknown 4xx is our own mistake, which repeating does not mend.
 */
const MEANINGS: readonly { readonly code: RegExp; readonly says: RegExp; readonly means: Meaning }[] = [
  { code: /^429$/, says: /./s, means: "wait" },
  { code: /^400$/, says: /message is not modified/i, means: "not_modified" },
  { code: /^400$/, says: /message to edit not found|message can't be edited/i, means: "message_lost" },
  { code: /^400$/, says: /query is too old|query id is invalid/i, means: "press_expired" },
  { code: /^400$/, says: /message thread not found|topic_(?:closed|deleted)/i, means: "no_topic" },
  { code: /^400$/, says: /upgraded to a supergroup/i, means: "moved" },
  { code: /^400$/, says: /chat not found/i, means: "gone" },
  { code: /^403$/, says: /user is deactivated|chat was deleted/i, means: "gone" },
  { code: /^403$/, says: /./s, means: "blocked" },
  { code: /^404$/, says: /method not found/i, means: "our_mistake" },
  { code: /^40[14]$/, says: /./s, means: "token_refused" },
  { code: /^409$/, says: /./s, means: "other_poller" },
  { code: /^5\d\d$/, says: /./s, means: "server_failed" },
];

type Verdict = { readonly again: boolean; readonly reach: "fine" | "blocked" | "gone"; readonly sentence: string };

const VERDICTS: Record<Exclude<Meaning, "our_mistake">, Verdict> = {
  wait: { again: true, reach: "fine", sentence: "asked us to wait before the next call" },
  not_modified: { again: false, reach: "fine", sentence: "says the message already looks like this" },
  message_lost: { again: false, reach: "fine", sentence: "no longer has the message to edit" },
  press_expired: { again: false, reach: "fine", sentence: "says this press of a button is too old to be answered" },
  no_topic: { again: false, reach: "fine", sentence: "says the topic was closed or deleted" },
  blocked: { again: false, reach: "blocked", sentence: "says the bot was shut out of this chat, or never let in" },
  gone: { again: false, reach: "gone", sentence: "says this chat does not exist" },
  moved: { again: false, reach: "gone", sentence: "says the group became a supergroup and has a new id" },
  token_refused: { again: false, reach: "fine", sentence: "refused the bot's token: set TELEGRAM_BOT_TOKEN anew" },
  other_poller: { again: true, reach: "fine", sentence: "says another process is polling for this bot" },
  server_failed: { again: true, reach: "fine", sentence: "failed on its own side" },
};

/** What a refusal of Telegram means; undefined: this is no answer of Telegram at all. */
export function meaningOf(error: unknown): Meaning | undefined {
  if (!(error instanceof GrammyError)) return undefined;
  const row = MEANINGS.find(({ code, says }) => code.test(String(error.error_code)) && says.test(error.description));
  return row?.means ?? "our_mistake";
}

/** Where a group went that became a supergroup. */
export const newChatOf = (error: unknown): number | undefined =>
  error instanceof GrammyError ? error.parameters.migrate_to_chat_id : undefined;

/** How long Telegram asked us to wait. */
export const retryAfterSecondsOf = (error: unknown): number | undefined =>
  error instanceof GrammyError ? error.parameters.retry_after : undefined;

/**
 * What to throw for an error that came out of grammY. Errors of Telegram become `Undelivered`, written afresh: the original
 * of a broken connection holds the whole address with the bot's token, so it is never attached. Errors of our own parts
 * (a database that is down) come back as they were.
 */
export function undeliveredOf(error: unknown): Error {
  if (error instanceof BotError) return undeliveredOf(error.error);
  if (error instanceof GrammyError) return refused(error);
  if (error instanceof HttpError) return unanswered(error);
  return error instanceof Error ? error : new Error("Something that is not an error was thrown in the Telegram bot.");
}

function refused(error: GrammyError): Undelivered {
  const meaning = meaningOf(error) ?? "our_mistake";
  if (meaning === "our_mistake") {
    const because = `Telegram refused our ${error.method} (${error.error_code}: ${withoutAddresses(error.description)}).`;
    return new Undelivered(because, { again: false });
  }
  const { again, reach, sentence } = VERDICTS[meaning];
  const seconds = retryAfterSecondsOf(error);
  return new Undelivered(`Telegram ${sentence} (${error.method}, ${error.error_code}).`, {
    again,
    reach,
    ...(seconds === undefined ? {} : { retryAfterSeconds: seconds }),
  });
}

/** Telegram quotes what it does not like, and a button's address is the secret of a payment page. */
const withoutAddresses = (description: string): string =>
  description.replaceAll(/'[^']*'/g, "'…'").replaceAll(/\bhttps?:\/\/\S+/g, "…");

/** These mean that no byte of the call left this machine. */
const NOTHING_LEFT = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN"]);

function unanswered({ message, error }: HttpError): Undelivered {
  const method = /'(\w+)'/.exec(message)?.[1] ?? "a call";
  const code = codeOf(error);
  const outcome = NOTHING_LEFT.has(code) ? "Nothing was sent" : "It may have been carried out";
  return new Undelivered(`Telegram gave no answer to ${method} (${code}). ${outcome}.`, { again: true });
}

/** `ECONNRESET` and the like, as Node names it; nothing else of the original is safe to repeat. */
function codeOf(error: unknown): string {
  const code: unknown = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  return typeof code === "string" && /^[A-Z_]+$/.test(code) ? code : "no connection, or no readable answer";
}
