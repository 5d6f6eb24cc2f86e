/** @import { SlackState } from "../state.ts" */
/** @import { Item } from "./slack-message.js" */
import { act } from "./api.js";
import { composer, offer } from "./composer.js";
import { the } from "./dom.js";
import { show } from "./list.js";
import { drawItem } from "./slack-message.js";

/**
 * @typedef {{ isDeepLink: (url: string) => boolean, openDeepLink: (url: string) => void }} Links
 * @typedef {{ channel: (slack: SlackState) => string, person: string, examples: readonly string[], links: Links }} Options
 */

const LANGUAGES = [
  { value: "en", label: "English" },
  { value: "hy", label: "Հայերեն" },
  { value: "ru", label: "Русский" },
];

/**
 * One channel of Slack, as one person sees it.
 * @param {HTMLElement} pane
 * @param {Options} options
 */
export function slackPane(pane, { channel, person, examples, links }) {
  const who = the(pane, ".person", HTMLSelectElement);
  const language = the(pane, ".language", HTMLSelectElement);
  const list = the(pane, ".messages", HTMLOListElement);
  const empty = the(pane, ".empty", HTMLParagraphElement);
  /** @type {Set<string>} */
  const dismissed = new Set();
  /** @type {SlackState | null} */
  let last = null;

  const here = () => ({ userId: who.value, channelId: last ? channel(last) : "" });
  const line = composer(pane, { examples, send: (text) => say(text, here()) });
  const draw = (/** @type {SlackState} */ slack) => {
    last = slack;
    offerPeople(slack, { who, language, person });
    const items = itemsOf(slack, { ...here(), dismissed });
    empty.hidden = items.length > 0;
    show(list, items, {
      sticks: true,
      key: ({ message }) => message.ts,
      draw: (item) => drawItem(item, { slack, links, userId: who.value, dismiss }),
    });
  };
  const redraw = () => {
    if (last) draw(last);
  };
  const dismiss = (/** @type {string} */ ts) => {
    dismissed.add(ts);
    redraw();
  };
  who.addEventListener("change", redraw);
  language.addEventListener("change", () => {
    void act("slack/language", { userId: who.value, language: language.value });
  });
  return { draw, type: line.type, person: () => who.value };
}

/**
 * @param {SlackState} slack
 * @param {{ who: HTMLSelectElement, language: HTMLSelectElement, person: string }} pickers
 */
function offerPeople({ people }, { who, language, person }) {
  const chosen = who.value === "" ? person : who.value;
  const choices = people.map(({ id, name }) => ({ value: id, label: name }));
  offer(who, choices);
  who.value = chosen;
  offer(language, LANGUAGES);
  language.value = people.find(({ id }) => id === chosen)?.language ?? "en";
}

/**
 * What stands in the channel for this person, the oldest first; replies stand under what they answer.
 * @param {SlackState} slack
 * @param {{ userId: string, channelId: string, dismissed: ReadonlySet<string> }} seen
 * @returns {Item[]}
 */
function itemsOf({ channels }, { userId, channelId, dismissed }) {
  const channel = channels.find(({ id }) => id === channelId);
  if (!channel) return [];
  const mine = channel.ephemerals.filter((one) => one.userId === userId && !dismissed.has(one.ts));
  /** @type {Item[]} */
  const all = [
    ...channel.messages.map((message) => ({ message, whispered: false, replies: [], userId })),
    ...mine.map((message) => ({ message, whispered: true, replies: [], userId })),
  ].toSorted((a, b) => Number(a.message.ts) - Number(b.message.ts));
  return all
    .filter(({ message }) => message.threadTs === null)
    .map((item) => ({ ...item, replies: all.filter(({ message }) => message.threadTs === item.message.ts) }));
}

/**
 * A command, or a message.
 * @param {string} text
 * @param {{ userId: string, channelId: string }} here
 */
function say(text, here) {
  if (!text.startsWith("/")) return act("slack/say", { ...here, text });
  const [command = "", ...rest] = text.split(" ");
  return act("slack/command", { ...here, command, text: rest.join(" ") });
}
