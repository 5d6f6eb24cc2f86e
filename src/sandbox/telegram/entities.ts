import { z } from "zod";
import { badRequest } from "./refusals.ts";
import { shapes, type Entity } from "./shapes.ts";

/** Kinds a bot may ask for. */
const STYLES = new Set([
  "bold",
  "italic",
  "underline",
  "strikethrough",
  "spoiler",
  "blockquote",
  "expandable_blockquote",
  "code",
  "pre",
  "text_link",
  "text_mention",
  "custom_emoji",
  "date_time",
]);

/** Kinds Telegram finds by itself; a bot's own claim of one is ignored. */
const FOUND = new Set([
  "mention",
  "hashtag",
  "cashtag",
  "bot_command",
  "url",
  "email",
  "phone_number",
  "bank_card_number",
]);

const PATTERNS = {
  bot_command: /(?<![\w/@])\/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/@])/g,
  url: /(?<![\w.@])https?:\/\/[^\s<>"]*[^\s<>"'.,:;!?)\]}»]/g,
  mention: /(?<![\w@/.])@[A-Za-z][A-Za-z0-9_]{3,31}(?!\w)/g,
};

/** The entities a bot sent with its text, once they make sense for it. */
export function readEntities(given: unknown, text: string): Entity[] {
  const parsed = z.array(shapes.entity).safeParse(given);
  if (!parsed.success) throw badRequest(`can't parse MessageEntity: ${whatIsWrong(parsed.error)}`);
  const known = parsed.data.filter(({ type }) => {
    if (!STYLES.has(type) && !FOUND.has(type))
      throw badRequest("can't parse MessageEntity: Unsupported type specified");
    return STYLES.has(type);
  });
  for (const entity of known) checkBounds(entity, text);
  return known;
}

/** Commands, addresses and mentions that Telegram marks on its own, where nothing else stands. */
export function addFoundEntities(text: string, given: readonly Entity[]): Entity[] {
  const all = [...given];
  for (const [type, pattern] of Object.entries(PATTERNS)) {
    for (const match of text.matchAll(pattern)) {
      const found: Entity = { type, offset: match.index, length: match[0].length };
      if (!all.some((other) => overlap(found, other))) all.push(found);
    }
  }
  return all.toSorted((a, b) => a.offset - b.offset || b.length - a.length);
}

const overlap = (a: Entity, b: Entity): boolean => a.offset < b.offset + b.length && b.offset < a.offset + a.length;

function checkBounds({ type, offset, length, url }: Entity, text: string): void {
  if (offset < 0 || length <= 0 || offset + length > text.length) throw badRequest("ENTITY_BOUNDS_INVALID");
  if (splitsSymbol(text, offset)) throw badRequest("entity begins in a middle of a UTF-16 symbol");
  if (splitsSymbol(text, offset + length)) throw badRequest("entity ends in a middle of a UTF-16 symbol");
  if (type === "text_link" && !url) throw badRequest(`can't parse MessageEntity: Can't find field "url"`);
}

/** An emoji is two UTF-16 units: nothing may begin or end between them. */
function splitsSymbol(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff;
}

function whatIsWrong(error: z.ZodError): string {
  const field = error.issues[0]?.path.at(-1);
  return typeof field === "string" ? `Field "${field}" has a wrong type or is missing` : "expected an Object";
}
