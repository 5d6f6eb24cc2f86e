import { element, the } from "./dom.js";

/**
 * The line at the foot of a chat. What is sent is cleared at once; Escape empties it.
 * @param {HTMLElement} pane
 * @param {{ examples: readonly string[], send: (text: string) => Promise<boolean> }} options
 */
export function composer(pane, { examples, send }) {
  const form = the(pane, ".composer", HTMLFormElement);
  const words = the(form, ".words", HTMLInputElement);
  /** @param {string} text */
  const type = (text) => {
    words.value = text;
    words.focus();
  };
  const chips = examples.map((text) => element("button", { type: "button", click: () => type(text) }, text));
  the(form, ".examples", HTMLDivElement).append(...chips);
  words.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") words.value = "";
  });
  const submit = async () => {
    const text = words.value.trim();
    if (text === "") return;
    words.value = "";
    const taken = await send(text);
    if (!taken && words.value === "") words.value = text;
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void submit();
  });
  return { type };
}

/**
 * Fills a list of choices and keeps what is chosen.
 * @param {HTMLSelectElement} select
 * @param {readonly { value: string, label: string }[]} choices
 */
export function offer(select, choices) {
  const chosen = select.value;
  const same = select.options.length === choices.length;
  if (same && choices.every(({ value, label }, at) => isOption(select.options[at], value, label))) return;
  select.replaceChildren(...choices.map(({ value, label }) => element("option", { value }, label)));
  if (choices.some(({ value }) => value === chosen)) select.value = chosen;
}

/**
 * @param {HTMLOptionElement | undefined} option
 * @param {string} value
 * @param {string} label
 */
const isOption = (option, value, label) => option?.value === value && option.label === label;
