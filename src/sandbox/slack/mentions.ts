import type { Json } from "./saved-state.ts";

/**
 * Whom a message wakes up: `@channel`, `@here`, `@everyone`, user ids and user group ids, in order. Text that was escaped
 * (`&lt;!channel&gt;`) wakes nobody, and neither do plain texts in blocks.
 */
export function pings(message: { readonly text: string; readonly blocks: readonly Json[] }): string[] {
  const texts = message.blocks.length > 0 ? markedTexts(message.blocks) : [message.text];
  const mention = /<(?:!(channel|here|everyone)|@([UW][A-Z0-9]+)|!subteam\^(S[A-Z0-9]+))(?:\|[^>]*)?>/g;
  return texts.flatMap((text) =>
    [...text.matchAll(mention)].map(([, everyone, user, group]) => (everyone ? `@${everyone}` : (user ?? group ?? ""))),
  );
}

function markedTexts(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  if ("type" in value && value.type === "mrkdwn" && "text" in value) return [String(value.text)];
  return Object.values(value).flatMap(markedTexts);
}
