import { CHANNEL } from "./cast.ts";
import type { Card, State } from "./world.ts";

/** The card in the channel where it was asked for; undefined: there is none yet. */
export const cardIn = ({ slack }: State): Card | undefined =>
  slack.channels.find(({ id }) => id === CHANNEL)?.messages.at(-1);

/** A card as lines of text: its words, and its buttons in brackets. */
export function linesOf({ blocks }: Card): readonly string[] {
  return blocks.flatMap(({ type, text, fields = [], elements = [] }) => {
    const labels = elements.map((element) => plain(labelOf(element.text)));
    if (type === "actions") return [labels.map((label) => `[ ${label} ]`).join(" ")];
    return [text, ...fields].flatMap((one) => (one ? [plain(one.text)] : [])).concat(labels);
  });
}

/** What a button carries, by its action id. */
export function valueOf({ blocks }: Card, actionId: string): string | undefined {
  const buttons = blocks.flatMap(({ elements = [] }) => elements);
  return buttons.find((button) => button.action_id === actionId)?.value;
}

/** A button's label is an object, a note's text stands there itself. */
const labelOf = (text: unknown): string =>
  typeof text === "object" && text !== null && "text" in text ? String(text.text) : String(text);

/** Slack writes an address in angle brackets. */
const plain = (text: string): string => text.replaceAll(/<(https?:[^>|]+)(?:\|[^>]*)?>/g, "$1");
