import { pino, type DestinationStream, type Logger } from "pino";

/**
 * What never stands in a log, whatever carried it there: bot and API tokens, bearer headers, e-mail addresses, phone numbers,
 * and the secret part of a link's address. The last fence: the code before it does not log them either.
 */
const SECRETS: readonly [RegExp, string][] = [
  [/\b\d{6,}:[\w-]{20,}/g, "[bot token]"],
  [/\bxox[abeprs]-[\w-]+|\bxapp-[\w-]+/g, "[slack token]"],
  [/\bBearer\s+[\w.~+/=-]+/gi, "Bearer [token]"],
  [/\bwhsec_[\w+/=-]+/g, "[webhook secret]"],
  [/\/p\/[\w-]{22}/g, "/p/[link]"],
  [/start=[\w-]{22}/g, "start=[invitation]"],
  [/[\w.+-]+@[\w-]+\.[\w.-]+/g, "[e-mail]"],
  [/\+\d{10,14}\b/g, "[phone]"],
];

/** A line of the log as it may be written. */
export const scrub = (line: string): string =>
  SECRETS.reduce((text, [pattern, instead]) => text.replaceAll(pattern, instead), line);

/** One JSON line for each thing that happened, scrubbed as a whole just before it is written. */
export const createLog = (level: string, destination?: DestinationStream): Logger => {
  const options = { level, base: null, hooks: { streamWrite: scrub } };
  return destination ? pino(options, destination) : pino(options);
};
