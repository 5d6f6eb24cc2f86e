/** @import { Ephemeral, Message } from "../../slack/saved-state.ts" */
/** @import { SlackState } from "../state.ts" */
/** @import { Links } from "./slack.js" */
import { act } from "./api.js";
import { drawBlocks } from "./block-kit.js";
import { clockTime, element } from "./dom.js";
import { mrkdwn } from "./mrkdwn.js";

/**
 * @typedef {{ message: Message | Ephemeral, whispered: boolean, replies: readonly Item[], userId: string }} Item
 * @typedef {{ slack: SlackState, links: Links, userId: string, dismiss: (ts: string) => void }} Seen
 */

/**
 * @param {Item} item
 * @param {Seen} seen
 * @returns {HTMLLIElement}
 */
export function drawItem(item, seen) {
  const { message, whispered, replies } = item;
  const author = authorOf(message, seen.slack);
  return element(
    "li",
    { class: `slack-message${whispered ? " whispered" : ""}` },
    element("span", { class: `face ${author.kind}`, "aria-hidden": "true" }, author.face),
    element(
      "div",
      { class: "said" },
      element(
        "p",
        { class: "by" },
        element("strong", {}, author.name),
        author.kind === "app" && element("span", { class: "badge" }, "APP"),
        element("time", {}, clockTime(new Date(Number(message.ts) * 1_000))),
        "edits" in message && message.edits > 0 && element("span", { class: "edited" }, "edited in place"),
        whispered && element("span", { class: "only-you" }, "only visible to you"),
        whispered && dismissButton(message, seen),
      ),
      ...contentOf(message, seen),
      replies.length > 0 && element("ol", { class: "replies" }, ...replies.map((reply) => drawItem(reply, seen))),
    ),
  );
}

/**
 * @param {Message | Ephemeral} message
 * @param {Seen} seen
 */
const dismissButton = ({ ts }, { dismiss }) =>
  element(
    "button",
    {
      type: "button",
      class: "dismiss",
      "aria-label": "Dismiss this message",
      click: () => dismiss(ts),
      "data-focus": "dismiss",
    },
    "✕",
  );

/**
 * @param {Message | Ephemeral} message
 * @param {Seen} seen
 */
function contentOf({ text, blocks, channelId, ts }, { slack, links, userId }) {
  const around = { ...links, nameOf: (/** @type {string} */ id) => nameIn(slack, id) };
  if (blocks.length === 0) return [element("p", { class: "text" }, ...mrkdwn(text, around))];
  const press = (/** @type {string} */ actionId, /** @type {string | undefined} */ value) =>
    act("slack/press", { userId, channelId, ts, actionId, ...(value === undefined ? {} : { value }) });
  return drawBlocks(blocks, { ...around, press });
}

/**
 * @param {Message | Ephemeral} message
 * @param {SlackState} slack
 */
function authorOf(message, { app, people }) {
  if ("from" in message) {
    return message.from === "app" ? appFace(app.name) : { name: "Slackbot", face: "S", kind: "bot" };
  }
  if (message.fromApp) return appFace(app.name);
  const name = people.find(({ id }) => id === message.userId)?.name ?? message.userId;
  return { name, face: name.slice(0, 1), kind: "person" };
}

/** @param {string} name */
const appFace = (name) => ({ name, face: "p", kind: "app" });

/**
 * @param {SlackState} slack
 * @param {string} id
 */
const nameIn = ({ people, channels, app }, id) =>
  [...people, ...channels].find((one) => one.id === id)?.name ?? (id === app.userId ? app.name : id);
