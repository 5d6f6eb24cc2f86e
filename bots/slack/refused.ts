import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from "@slack/web-api";
import { Undelivered } from "../undelivered.ts";

/** Slack's own trouble: whether it acted is not known, the same call may succeed later. */
const PASSING = new Set(["internal_error", "fatal_error", "service_unavailable", "request_timeout", "ratelimited"]);

/** The message cannot stand in this conversation: a direct message reaches the person instead. */
export const NO_PLACE = [
  "channel_not_found",
  "not_in_channel",
  "is_archived",
  "user_not_in_channel",
  "restricted_action",
  "restricted_action_read_only_channel",
  "restricted_action_thread_only_channel",
  "restricted_action_non_threadable_channel",
] as const;

/** The message can no longer be edited: a fresh one takes its place. */
export const NOT_EDITABLE = ["message_not_found", "cant_update_message", "edit_window_closed", "is_inactive"] as const;

/** The message to reply to was deleted. */
export const THREAD_GONE = ["thread_not_found", "message_not_found", "cannot_reply_to_message"] as const;

const NOBODY = new Set(["channel_not_found", "is_archived", "user_not_found", "user_disabled", "users_not_found"]);

/** Slack's code of a refusal; undefined: it was no refusal. */
export const codeOf = (error: unknown): string | undefined =>
  error instanceof WebAPIPlatformError ? error.data.error : undefined;

export const isOneOf = (error: unknown, codes: readonly string[]): boolean => codes.includes(codeOf(error) ?? "");

/** A failed call as the outbox understands it. Anything but Slack's answer or silence is a bug and stays what it is. */
export function undelivered(error: unknown): unknown {
  if (error instanceof WebAPIRateLimitedError) {
    const retryAfterSeconds = error.retryAfter;
    return new Undelivered(`Slack asked to wait ${retryAfterSeconds} s.`, { again: true, retryAfterSeconds });
  }
  if (error instanceof WebAPIHTTPError) {
    const again = error.statusCode >= 500 || error.statusCode === 408;
    return new Undelivered(`Slack answered HTTP ${error.statusCode}.`, { again });
  }
  if (error instanceof WebAPIRequestError) {
    return new Undelivered("Slack did not answer: the message may or may not be there.", { again: true });
  }
  if (brokeOff(error)) return new Undelivered("Slack's answer broke off: it may have acted.", { again: true });
  const code = codeOf(error);
  return code === undefined ? error : refusal(code);
}

/** The connection ended in the middle of an answer. */
const brokeOff = (error: unknown): boolean =>
  error instanceof DOMException || (error instanceof TypeError && error.cause !== undefined);

/** The SDK gives an answer that is no JSON as the code: what Slack did then is not known either. */
function refusal(code: string): Undelivered {
  if (!/^[a-z_]+$/.test(code)) return new Undelivered("Slack's answer could not be read.", { again: true });
  if (PASSING.has(code)) return new Undelivered(`Slack is in trouble (${code}).`, { again: true });
  const reach = NOBODY.has(code) ? "gone" : isNoPlace(code) ? "blocked" : "fine";
  return new Undelivered(`Slack refused the message (${code}): the same message will be refused again.`, {
    again: false,
    reach,
  });
}

const isNoPlace = (code: string): boolean => NO_PLACE.some((known) => known === code);

/** Runs calls to Slack so that whatever fails leaves as `Undelivered`. */
export async function delivering<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw undelivered(error);
  }
}
