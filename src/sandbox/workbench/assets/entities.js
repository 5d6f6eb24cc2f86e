import { element, outside } from "./dom.js";

/** @import { Child } from "./dom.js" */
/** @typedef {{ type: string, offset: number, length: number, url?: string | undefined }} Entity */

/** @type {Readonly<Record<string, keyof HTMLElementTagNameMap>>} */
const TAGS = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
  pre: "code",
  blockquote: "q",
  spoiler: "span",
};

/**
 * A text with Telegram's entities as nodes. Offsets count UTF-16 units, as strings here do; entities may overlap, so the text
 * is cut wherever one begins or ends and each piece is dressed in all that cover it.
 * @param {string} text
 * @param {readonly Entity[]} entities
 * @param {(command: string) => void} say
 * @returns {Child[]}
 */
export function dressed(text, entities, say) {
  const cuts = new Set([0, text.length, ...entities.flatMap(({ offset, length }) => [offset, offset + length])]);
  const edges = [...cuts].toSorted((a, b) => a - b);
  return edges.slice(0, -1).map((from, at) => {
    const to = edges[at + 1] ?? text.length;
    const over = entities.filter(({ offset, length }) => offset <= from && offset + length >= to);
    return over.reduceRight((/** @type {Child} */ node, entity) => inside(entity, node, say), text.slice(from, to));
  });
}

/**
 * @param {Entity} entity
 * @param {Child} child
 * @param {(command: string) => void} say
 * @returns {Child}
 */
function inside({ type, url }, child, say) {
  const words = typeof child === "string" ? child : "";
  if (type === "text_link") return outside(url ?? "", child);
  if (type === "url") return outside(/^[a-z]+:/i.test(words) ? words : `https://${words}`, child);
  if (type === "bot_command" && words !== "") {
    return element("button", { type: "button", class: "command", click: () => say(words), "data-focus": words }, words);
  }
  const tag = TAGS[type];
  return tag === undefined ? child : element(tag, {}, child);
}
