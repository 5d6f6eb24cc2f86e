import { element, outside } from "./dom.js";
import { decoded, mrkdwn } from "./mrkdwn.js";
import { confirmed } from "./confirm.js";

/** @import { Child } from "./dom.js" */
/** @import { Surroundings } from "./mrkdwn.js" */
/**
 * Block Kit as the stand-in has checked it: only what is drawn here.
 * @typedef {{ type: string, text: string }} Text
 * @typedef {{ title: Text, text: Text, confirm: Text, deny: Text, style?: string }} Confirmation
 * @typedef {{ text: Text, value: string }} Option
 * @typedef {{ type: string, action_id?: string, text?: Text | string, value?: string, url?: string, style?: string,
 *   confirm?: Confirmation, accessibility_label?: string, placeholder?: Text, options?: readonly Option[] }} Element
 * @typedef {{ type: string, text?: Text | string, fields?: readonly Text[], elements?: readonly Element[],
 *   accessory?: Element, alt_text?: string }} Block
 * @typedef {Surroundings & { press: (actionId: string, value: string | undefined) => Promise<unknown> }} Stage
 */

/**
 * @param {readonly unknown[]} blocks
 * @param {Stage} stage
 * @returns {HTMLElement[]}
 */
export const drawBlocks = (blocks, stage) =>
  blocks
    .filter(isBlock)
    .map((block) => drawBlock(block, stage))
    .filter((drawn) => drawn !== null);

/**
 * The stand-in lets no other block through.
 * @param {unknown} value
 * @returns {value is Block}
 */
const isBlock = (value) => typeof value === "object" && value !== null && "type" in value;

/**
 * @param {Block} block
 * @param {Stage} stage
 * @returns {HTMLElement | null}
 */
function drawBlock(block, stage) {
  switch (block.type) {
    case "header":
      return element("h3", { class: "block-header" }, ...drawText(block.text, stage));
    case "section":
      return section(block, stage);
    case "context":
      return element("p", { class: "block-context" }, ...(block.elements ?? []).map((one) => small(one, stage)));
    case "divider":
      return element("hr");
    case "actions":
      return element(
        "div",
        { class: "block-actions" },
        ...(block.elements ?? []).map((one) => drawElement(one, stage)),
      );
    case "markdown":
      return element("p", {}, ...drawText(block.text, stage));
    case "image":
      return element("p", { class: "block-context" }, block.alt_text);
    default:
      return null;
  }
}

/**
 * @param {Block} block
 * @param {Stage} stage
 */
function section({ text, fields = [], accessory }, stage) {
  return element(
    "div",
    { class: "block-section" },
    text !== undefined && element("p", {}, ...drawText(text, stage)),
    fields.length > 0 &&
      element("div", { class: "fields" }, ...fields.map((one) => element("p", {}, ...drawText(one, stage)))),
    accessory && drawElement(accessory, stage),
  );
}

/**
 * @param {Text | string | undefined} text
 * @param {Surroundings} around
 * @returns {Child[]}
 */
function drawText(text, around) {
  if (text === undefined) return [];
  if (typeof text === "string") return mrkdwn(text, around);
  return text.type === "mrkdwn" ? mrkdwn(text.text, around) : [decoded(text.text)];
}

/** @param {Text | string | undefined} text */
const wordsOf = (text) => decoded(typeof text === "string" ? text : (text?.text ?? ""));

/**
 * A text of a context: the element itself has the form of one.
 * @param {Element} one
 * @param {Stage} stage
 */
const small = ({ type, text }, stage) =>
  element("span", {}, ...drawText(typeof text === "string" ? { type, text } : text, stage));

/**
 * @param {Element} one
 * @param {Stage} stage
 * @returns {Node | null}
 */
function drawElement(one, stage) {
  if (one.type === "button") return button(one, stage);
  if (one.type === "static_select" || one.type === "overflow") return menu(one, stage);
  return null;
}

/**
 * @param {Element} one
 * @param {Stage} stage
 */
function button(one, stage) {
  const label = wordsOf(one.text);
  if (one.url !== undefined) return outside(one.url, label);
  const drawn = element(
    "button",
    {
      type: "button",
      class: `slack-button ${one.style ?? ""}`,
      "aria-label": one.accessibility_label && decoded(one.accessibility_label),
      "data-focus": one.action_id,
    },
    label,
  );
  drawn.addEventListener("click", () => void pressed(drawn, one, stage));
  return drawn;
}

/**
 * A second press while the first is under way would be another press, as in Slack; a person sees that one is under way.
 * @param {HTMLElement} drawn
 * @param {Element} one
 * @param {Stage} stage
 */
async function pressed(drawn, one, stage) {
  if (one.confirm && !(await confirmed(one.confirm))) return;
  drawn.classList.add("busy");
  await stage.press(one.action_id ?? "", one.value);
  drawn.classList.remove("busy");
}

/**
 * @param {Element} one
 * @param {Stage} stage
 */
function menu(one, stage) {
  const first = element("option", { value: "" }, one.placeholder?.text ?? "…");
  const options = (one.options ?? []).map(({ text, value }) => element("option", { value }, decoded(text.text)));
  const drawn = element("select", { "data-focus": one.action_id, "aria-label": "Choose" }, first, ...options);
  drawn.addEventListener("change", () => {
    if (drawn.value !== "") void stage.press(one.action_id ?? "", drawn.value);
  });
  return drawn;
}
