import { z } from "zod";
import { ApiError } from "../api-error.ts";
import { botIsIn, openDirectMessage, type Place, scopeFor, visiblePlace } from "../channels.ts";
import { TIERS } from "../limits.ts";
import { messageObject } from "../messages.ts";
import type { Message } from "../saved-state.ts";
import { personOf, type Workspace } from "../workspace.ts";
import { count, flag, method, type Method, needScope, required, text } from "./method.ts";

const open = method({
  scope: "im:write",
  perMinute: TIERS.t3,
  args: z.object({
    channel: text.optional(),
    users: text.optional(),
    return_im: flag.optional(),
    prevent_creation: flag.optional(),
  }),
  run(workspace, args) {
    if (args.channel !== undefined) {
      const place = visiblePlace(workspace, args.channel);
      if (!place.isDirectMessage) throw new ApiError("method_not_supported_for_channel_type");
      return { already_open: true, no_op: true, channel: { id: place.id } };
    }
    const userId = onlyUser(workspace, args.users ?? "");
    const { channelId, alreadyOpen } = openDirectMessage(workspace, userId);
    const im = args.return_im === true ? { is_im: true, user: userId, is_open: true } : {};
    return { already_open: alreadyOpen, no_op: alreadyOpen, channel: { id: channelId, ...im } };
  },
});

function onlyUser(workspace: Workspace, list: string): string {
  const [userId = "", ...others] = list.split(",").filter(Boolean);
  if (userId === "") throw new ApiError("users_list_not_supplied");
  if (others.length > 0) throw new ApiError("too_many_users", ["[ERROR] the stand-in opens direct messages only"]);
  const person = personOf(workspace, userId);
  if (!person || userId === workspace.app.userId) throw new ApiError("user_not_found");
  if (person.deleted === true) throw new ApiError("user_disabled");
  return userId;
}

const info = method({
  scope: null,
  perMinute: TIERS.t3,
  args: z.object({ channel: required, include_locale: flag.optional(), include_num_members: flag.optional() }),
  run(workspace, args) {
    const place = visiblePlace(workspace, args.channel);
    needScope(workspace, scopeFor(place, "read"));
    const members = place.members?.length ?? workspace.setup.people.length;
    const counted = args.include_num_members === true ? { num_members: members } : {};
    return { channel: { ...conversation(workspace, place), ...counted } };
  },
});

function conversation({ team }: Workspace, place: Place): Record<string, unknown> {
  if (place.isDirectMessage) {
    return { id: place.id, is_im: true, user: place.withUser, is_archived: false, context_team_id: team.id };
  }
  return {
    id: place.id,
    name: place.name,
    name_normalized: place.name,
    is_channel: place.isPrivate !== true,
    is_group: place.isPrivate === true,
    is_im: false,
    is_mpim: false,
    is_private: place.isPrivate === true,
    is_archived: place.isArchived === true,
    is_ext_shared: place.isShared === true,
    is_shared: place.isShared === true,
    is_member: botIsIn(place),
    context_team_id: team.id,
  };
}

const page = {
  limit: count.optional(),
  cursor: text.optional(),
  oldest: text.optional(),
  latest: text.optional(),
  inclusive: flag.optional(),
  include_all_metadata: flag.optional(),
};
type Page = z.output<z.ZodObject<typeof page>>;

/** What stands in the channel itself, newest first: replies only when they were broadcast. */
const history = method({
  scope: null,
  perMinute: TIERS.t3,
  args: z.object({ channel: required, ...page }),
  run(workspace, args) {
    const place = readablePlace(workspace, args.channel);
    if (!botIsIn(place)) throw new ApiError("not_in_channel");
    const standing = workspace.state.messages.filter(
      ({ channelId, threadTs, broadcast }) => channelId === place.id && (threadTs === null || broadcast),
    );
    return { ...paged(workspace, standing.toReversed(), args), channel_actions_ts: null, channel_actions_count: 0 };
  },
});

/** The parent and its replies, oldest first. */
const replies = method({
  scope: null,
  perMinute: TIERS.t3,
  args: z.object({ channel: required, ts: required, ...page }),
  run(workspace, args) {
    const place = readablePlace(workspace, args.channel);
    const inChannel = workspace.state.messages.filter(({ channelId }) => channelId === place.id);
    const asked = inChannel.find(({ ts }) => ts === args.ts);
    if (!asked || !botIsIn(place)) throw new ApiError(botIsIn(place) ? "thread_not_found" : "channel_not_found");
    const parentTs = asked.threadTs ?? asked.ts;
    return paged(
      workspace,
      inChannel.filter(({ ts, threadTs }) => ts === parentTs || threadTs === parentTs),
      args,
    );
  },
});

function readablePlace(workspace: Workspace, channelId: string): Place {
  const place = visiblePlace(workspace, channelId);
  needScope(workspace, scopeFor(place, "history"));
  return place;
}

/** The cursor is the number of messages already given. */
function paged(workspace: Workspace, messages: readonly Message[], args: Page): Record<string, unknown> {
  const start = args.cursor === undefined || args.cursor === "" ? 0 : Number(fromCursor(args.cursor));
  const wanted = messages.filter(({ ts }) => isWithin(ts, args));
  const limit = Math.min(args.limit ?? 100, 1_000);
  const end = start + limit;
  const hasMore = end < wanted.length;
  return {
    messages: wanted
      .slice(start, end)
      .map((message) => messageObject(workspace, message, args.include_all_metadata === true)),
    has_more: hasMore,
    ...(hasMore ? { response_metadata: { next_cursor: Buffer.from(`after:${end}`).toString("base64") } } : {}),
  };
}

function fromCursor(cursor: string): string {
  const [, position] = /^after:(\d+)$/.exec(Buffer.from(cursor, "base64").toString()) ?? [];
  if (position === undefined) throw new ApiError("invalid_cursor");
  return position;
}

function isWithin(ts: string, { oldest = "0", latest, inclusive }: Page): boolean {
  if (ts === oldest || ts === latest) return inclusive === true;
  return Number(ts) > Number(oldest) && (latest === undefined || Number(ts) < Number(latest));
}

export const conversations: Readonly<Record<string, Method>> = {
  "conversations.open": open,
  "conversations.info": info,
  "conversations.history": history,
  "conversations.replies": replies,
};
