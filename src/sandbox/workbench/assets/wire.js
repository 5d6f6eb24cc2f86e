/** @import { WireEntry } from "../wire.ts" */
import { fetchWire } from "./api.js";
import { element, the } from "./dom.js";
import { prettyJson } from "./json.js";
import { show } from "./list.js";

const SHOWN = 250;
/** While it is open: some exchanges change nothing in any chat. */
const LOOKING_MS = 2_000;
/** After this an exchange without an answer will not get one. */
const PATIENCE_MS = 60_000;

/** The drawer that shows every exchange as it happens. */
export function wireDrawer() {
  const drawer = the(document, "#wire", HTMLElement);
  const toggle = the(document, "#wire-toggle", HTMLButtonElement);
  const list = the(document, "#exchanges", HTMLOListElement);
  list.classList.add("scroll");
  /** @type {WireEntry[]} */
  const entries = [];

  const look = async () => {
    if (drawer.hidden) return;
    for (const entry of await fetchWire(settled(entries))) entries[entry.number - 1] = entry;
    show(list, entries.slice(-SHOWN), { sticks: true, key: ({ number }) => String(number), draw: drawExchange });
  };
  const open = (/** @type {boolean} */ wanted) => {
    drawer.hidden = !wanted;
    toggle.setAttribute("aria-expanded", String(wanted));
    if (wanted) void look().then(() => (list.scrollTop = list.scrollHeight));
    else toggle.focus();
  };
  toggle.addEventListener("click", () => open(drawer.hidden !== false));
  the(document, "#wire-close", HTMLButtonElement).addEventListener("click", () => open(false));
  drawer.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") open(false);
  });
  setInterval(() => void look().catch(() => undefined), LOOKING_MS);
  return {
    /** @param {number} count */
    count: (count) => {
      the(document, "#wire-count", HTMLSpanElement).textContent = String(count);
    },
  };
}

/**
 * How many exchanges, from the first on, will never change again.
 * @param {readonly WireEntry[]} entries
 */
function settled(entries) {
  const open = entries.findIndex(({ status, at }) => status === null && Date.now() - Date.parse(at) < PATIENCE_MS);
  return open < 0 ? entries.length : open;
}

/** @param {WireEntry} entry */
function drawExchange({ at, from, to, name, status, fault, request, response }) {
  const party = from === "paythread" ? to : from;
  const details = element(
    "details",
    {},
    element(
      "summary",
      { "data-focus": "summary" },
      element("time", {}, at.slice(11, 23)),
      element("span", { class: "party", "data-party": party }, party),
      element("span", { class: "way" }, `${from} → ${to}`),
      element("code", {}, name),
      element("span", { class: `answer ${statusClass(status)}` }, status === null ? "…" : String(status)),
      fault !== null && element("span", { class: "fault" }, fault),
    ),
  );
  details.addEventListener("toggle", () => {
    if (!details.open || details.children.length > 1) return;
    details.append(element("div", { class: "both" }, half("Request", request), half("Answer", response)));
    details.scrollIntoView({ block: "nearest" });
  });
  return element("li", {}, details);
}

/** @param {number | null} status */
function statusClass(status) {
  if (status === null) return "waiting";
  return status < 400 ? "good" : "bad";
}

/**
 * @param {string} title
 * @param {unknown} value
 */
const half = (title, value) => element("div", {}, element("h3", {}, title), prettyJson(value));
