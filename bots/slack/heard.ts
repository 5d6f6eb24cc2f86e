import { z } from "zod";
import { CASE_ACTIONS } from "../../domain/cases.ts";
import { DECIDE, decisionOf, REASON } from "./decide-window.ts";

const said = {
  /** The same for every delivery of the same words: the desk acts on them once. */
  key: z.string(),
  team: z.string(),
  channel: z.string(),
  user: z.string(),
  userName: z.string(),
};

/**
 * What is kept of a delivery until a worker takes it up: no more than it needs. `responseUrl` is a right to answer for half
 * an hour and is never logged; `thread` is set when the words stand in one.
 */
export const heard = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("command"), ...said, text: z.string(), responseUrl: z.string() }),
  z.object({
    kind: z.literal("press"),
    ...said,
    actionId: z.string(),
    value: z.string(),
    thread: z.string().nullable(),
    responseUrl: z.string(),
    /** Opens a window for the one who pressed, within three seconds. */
    triggerId: z.string().default(""),
  }),
  z.object({
    kind: z.literal("decision"),
    ...said,
    case: z.string(),
    action: z.enum(CASE_ACTIONS),
    reason: z.string(),
  }),
  z.object({ kind: z.literal("mention"), ...said, text: z.string(), thread: z.string().nullable() }),
]);

export type Heard = z.infer<typeof heard>;

const command = z.object({
  team_id: z.string(),
  channel_id: z.string(),
  user_id: z.string(),
  user_name: z.string().default(""),
  text: z.string().default(""),
  trigger_id: z.string(),
  response_url: z.string(),
});

/** A slash command; it stands in no thread, Slack does not run them there. */
export function hearCommand(payload: unknown): Extract<Heard, { kind: "command" }> {
  const read = command.parse(payload);
  return {
    kind: "command",
    key: `${read.team_id}:${read.trigger_id}`,
    team: read.team_id,
    channel: read.channel_id,
    user: read.user_id,
    userName: read.user_name,
    text: read.text,
    responseUrl: read.response_url,
  };
}

const press = z.object({
  team: z.object({ id: z.string() }),
  user: z.object({ id: z.string(), name: z.string().default("") }),
  channel: z.object({ id: z.string() }),
  container: z.object({ message_ts: z.string(), thread_ts: z.string().optional() }),
  message: z.object({ thread_ts: z.string().optional() }).optional(),
  actions: z.tuple(
    [z.object({ action_id: z.string(), value: z.string().default(""), action_ts: z.string() })],
    z.unknown(),
  ),
  response_url: z.string().default(""),
  trigger_id: z.string().default(""),
});

/** A press on a button of a message; undefined: of a view, where nothing of ours stands. */
export function hearPress(body: unknown): Extract<Heard, { kind: "press" }> | undefined {
  if (!z.object({ channel: z.unknown(), container: z.object({ message_ts: z.string() }) }).safeParse(body).success) {
    return undefined;
  }
  const read = press.parse(body);
  const { team, user, channel, container, message, actions, response_url: responseUrl } = read;
  const [{ action_id: actionId, value, action_ts: at }] = actions;
  const parent = message?.thread_ts ?? container.thread_ts;
  return {
    kind: "press",
    key: [team.id, channel.id, container.message_ts, actionId, at].join(":"),
    team: team.id,
    channel: channel.id,
    user: user.id,
    userName: user.name,
    actionId,
    value,
    thread: parent === undefined || parent === container.message_ts ? null : parent,
    responseUrl,
    triggerId: read.trigger_id,
  };
}

const submission = z.object({
  team: z.object({ id: z.string() }),
  user: z.object({ id: z.string(), name: z.string().default("") }),
  view: z.object({
    id: z.string(),
    callback_id: z.literal(DECIDE),
    private_metadata: z.string(),
    state: z.object({
      values: z.object({ [REASON]: z.object({ [REASON]: z.object({ value: z.string().nullable() }) }) }),
    }),
  }),
});

/** A person has said why, in the window that a case's button opened; undefined: another window. */
export function hearSubmission(body: unknown): Extract<Heard, { kind: "decision" }> | undefined {
  const read = submission.safeParse(body).data;
  const meant = read && decisionOf(read.view.private_metadata);
  if (!read || !meant) return undefined;
  const { team, user, view } = read;
  return {
    kind: "decision",
    key: [team.id, view.id].join(":"),
    team: team.id,
    user: user.id,
    userName: user.name,
    ...meant,
    reason: view.state.values[REASON][REASON].value ?? "",
  };
}

const mention = z.object({
  team_id: z.string(),
  event_id: z.string(),
  event: z.object({
    type: z.literal("app_mention"),
    user: z.string(),
    text: z.string(),
    ts: z.string(),
    channel: z.string(),
    thread_ts: z.string().optional(),
  }),
});

/**
 * A message that mentions the app; undefined: another event, or a bot that speaks. `delivery` is the event's own key. Slack
 * may tell of one message in several events, so what the desk acts on once is the message.
 */
export function hearMention(
  body: unknown,
): { delivery: string; heard: Extract<Heard, { kind: "mention" }> } | undefined {
  const read = mention.safeParse(body);
  if (!read.success) return undefined;
  const { team_id: team, event_id: id, event } = read.data;
  const { user, text, ts, channel, thread_ts: thread = null } = event;
  const key = [team, channel, ts, event.type].join(":");
  return {
    delivery: `${team}:${id}`,
    heard: { kind: "mention", key, team, channel, user, userName: "", text, thread },
  };
}

/** The words of a message without the mention of the app and without Slack's markup around what it took for a link. */
export const withoutMarkup = (text: string): string =>
  text
    .replaceAll(/<[@!#][^>]*>/g, " ")
    .replaceAll(/<[^>|]*\|([^>]*)>/g, "$1")
    .replaceAll(/<([^>]*)>/g, "$1");
