import { findMessage, messageObject } from "./messages.ts";
import { channelField, common, knownPerson, knownPlace, teamField, userField } from "./people-and-places.ts";
import type { Json } from "./saved-state.ts";
import { type Delivery, deliver, type Signature } from "./sender.ts";
import type { Workspace } from "./workspace.ts";

/** Interactivity travels as a form with one field, `payload`. It is never sent twice by Slack itself. */
export function sendInteraction(workspace: Workspace, payload: Json, signature?: Signature): Promise<Delivery> {
  return deliver(workspace, {
    kind: "interactivity",
    name: String(payload["type"]),
    body: new URLSearchParams({ payload: JSON.stringify(payload) }).toString(),
    contentType: "application/x-www-form-urlencoded",
    signature,
  });
}

export type Shortcut = {
  readonly userId: string;
  readonly callbackId: string;
  /** A message shortcut: the message it was chosen on. Absent: a global shortcut. */
  readonly message?: { readonly channelId: string; readonly ts: string };
  readonly signature?: Signature;
};

export function sendShortcut(
  workspace: Workspace,
  { userId, callbackId, message, signature }: Shortcut,
): Promise<Delivery> {
  const payload = {
    ...common(workspace),
    type: message ? "message_action" : "shortcut",
    callback_id: callbackId,
    team: teamField(workspace),
    user: userField(workspace, knownPerson(workspace, userId)),
    trigger_id: workspace.triggers.issue(userId),
    action_ts: String(workspace.clock().getTime() / 1_000),
    ...(message ? chosenMessage(workspace, userId, message) : {}),
  };
  return sendInteraction(workspace, payload, signature);
}

function chosenMessage(
  workspace: Workspace,
  userId: string,
  { channelId, ts }: { channelId: string; ts: string },
): Json {
  const message = findMessage(workspace, channelId, ts);
  if (!message) throw new Error(`There is no message ${ts} in ${channelId}.`);
  const here = { channelId, userId, messageTs: ts, threadTs: message.threadTs };
  return {
    message_ts: ts,
    message: messageObject(workspace, message),
    channel: channelField(knownPlace(workspace, channelId)),
    response_url: workspace.origin + workspace.responseUrls.issue("actions", workspace.team.id, here),
  };
}
