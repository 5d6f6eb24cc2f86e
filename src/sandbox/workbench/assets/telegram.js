/** @import { TelegramChatView, TelegramState } from "../state.ts" */
import { act, notice } from "./api.js";
import { composer, offer } from "./composer.js";
import { clockTime, element, outside, the } from "./dom.js";
import { dressed } from "./entities.js";
import { show } from "./list.js";

/**
 * @typedef {TelegramChatView["messages"][number]} Message
 * @typedef {NonNullable<Message["reply_markup"]>["inline_keyboard"][number][number]} Button
 */

/**
 * The chat of one customer with the bot.
 * @param {HTMLElement} pane
 */
export function telegramPane(pane) {
  const who = the(pane, ".person", HTMLSelectElement);
  const block = the(pane, ".block", HTMLButtonElement);
  const list = the(pane, ".messages", HTMLOListElement);
  /** @type {TelegramState | null} */
  let last = null;
  const userId = () => Number(who.value);
  const send = (/** @type {string} */ text) => act("telegram/send", { userId: userId(), text });
  composer(pane, { examples: ["/start", "/language", "/help"], send });

  const draw = (/** @type {TelegramState} */ telegram) => {
    last = telegram;
    the(pane, ".bot", HTMLHeadingElement).textContent = telegram.bot.name;
    const chat = chosenOf(telegram, who);
    drawBlocked(block, chat);
    const messages = chat?.messages ?? [];
    the(pane, ".empty", HTMLParagraphElement).hidden = messages.length > 0;
    show(list, messages, {
      sticks: true,
      key: ({ chat: { id }, message_id: message }) => `${id}/${message}`,
      draw: (message) => drawMessage(message, { bot: telegram.bot.id, userId: userId(), send }),
    });
  };
  who.addEventListener("change", () => {
    if (last) draw(last);
  });
  block.addEventListener("click", () => {
    void act("telegram/block", { userId: userId(), blocked: block.getAttribute("aria-pressed") !== "true" });
  });
  return {
    draw,
    isDeepLink: (/** @type {string} */ url) => last !== null && url.startsWith(`https://t.me/${last.bot.username}`),
    /** The customer opens the address and presses Start. @param {string} url */
    openDeepLink: (url) => {
      pane.scrollIntoView({ behavior: "smooth", block: "nearest", inline: "nearest" });
      void act("telegram/start", { userId: userId(), url });
    },
  };
}

/**
 * Whose chat is shown: of the person who is chosen, or of the first one.
 * @param {TelegramState} telegram
 * @param {HTMLSelectElement} who
 */
function chosenOf({ chats }, who) {
  const choices = chats.map((chat) => ({ value: String(chat.userId), label: chat.name }));
  offer(who, choices);
  return chats.find(({ userId }) => String(userId) === who.value);
}

/**
 * @param {HTMLButtonElement} button
 * @param {TelegramChatView | undefined} chat
 */
function drawBlocked(button, chat) {
  const blocked = chat?.blocked === true;
  button.textContent = blocked ? "Unblock bot" : "Block bot";
  button.setAttribute("aria-pressed", String(blocked));
}

/**
 * @param {Message} message
 * @param {{ bot: number, userId: number, send: (text: string) => Promise<boolean> }} seen
 */
function drawMessage(message, { bot, userId, send }) {
  const { text = "", entities = [], edit_date: edited, date, reply_markup: markup } = message;
  const rows = markup?.inline_keyboard ?? [];
  const press = (/** @type {string} */ data) =>
    void act("telegram/press", { userId, messageId: message.message_id, data });
  return element(
    "li",
    { class: `telegram-message ${message.from?.id === bot ? "theirs" : "mine"}` },
    element(
      "div",
      { class: "bubble" },
      element("p", { class: "text" }, ...dressed(text, entities, (command) => void send(command))),
      element("p", { class: "when" }, edited !== undefined && "edited ", clockTime(new Date((edited ?? date) * 1_000))),
    ),
    ...rows.map((row) => element("div", { class: "keys" }, ...row.map((button) => drawButton(button, press)))),
  );
}

/**
 * @param {Button} button
 * @param {(data: string) => void} press
 */
function drawButton({ text, url, callback_data: data, copy_text: copied }, press) {
  if (url !== undefined) return outside(url, `${text} ↗`);
  const click = () => {
    if (data !== undefined) press(data);
    else if (copied) void navigator.clipboard.writeText(copied.text).then(() => notice("Copied."));
  };
  return element("button", { type: "button", click, "data-focus": data }, text);
}
