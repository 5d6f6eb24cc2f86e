import { fields, method } from "./method.ts";
import { badRequest } from "./refusals.ts";
import type { SavedState } from "./state.ts";
import { characters } from "./text.ts";

/** Bots that did their work first were refused after some 15 seconds: answer the press, then work. */
const ANSWERABLE_MS = 15_000;
const LONGEST_ANSWER = 200;
const REMEMBERED = 1000;

/** Ends the spinner on the button; once for each press. */
export const answerCallbackQuery = method(
  {
    callback_query_id: fields.required("callback_query_id"),
    text: fields.text("text"),
    show_alert: fields.flag("show_alert"),
    url: fields.text("url"),
    cache_time: fields.integer("cache_time"),
  },
  (world, { callback_query_id, text = "", show_alert = false, url }) => {
    const query = world.state.callbacks.find(({ id }) => id === callback_query_id);
    if (!query || query.answer || world.clock().getTime() - query.at > ANSWERABLE_MS) {
      throw badRequest("query is too old and response timeout expired or query ID is invalid");
    }
    if (characters(text) > LONGEST_ANSWER) throw badRequest("MESSAGE_TOO_LONG");
    query.answer = { text, showAlert: show_alert, url: url ?? null };
    return { result: true };
  },
);

/** A press begins: its id, until when it can be answered. */
export function openCallback(state: SavedState, at: Date): string {
  const id = String(state.nextCallbackId++);
  state.callbacks.push({ id, at: at.getTime(), answer: null });
  if (state.callbacks.length > REMEMBERED) state.callbacks.shift();
  return id;
}
