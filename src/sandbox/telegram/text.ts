import { addFoundEntities, readEntities } from "./entities.ts";
import { parseHtml } from "./html.ts";
import { badRequest } from "./refusals.ts";
import type { Entity } from "./shapes.ts";

export type FormattedText = { readonly text: string; readonly entities?: Entity[] };

type Asked = { readonly text: string; readonly parse_mode?: string | undefined; readonly entities?: unknown };

const LONGEST = 4096;

/** Code points: an Armenian letter is one, an emoji usually one, whatever its bytes. */
export const characters = (text: string): number => Array.from(text).length;

/** The text of a message as Telegram keeps it: parsed, trimmed at the end, 1 to 4096 characters, entities inside it. */
export function formatText(asked: Asked): FormattedText {
  if (asked.text === "") throw badRequest("message text is empty");
  const { text, entities } = parsed(asked);
  const kept = text.trimEnd();
  if (kept.trim() === "") throw badRequest("text must be non-empty");
  if (characters(kept) > LONGEST) throw badRequest("message is too long");
  const all = addFoundEntities(kept, cut(entities, kept.length));
  return all.length > 0 ? { text: kept, entities: all } : { text: kept };
}

function parsed({ text, parse_mode, entities }: Asked): { text: string; entities: Entity[] } {
  const mode = parse_mode?.toLowerCase() ?? "";
  if (mode === "html") return parseHtml(text);
  // A MarkdownV2 message would need escaping of everything a customer or a CRM wrote: this project never sends one.
  if (mode !== "" && mode !== "none") throw badRequest("unsupported parse_mode");
  return { text, entities: entities === undefined ? [] : readEntities(entities, text) };
}

const cut = (entities: readonly Entity[], end: number): Entity[] =>
  entities
    .map((entity) => ({ ...entity, length: Math.min(entity.length, end - entity.offset) }))
    .filter(({ length }) => length > 0);
