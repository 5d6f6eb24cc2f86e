import { badRequest } from "./refusals.ts";
import type { Entity } from "./shapes.ts";

const TAGS: Record<string, string> = {
  b: "bold",
  strong: "bold",
  i: "italic",
  em: "italic",
  u: "underline",
  ins: "underline",
  s: "strikethrough",
  strike: "strikethrough",
  del: "strikethrough",
  "tg-spoiler": "spoiler",
  span: "spoiler",
  a: "text_link",
  code: "code",
  pre: "pre",
  blockquote: "blockquote",
};

const NAMED: Record<string, string> = { lt: "<", gt: ">", amp: "&", quot: '"' };

const TOKEN = /<(\/?)([A-Za-z][\w-]*)((?:\s+[^<>]*)?)>|&(#x?[0-9a-fA-F]+|[a-z]+);|</g;

type Open = { readonly tag: string; readonly attributes: string; readonly at: number; readonly byte: number };

/** Telegram's small HTML as text and entities, or its refusal. Every `<` must open or close a known tag. */
export function parseHtml(html: string): { text: string; entities: Entity[] } {
  const open: Open[] = [];
  const entities: Entity[] = [];
  let text = "";
  let read = 0;
  for (const match of html.matchAll(TOKEN)) {
    text += html.slice(read, match.index);
    read = match.index + match[0].length;
    const [whole, slash, name, attributes = "", reference] = match;
    const byte = Buffer.byteLength(html.slice(0, match.index));
    if (reference !== undefined) text += characterOf(reference) ?? whole;
    else if (name === undefined) throw refused(`Unclosed start tag at byte offset ${byte}`);
    else if (slash === "/") entities.push(...close(open.pop(), { tag: name.toLowerCase(), byte, end: text.length }));
    else open.push(opened({ tag: name.toLowerCase(), attributes, at: text.length, byte }));
  }
  const left = open.at(-1);
  if (left) throw refused(`Can't find end tag corresponding to start tag "${left.tag}"`);
  return { text: text + html.slice(read), entities };
}

function opened(tag: Open): Open {
  const spoiler = tag.tag !== "span" || attribute(tag, "class") === "tg-spoiler";
  if (!Object.hasOwn(TAGS, tag.tag)) throw refused(`Unsupported start tag "${tag.tag}" at byte offset ${tag.byte}`);
  if (!spoiler) throw refused(`Tag "span" must have class "tg-spoiler" at byte offset ${tag.byte}`);
  return tag;
}

type Closing = { readonly tag: string; readonly byte: number; readonly end: number };

function close(started: Open | undefined, { tag, byte, end }: Closing): Entity[] {
  if (!started) throw refused(`Unexpected end tag at byte offset ${byte}`);
  if (started.tag !== tag) {
    throw refused(`Unmatched end tag at byte offset ${byte}, expected "</${started.tag}>", found "</${tag}>"`);
  }
  const length = end - started.at;
  const type = TAGS[tag];
  if (length === 0 || type === undefined) return [];
  if (tag === "a") {
    const url = attribute(started, "href");
    return url ? [{ type, offset: started.at, length, url }] : [];
  }
  const expandable = tag === "blockquote" && /\bexpandable\b/.test(started.attributes);
  return [{ type: expandable ? "expandable_blockquote" : type, offset: started.at, length }];
}

function attribute({ attributes }: Open, name: string): string | undefined {
  const value = new RegExp(`\\b${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"']+))`).exec(attributes);
  const raw = value?.[1] ?? value?.[2] ?? value?.[3];
  return raw?.replaceAll(/&([a-z]+);/g, (whole, reference: string) => NAMED[reference] ?? whole);
}

function characterOf(reference: string): string | undefined {
  if (!reference.startsWith("#")) return NAMED[reference];
  const code = reference.startsWith("#x") ? Number.parseInt(reference.slice(2), 16) : Number(reference.slice(1));
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

const refused = (because: string): Error => badRequest(`can't parse entities: ${because}`);
