import type { types } from "@slack/bolt";
import { LIMITS } from "./limits.ts";

export type Block = types.KnownBlock;
export type Button = types.Button;

/** One message: `text` is what notifications and screen readers get, `blocks` is what is seen. */
export type Words = { readonly text: string; readonly blocks: readonly Block[] };

/** Text that Slack shows as it is: no markup, no emoji made out of `:colons:`. */
export const plain = (text: string): types.PlainTextElement => ({ type: "plain_text", text, emoji: false });

export const header = (text: string): Block => ({ type: "header", text: plain(text) });
export const section = (text: string): Block => ({ type: "section", text: plain(text) });
export const fields = (texts: readonly string[]): Block => ({ type: "section", fields: texts.map(plain) });
export const context = (texts: readonly string[]): Block => ({ type: "context", elements: texts.map(plain) });
/** Slack refuses a row without buttons: then there is no row. */
export const actions = (elements: readonly Button[]): Block[] =>
  elements.length === 0 ? [] : [{ type: "actions", elements: [...elements] }];

/** An address that can be pressed and copied. Never one from outside: `|`, `<` and `>` end up percent-encoded. */
export const address = (url: string): Block => ({
  type: "section",
  text: {
    type: "mrkdwn",
    text: `<${new URL(url).href.replaceAll("|", "%7C").replaceAll("&", "&amp;")}>`,
    verbatim: true,
  },
});

/** A long text of several lines as sections that Slack takes. */
export function sections(text: string): Block[] {
  const blocks: string[] = [];
  for (const line of text.split("\n")) {
    const last = blocks.at(-1);
    if (last !== undefined && last.length + line.length < LIMITS.section)
      blocks[blocks.length - 1] = `${last}\n${line}`;
    else blocks.push(line);
  }
  return blocks.filter((block) => block.trim() !== "").map(section);
}
