/**
 * @template T
 * `sticks`: what is added at the end is scrolled to, for whoever was at the end.
 * @typedef {{ key: (item: T) => string, draw: (item: T) => HTMLElement, sticks?: boolean }} Drawing
 */

/** What each drawn element was drawn from. @type {WeakMap<Element, string>} */
const drawnFrom = new WeakMap();

/**
 * Makes the list show these items. An element whose item did not change stays as it is, with its focus and its open parts;
 * one that changed is drawn anew in its place and says so for a moment.
 * @template T
 * @param {HTMLElement} list
 * @param {readonly T[]} items
 * @param {Drawing<T>} drawing
 */
export function show(list, items, { key, draw, sticks = false }) {
  const scroller = list.closest(".scroll") ?? list;
  const wasAtEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 60;
  const focused = focusIn(list);
  const before = new Map([...list.children].map((child) => [child.getAttribute("data-key"), child]));
  const shown = items.map((item) => {
    const old = before.get(key(item));
    const looks = JSON.stringify(item);
    if (old && drawnFrom.get(old) === looks) return old;
    const fresh = draw(item);
    fresh.setAttribute("data-key", key(item));
    fresh.classList.add(old ? "changed" : "new");
    drawnFrom.set(fresh, looks);
    return fresh;
  });
  if (shown.some((child, at) => list.children[at] !== child) || list.children.length !== shown.length) {
    list.replaceChildren(...shown);
    focusAgain(list, focused);
  }
  if (sticks && wasAtEnd) scroller.scrollTop = scroller.scrollHeight;
}

/**
 * Which button of which item has the focus.
 * @param {HTMLElement} list
 */
function focusIn(list) {
  const active = document.activeElement;
  if (!(active instanceof HTMLElement) || !list.contains(active)) return null;
  const item = active.closest("[data-key]");
  return { key: item?.getAttribute("data-key") ?? "", focus: active.getAttribute("data-focus") ?? "" };
}

/**
 * @param {HTMLElement} list
 * @param {ReturnType<typeof focusIn>} focused
 */
function focusAgain(list, focused) {
  if (focused === null) return;
  const item = [...list.children].find((child) => child.getAttribute("data-key") === focused.key);
  const target = [...(item?.querySelectorAll("[data-focus]") ?? [])].find(
    (one) => one.getAttribute("data-focus") === focused.focus,
  );
  if (target instanceof HTMLElement) target.focus({ preventScroll: true });
}
