import { element } from "./dom.js";

/** The parts of pretty JSON: a key, a string, a number or a word. What is between them is punctuation. */
const PARTS = /("(?:[^"\\]|\\.)*")(\s*:)?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/g;

/**
 * JSON as people read it. A form carries JSON inside of strings (Slack's `blocks`): that is unfolded too.
 * @param {unknown} value
 */
export function prettyJson(value) {
  const text = JSON.stringify(value ?? null, (_key, inner) => unfolded(inner), 2);
  const drawn = element("pre", { class: "json", tabindex: "0" });
  let at = 0;
  for (const match of text.matchAll(PARTS)) {
    const [whole, string, colon] = match;
    drawn.append(
      text.slice(at, match.index),
      element("span", { class: kindOf(string, colon) }, string ?? whole),
      colon ?? "",
    );
    at = match.index + whole.length;
  }
  drawn.append(text.slice(at));
  return drawn;
}

/**
 * @param {string | undefined} string
 * @param {string | undefined} colon
 */
function kindOf(string, colon) {
  if (string === undefined) return "value";
  return colon === undefined ? "string" : "key";
}

/**
 * @param {unknown} value
 * @returns {unknown}
 */
function unfolded(value) {
  if (typeof value !== "string" || !/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
