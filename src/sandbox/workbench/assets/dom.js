/**
 * @typedef {Node | string | null | undefined | false} Child
 * @typedef {Readonly<Record<string, string | boolean | (() => void) | undefined>>} Given
 */

/**
 * An element with attributes and children. Texts become text nodes, so nothing that somebody wrote is ever read as HTML.
 * A function is what a press on it does; `true` sets an attribute, `false` and `undefined` leave it out.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Given} [given]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function element(tag, given = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (typeof value === "function") made.addEventListener(name, value);
    else if (value === true) made.setAttribute(name, "");
    else if (typeof value === "string") made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

/**
 * The element of the page with this selector. The page is ours: a missing one is a mistake.
 * @template {HTMLElement} T
 * @param {ParentNode} within
 * @param {string} selector
 * @param {new () => T} kind
 * @returns {T}
 */
export function the(within, selector, kind) {
  const found = within.querySelector(selector);
  if (!(found instanceof kind)) throw new Error(`The page has no ${selector}.`);
  return found;
}

/**
 * A link that leaves the page, or plain text when the address is not one of the web.
 * @param {string} address
 * @param {Child} label
 * @returns {Node}
 */
export function outside(address, label) {
  const isWeb = URL.canParse(address) && ["http:", "https:"].includes(new URL(address).protocol);
  if (!isWeb) return element("span", {}, label);
  return element("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, label);
}

/** @param {Date} at */
export const clockTime = (at) => at.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
