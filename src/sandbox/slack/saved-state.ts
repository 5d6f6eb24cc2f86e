import { z } from "zod";

const json = z.record(z.string(), z.unknown());

const message = z.strictObject({
  channelId: z.string(),
  ts: z.string(),
  /** The parent's `ts` on a reply; null on a message that stands in the channel itself. */
  threadTs: z.string().nullable(),
  userId: z.string(),
  /** Posted with the app's token: only such a message may be updated or deleted by the app. */
  fromApp: z.boolean(),
  text: z.string(),
  blocks: z.array(json),
  metadata: z.strictObject({ event_type: z.string(), event_payload: json }).nullable(),
  /** A reply that was also shown in the channel. */
  broadcast: z.boolean(),
  edits: z.int(),
  editedTs: z.string().nullable(),
});

const ephemeral = z.strictObject({
  channelId: z.string(),
  ts: z.string(),
  threadTs: z.string().nullable(),
  /** The only person who sees it. */
  userId: z.string(),
  /** `slackbot`: Slack itself tells the person that the app failed. */
  from: z.enum(["app", "slackbot"]),
  text: z.string(),
  blocks: z.array(json),
});

const view = z.strictObject({
  id: z.string(),
  type: z.enum(["modal", "home"]),
  userId: z.string(),
  hash: z.string(),
  rootViewId: z.string(),
  previousViewId: z.string().nullable(),
  /** What the app sent: title, blocks, private_metadata, callback_id and so on. */
  content: json,
});

/** Everything that survives a restart. Not the wire, not triggers and response URLs: they live for minutes. */
export const savedState = z.strictObject({
  version: z.literal(1),
  lastMicroseconds: z.int(),
  openDirectMessages: z.array(z.string()),
  messages: z.array(message),
  ephemerals: z.array(ephemeral),
  views: z.array(view),
});

export type Json = z.infer<typeof json>;
export type Message = z.infer<typeof message>;
export type Ephemeral = z.infer<typeof ephemeral>;
export type View = z.infer<typeof view>;
export type SavedState = z.infer<typeof savedState>;

export function emptyState(): SavedState {
  return { version: 1, lastMicroseconds: 0, openDirectMessages: [], messages: [], ephemerals: [], views: [] };
}
