import { element, outside } from "./dom.js";

/** @import { Child } from "./dom.js" */
/**
 * What a text may refer to, and what a press on one of our bot's own addresses does.
 * @typedef {{ nameOf: (id: string) => string, isDeepLink: (url: string) => boolean, openDeepLink: (url: string) => void }} Surroundings
 */

/** The parts of Slack's markup that mean something: code, `<…>`, bold, italic, strike. Everything else is text. */
const MARKS =
  /```([\s\S]+?)```|`([^`\n]+)`|<([^<>\n]+)>|(?<!\w)\*([^*\n]+)\*(?!\w)|(?<!\w)_([^_\n]+)_(?!\w)|~([^~\n]+)~/g;

const EMOJI = /:(warning|white_check_mark|x|hourglass|hourglass_flowing_sand|moneybag|link|bell|lock):/g;
/** @type {Readonly<Record<string, string>>} */
const SIGNS = {
  warning: "⚠️",
  white_check_mark: "✅",
  x: "❌",
  hourglass: "⌛",
  hourglass_flowing_sand: "⏳",
  moneybag: "💰",
  link: "🔗",
  bell: "🔔",
  lock: "🔒",
};

/**
 * Slack sends `&`, `<` and `>` as entities and nothing else.
 * @param {string} text
 */
export const decoded = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

/**
 * A text in Slack's markup as nodes.
 * @param {string} text
 * @param {Surroundings} around
 * @returns {Child[]}
 */
export function mrkdwn(text, around) {
  /** @type {Child[]} */
  const nodes = [];
  let at = 0;
  for (const match of text.matchAll(MARKS)) {
    nodes.push(plain(text.slice(at, match.index)), marked(match, around));
    at = match.index + match[0].length;
  }
  return [...nodes, plain(text.slice(at))];
}

/** @param {string} text */
const plain = (text) => decoded(text).replaceAll(EMOJI, (_all, /** @type {string} */ name) => SIGNS[name] ?? name);

/**
 * @param {RegExpExecArray} match
 * @param {Surroundings} around
 * @returns {Child}
 */
function marked([, block, code, reference, bold, italic, strike], around) {
  if (block !== undefined) return element("pre", {}, decoded(block.trim()));
  if (code !== undefined) return element("code", {}, decoded(code));
  if (reference !== undefined) return referred(reference, around);
  if (bold !== undefined) return element("strong", {}, ...mrkdwn(bold, around));
  if (italic !== undefined) return element("em", {}, ...mrkdwn(italic, around));
  return element("s", {}, ...mrkdwn(strike ?? "", around));
}

/**
 * `<@U1>`, `<#C1|sales>`, `<!here>`, `<https://…|label>`.
 * @param {string} reference
 * @param {Surroundings} around
 * @returns {Child}
 */
function referred(reference, around) {
  const [target = "", label] = reference.split("|");
  if (target.startsWith("@"))
    return element("span", { class: "mention" }, `@${label ?? around.nameOf(target.slice(1))}`);
  if (target.startsWith("#"))
    return element("span", { class: "mention" }, `#${label ?? around.nameOf(target.slice(1))}`);
  if (target.startsWith("!")) return element("span", { class: "mention" }, label ?? `@${target.slice(1)}`);
  return link(decoded(target), decoded(label ?? target), around);
}

/**
 * @param {string} url
 * @param {string} label
 * @param {Surroundings} around
 */
function link(url, label, { isDeepLink, openDeepLink }) {
  if (!isDeepLink(url)) return outside(url, label);
  const press = () => openDeepLink(url);
  const title = "The customer opens this address and presses Start";
  return element("button", { type: "button", class: "deep-link", title, click: press, "data-focus": url }, label);
}
