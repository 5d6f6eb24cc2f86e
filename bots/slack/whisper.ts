import type { WebClient } from "@slack/web-api";
import type { Locale } from "../../domain/locale.ts";
import { type Block, context, sections, type Words } from "./blocks.ts";
import { LIMITS } from "./limits.ts";
import { directMessage, post } from "./messages.ts";
import { delivering, isOneOf, NO_PLACE } from "./refused.ts";
import { sayThroughResponseUrl } from "./response-url.ts";
import { fitLines } from "../fit-lines.ts";
import { oneLine } from "./text.ts";
import { labelsIn } from "../labels.ts";

/** Where the one who asked stands. */
export type Place = {
  readonly channel: string;
  readonly user: string;
  readonly thread: string | null;
  readonly responseUrl: string;
};

const TIMEOUT_MS = 5000;

/** An answer for one person's eyes; it always ends with the id by which the request is found again. */
export function whispered(words: string | Words, requestId: string, locale: Locale): Words {
  const { text, blocks } = typeof words === "string" ? spoken(words) : words;
  const last = labelsIn(locale).requestId(requestId);
  return { text: `${text}\n${last}`, blocks: [...blocks, context([last])] };
}

/** A text of ours, of one line or many, with the blocks that belong to it below. */
export function spoken(text: string, blocks: readonly Block[] = []): Words {
  const lines = text.split("\n").map((line) => oneLine(line, LIMITS.line));
  const told = (most: number): string => fitLines(lines, most, () => "…");
  return { text: told(LIMITS.text), blocks: [...sections(told(LIMITS.blockTexts)), ...blocks] };
}

/** Says it where it was asked for; where the app may not speak, through the response address; else in a direct message. */
export async function whisper(
  client: WebClient,
  { channel, user, thread, responseUrl }: Place,
  { words, slackApiUrl }: { readonly words: Words; readonly slackApiUrl: string | undefined },
): Promise<void> {
  const message = { text: words.text, blocks: [...words.blocks] };
  await delivering(async () => {
    try {
      await client.chat.postEphemeral({ channel, user, ...message, ...(thread === null ? {} : { thread_ts: thread }) });
    } catch (error) {
      if (!isOneOf(error, NO_PLACE)) throw error;
      if (await sayThroughResponseUrl(responseUrl, words, { slackApiUrl, timeoutMs: TIMEOUT_MS })) return;
      await post(client, await directMessage(client, user), { words });
    }
  });
}
