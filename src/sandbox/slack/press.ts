import { objectsIn } from "./json.ts";
import { findMessage, messageObject } from "./messages.ts";
import { channelField, common, knownPerson, knownPlace, teamField, userField } from "./people-and-places.ts";
import type { Ephemeral, Json, Message } from "./saved-state.ts";
import { sendInteraction } from "./interactions.ts";
import type { Delivery, Signature } from "./sender.ts";
import { viewObject } from "./views.ts";
import type { Workspace } from "./workspace.ts";

export type Press = {
  readonly userId: string;
  readonly channelId: string;
  /** The message: of the channel, or an ephemeral that this person sees. */
  readonly ts: string;
  readonly actionId: string;
  /** Which one, when several have this `action_id`; the chosen option of a menu. */
  readonly value?: string;
  readonly triggerId?: string;
  readonly signature?: Signature;
};

export type PressInView = Omit<Press, "channelId" | "ts"> & { readonly viewId: string };

/** A person presses a button (or picks from a menu) of a message. The button must really be there. */
export function press(workspace: Workspace, asked: Press): Promise<Delivery> {
  const { channelId, userId, ts } = asked;
  const place = knownPlace(workspace, channelId);
  const message = findMessage(workspace, channelId, ts);
  const seen = message ?? workspace.state.ephemerals.find((one) => one.ts === ts && one.userId === userId);
  if (!seen) throw new Error(`${userId} sees no message ${ts} in ${channelId}.`);
  const here = { channelId, userId, messageTs: ts, threadTs: seen.threadTs };
  const payload = {
    ...clickOf(workspace, asked, seen.blocks),
    container: containerOf(seen, message === undefined),
    channel: channelField(place),
    ...(message ? { message: messageObject(workspace, message) } : {}),
    response_url: workspace.origin + workspace.responseUrls.issue("actions", workspace.team.id, here),
  };
  return sendInteraction(workspace, payload, asked.signature);
}

/** The same in a modal or in the App Home: there is no message, no channel and no response URL. */
export function pressInView(workspace: Workspace, asked: PressInView): Promise<Delivery> {
  const view = workspace.state.views.find(({ id, userId }) => id === asked.viewId && userId === asked.userId);
  if (!view) throw new Error(`${asked.userId} sees no view ${asked.viewId}.`);
  const payload = {
    ...clickOf(workspace, asked, view.content["blocks"]),
    container: { type: "view", view_id: view.id },
    view: viewObject(workspace, view),
  };
  return sendInteraction(workspace, payload, asked.signature);
}

function clickOf(workspace: Workspace, asked: Omit<Press, "channelId" | "ts">, blocks: unknown): Json {
  const person = knownPerson(workspace, asked.userId);
  return {
    ...common(workspace),
    type: "block_actions",
    team: teamField(workspace),
    user: userField(workspace, person),
    trigger_id: workspace.triggers.issue(asked.userId, asked.triggerId),
    state: { values: {} },
    actions: [{ ...findAction(blocks, asked), action_ts: String(workspace.clock().getTime() / 1_000) }],
  };
}

function containerOf(seen: Message | Ephemeral, isEphemeral: boolean): Json {
  const thread = seen.threadTs === null ? {} : { thread_ts: seen.threadTs };
  return {
    type: "message",
    message_ts: seen.ts,
    channel_id: seen.channelId,
    is_ephemeral: isEphemeral,
    ...thread,
  };
}

/** The action as Slack reports it: the element's own value, or the option that was chosen. */
function findAction(blocks: unknown, { actionId, value }: { actionId: string; value?: string }): Json {
  for (const block of objectsIn(blocks)) {
    for (const element of [...objectsIn(block["elements"]), ...objectsIn([block["accessory"], block["element"]])]) {
      if (element["action_id"] !== actionId) continue;
      const chosen = objectsIn(element["options"]).find((option) => option["value"] === value);
      if (value !== undefined && element["value"] !== value && !chosen) continue;
      return reported(block, element, chosen);
    }
  }
  throw new Error(`There is no button ${actionId}${value === undefined ? "" : ` with the value ${value}`} to press.`);
}

function reported(block: Json, element: Json, chosen: Json | undefined): Json {
  const { type, text, value, style } = element;
  return {
    type,
    action_id: element["action_id"],
    block_id: block["block_id"],
    ...(chosen
      ? { selected_option: chosen }
      : Object.fromEntries(Object.entries({ text, value, style }).filter(isGiven))),
  };
}

function isGiven([, value]: [string, unknown]): boolean {
  return value !== undefined;
}
