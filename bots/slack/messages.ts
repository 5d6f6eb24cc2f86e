import type { WebClient } from "@slack/web-api";
import { z } from "zod";
import type { Words } from "./blocks.ts";
import { isOneOf } from "./refused.ts";

/** By what a message of ours is known again. Everybody in the workspace can read it: ids only. */
export type Stamp = { readonly event_type: string; readonly event_payload: Readonly<Record<string, string>> };

/** Clocks differ, and the fact is older than its message: the search begins this much earlier. */
const EARLIER_MS = 3_600_000;
const LIMIT = 100;

const page = z.object({
  messages: z.array(
    z.object({
      ts: z.string(),
      metadata: z.object({ event_type: z.string(), event_payload: z.record(z.string(), z.unknown()) }).optional(),
    }),
  ),
});

/** Posts a message and returns its `ts`. A pay page must not be fetched for a preview: nothing is unfurled. */
export async function post(
  { chat: { postMessage } }: WebClient,
  channel: string,
  { words, stamp, thread }: { readonly words: Words; readonly stamp?: Stamp; readonly thread?: string | undefined },
): Promise<string> {
  const { ts } = await postMessage({
    channel,
    text: words.text,
    blocks: [...words.blocks],
    ...(stamp ? { metadata: { event_type: stamp.event_type, event_payload: { ...stamp.event_payload } } } : {}),
    unfurl_links: false,
    unfurl_media: false,
    ...(thread === undefined ? {} : { thread_ts: thread }),
  });
  if (ts === undefined) throw new Error("Slack took a message and gave it no ts.");
  return ts;
}

/** The conversation with one person; it is there for every member of the workspace. */
export async function directMessage(client: WebClient, user: string): Promise<string> {
  const { channel } = await client.conversations.open({ users: user });
  if (channel?.id === undefined) throw new Error("Slack opened a direct message without an id.");
  return channel.id;
}

type Search = {
  readonly stamp: Stamp;
  readonly thread?: string | undefined;
  readonly since: Date;
  /** A message that is known and is not the one that is looked for. */
  readonly except: string | undefined;
};

/** The `ts` of a message that an earlier try left behind. Without the right to read the channel there is none to be found. */
export async function findOurs(
  client: WebClient,
  channel: string,
  { stamp, thread, since, except }: Search,
): Promise<string | undefined> {
  const oldest = String((since.getTime() - EARLIER_MS) / 1000);
  const asked = { channel, oldest, limit: LIMIT, include_all_metadata: true };
  try {
    const { conversations } = client;
    const answer =
      thread === undefined ? conversations.history(asked) : conversations.replies({ ...asked, ts: thread });
    const { messages } = page.parse(await answer);
    return messages.find(({ ts, metadata }) => ts !== except && carries(metadata, stamp))?.ts;
  } catch (error) {
    if (isOneOf(error, ["missing_scope", "thread_not_found"])) return undefined;
    throw error;
  }
}

function carries(metadata: Stamp | z.infer<typeof page>["messages"][number]["metadata"], stamp: Stamp): boolean {
  if (metadata?.event_type !== stamp.event_type) return false;
  return Object.entries(stamp.event_payload).every(([key, value]) => metadata.event_payload[key] === value);
}
