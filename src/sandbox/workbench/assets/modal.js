/** @import { SlackState } from "../state.ts" */
import { act } from "./api.js";
import { element } from "./dom.js";

/** @typedef {SlackState["views"][number]} View */

/** The windows that stand open on the page, by their id. @type {Map<string, HTMLDialogElement>} */
const standing = new Map();

/**
 * Shows the windows that the app has opened for these people, and takes away those that are gone.
 * @param {SlackState} slack
 * @param {readonly string[]} userIds
 */
export function drawModals({ views }, userIds) {
  const open = views.filter(({ type, userId }) => type === "modal" && userIds.includes(userId));
  for (const [id, dialog] of standing) {
    if (open.some((view) => view.id === id)) continue;
    standing.delete(id);
    dialog.remove();
  }
  for (const view of open) if (!standing.has(view.id)) show(view);
}

/** @param {View} view */
function show(view) {
  const { id: viewId, userId } = view;
  const form = element("form", { method: "dialog" });
  const dialog = element("dialog", { "aria-label": textOf(view.content["title"]) }, form);
  const leave = () => void act("slack/leave", { userId, viewId });
  form.append(
    element("h3", {}, textOf(view.content["title"])),
    ...blocksOf(view).map(drawBlock),
    element(
      "div",
      { class: "block-actions" },
      element("button", { type: "button", class: "slack-button", click: leave }, textOf(view.content["close"])),
      element("button", { class: "slack-button primary" }, textOf(view.content["submit"])),
    ),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const values = Object.fromEntries([...form.querySelectorAll("textarea")].map(({ name, value }) => [name, value]));
    void act("slack/submit", { userId, viewId, values });
  });
  dialog.addEventListener("cancel", leave);
  standing.set(viewId, dialog);
  document.body.append(dialog);
  dialog.showModal();
}

/**
 * @param {Readonly<Record<string, unknown>>} block
 * @returns {HTMLElement}
 */
function drawBlock(block) {
  if (block["type"] !== "input") return element("p", {}, textOf(block["text"]));
  const field = objectOf(block["element"]);
  const input = element("textarea", { name: String(field["action_id"]), required: true, rows: "3" });
  return element("label", { class: "modal-field" }, textOf(block["label"]), input);
}

/** @param {View} view */
const blocksOf = ({ content }) => {
  const blocks = content["blocks"];
  return Array.isArray(blocks) ? blocks.map(objectOf) : [];
};

/**
 * @param {unknown} value
 * @returns {Readonly<Record<string, unknown>>}
 */
const objectOf = (value) => (typeof value === "object" && value !== null ? { ...value } : {});

/** @param {unknown} value */
const textOf = (value) => {
  const { text } = objectOf(value);
  return typeof text === "string" ? text : "";
};
