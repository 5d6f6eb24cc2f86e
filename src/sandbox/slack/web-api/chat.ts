import { z } from "zod";
import { ApiError } from "../api-error.ts";
import { isMember, visiblePlace, writablePlace } from "../channels.ts";
import { CHANNEL_POSTS, LIMITS, TIERS } from "../limits.ts";
import { edit, findMessage, messageObject, post, remove, whisper } from "../messages.ts";
import type { Message } from "../saved-state.ts";
import type { Workspace } from "../workspace.ts";
import { content, readMetadata, readWords, refuseLongText } from "./message-arguments.ts";
import { flag, method, type Method, required, text } from "./method.ts";

const postMessage = method({
  scope: "chat:write",
  perMinute: TIERS.special,
  args: z.object({
    ...content,
    channel: required,
    thread_ts: text.optional(),
    reply_broadcast: flag.optional(),
    mrkdwn: flag.optional(),
    unfurl_links: flag.optional(),
    unfurl_media: flag.optional(),
  }),
  run(workspace, args) {
    const place = writablePlace(workspace, args.channel);
    workspace.rates.spend(`posts into ${place.id}`, CHANNEL_POSTS);
    const words = readWords(args);
    const message = post(workspace, {
      ...words,
      text: words.text.slice(0, LIMITS.cutText),
      channelId: place.id,
      userId: workspace.app.userId,
      fromApp: true,
      threadTs: args.thread_ts ?? null,
      broadcast: args.thread_ts !== undefined && args.reply_broadcast === true,
      metadata: args.metadata === undefined ? null : readMetadata(args.metadata),
    });
    return { channel: place.id, ts: message.ts, message: messageObject(workspace, message) };
  },
});

/** Blocks that are not given go away when a text is given; metadata that is not given stays. */
const update = method({
  scope: "chat:write",
  perMinute: TIERS.t3,
  args: z.object({ ...content, channel: required, ts: required, reply_broadcast: flag.optional() }),
  run(workspace, args) {
    const message = ownMessage(workspace, args, "cant_update_message");
    const words = readWords(args);
    refuseLongText(words.text);
    edit(workspace, message, {
      ...words,
      ...(args.metadata === undefined ? {} : { metadata: readMetadata(args.metadata) }),
    });
    const { channelId, ts } = message;
    return { channel: channelId, ts, text: message.text, message: messageObject(workspace, message) };
  },
});

const deleteMessage = method({
  scope: "chat:write",
  perMinute: TIERS.t3,
  args: z.object({ channel: required, ts: required }),
  run(workspace, args) {
    const message = ownMessage(workspace, args, "cant_delete_message");
    remove(workspace, message);
    return { channel: message.channelId, ts: message.ts };
  },
});

/** Only what the app itself posted, and never an ephemeral: that is `message_not_found` too. */
function ownMessage(
  workspace: Workspace,
  { channel, ts }: { channel: string; ts: string },
  otherwise: string,
): Message {
  const message = findMessage(workspace, visiblePlace(workspace, channel).id, ts);
  if (!message) throw new ApiError("message_not_found");
  if (!message.fromApp) throw new ApiError(otherwise);
  return message;
}

const postEphemeral = method({
  scope: "chat:write",
  perMinute: TIERS.t4,
  args: z.object({ ...content, channel: required, user: required, thread_ts: text.optional() }),
  run(workspace, args) {
    const place = writablePlace(workspace, args.channel);
    if (!isMember(place, args.user)) throw new ApiError("user_not_in_channel");
    const words = readWords(args);
    refuseLongText(words.text);
    const threadTs = args.thread_ts ?? null;
    const { ts } = whisper(workspace, { ...words, channelId: place.id, userId: args.user, threadTs });
    return { message_ts: ts };
  },
});

const getPermalink = method({
  scope: null,
  perMinute: TIERS.special,
  args: z.object({ channel: required, message_ts: required }),
  run(workspace, args) {
    const place = visiblePlace(workspace, args.channel);
    const message = findMessage(workspace, place.id, args.message_ts);
    if (!message) throw new ApiError("message_not_found");
    return { channel: place.id, permalink: permalink(workspace, message) };
  },
});

function permalink({ team }: Workspace, { channelId, ts, threadTs }: Message): string {
  const address = `https://${team.domain}.slack.com/archives/${channelId}/p${ts.replace(".", "")}`;
  return threadTs === null ? address : `${address}?thread_ts=${threadTs}&cid=${channelId}`;
}

export const chat: Readonly<Record<string, Method>> = {
  "chat.postMessage": postMessage,
  "chat.update": update,
  "chat.delete": deleteMessage,
  "chat.postEphemeral": postEphemeral,
  "chat.getPermalink": getPermalink,
};
