import type { Json } from "./saved-state.ts";

/** Reads a JSON text; `otherwise` decides what an unreadable one means here. */
export function jsonOr(text: string, otherwise: (text: string) => unknown): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return otherwise(text);
  }
}

/** Slack takes and gives plain words in many places where it also takes JSON. */
export function jsonOrText(text: string): unknown {
  return jsonOr(text, (words) => words);
}

/** The objects of a list that came from outside; nothing when it is no list. */
export function objectsIn(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null;
}
