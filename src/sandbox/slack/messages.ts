import { ApiError } from "./api-error.ts";
import type { Ephemeral, Message } from "./saved-state.ts";
import { changed, type Workspace } from "./workspace.ts";

type Draft = Pick<Message, "channelId" | "userId" | "text"> & Partial<Omit<Message, "ts">>;
type Edit = Partial<Pick<Message, "text" | "blocks" | "metadata">>;
type Whisper = Pick<Ephemeral, "channelId" | "userId" | "text"> & Partial<Omit<Ephemeral, "ts">>;

/** The name of a message: seconds and microseconds, never used twice and always greater than the one before. */
export function nextTs({ state, clock }: Workspace): string {
  state.lastMicroseconds = Math.max(state.lastMicroseconds + 1, clock().getTime() * 1_000);
  const seconds = Math.floor(state.lastMicroseconds / 1_000_000);
  return `${seconds}.${String(state.lastMicroseconds % 1_000_000).padStart(6, "0")}`;
}

export function findMessage({ state }: Workspace, channelId: string, ts: string): Message | undefined {
  return state.messages.find((message) => message.channelId === channelId && message.ts === ts);
}

export function post(workspace: Workspace, draft: Draft): Message {
  const threadTs = draft.threadTs == null ? null : parentOf(workspace, draft.channelId, draft.threadTs);
  const message: Message = {
    fromApp: false,
    blocks: [],
    metadata: null,
    broadcast: false,
    edits: 0,
    editedTs: null,
    ...draft,
    threadTs,
    ts: nextTs(workspace),
  };
  workspace.state.messages.push(message);
  changed(workspace);
  return message;
}

/** A reply to a reply goes to the thread they share; a thread under nothing cannot be. */
function parentOf(workspace: Workspace, channelId: string, ts: string): string {
  const parent = findMessage(workspace, channelId, ts);
  if (!parent) throw new ApiError("cannot_reply_to_message", ["[ERROR] there is no message with this thread_ts"]);
  return parent.threadTs ?? parent.ts;
}

export function edit(workspace: Workspace, message: Message, { text, blocks, metadata }: Edit): void {
  if (text !== undefined) message.text = text;
  if (blocks !== undefined) message.blocks = blocks;
  if (metadata !== undefined) message.metadata = metadata;
  message.edits += 1;
  message.editedTs = nextTs(workspace);
  changed(workspace);
}

export function remove(workspace: Workspace, gone: Message | Ephemeral): void {
  const { state } = workspace;
  state.messages = state.messages.filter((message) => message !== gone);
  state.ephemerals = state.ephemerals.filter((message) => message !== gone);
  changed(workspace);
}

/** Shows a text to one person only. It has a `ts`, but no method of the Web API finds it by that. */
export function whisper(workspace: Workspace, draft: Whisper): Ephemeral {
  const ephemeral: Ephemeral = { from: "app", threadTs: null, blocks: [], ...draft, ts: nextTs(workspace) };
  workspace.state.ephemerals.push(ephemeral);
  changed(workspace);
  return ephemeral;
}

/** The message as the Web API and the payloads show it. */
export function messageObject(workspace: Workspace, message: Message, withMetadata = true): Record<string, unknown> {
  const { app, team, state } = workspace;
  const replies = state.messages.filter(
    ({ channelId, threadTs }) => channelId === message.channelId && threadTs === message.ts,
  );
  return {
    type: "message",
    ...(message.broadcast ? { subtype: "thread_broadcast" } : {}),
    user: message.userId,
    ts: message.ts,
    text: message.text,
    team: team.id,
    ...(message.fromApp ? { bot_id: app.botId, app_id: app.id } : {}),
    ...(message.blocks.length > 0 ? { blocks: message.blocks } : {}),
    ...(withMetadata && message.metadata ? { metadata: message.metadata } : {}),
    ...(message.editedTs === null ? {} : { edited: { user: message.userId, ts: message.editedTs } }),
    ...threadFields(message, replies),
  };
}

function threadFields(message: Message, replies: readonly Message[]): Record<string, unknown> {
  if (message.threadTs !== null) return { thread_ts: message.threadTs };
  const latest = replies.at(-1);
  if (!latest) return {};
  const users = [...new Set(replies.map(({ userId }) => userId))];
  return { thread_ts: message.ts, reply_count: replies.length, reply_users: users, latest_reply: latest.ts };
}
