import type { Locale } from "../locale.ts";

/** The beginning of a text so long that it would bury our own sentence. */
const TOO_LONG = /^(?<start>.{160})./u;

/** Addresses of pages (ours carry a secret), e-mail addresses, and telephone numbers as they are written in Armenia and abroad. */
const PRIVATE =
  /https?:\/\/\S+|[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+|\+\d[\d ()-]{6,}\d|(?<![\d.])0\d{2}(?:[ ()-]{0,2}\d){6}(?!\d)/giu;

const MARKS: Readonly<Record<Locale, (text: string) => string>> = {
  hy: (text) => `«${text}»`,
  ru: (text) => `«${text}»`,
  en: (text) => `“${text}”`,
};

/** A name, number or code that others gave us, as it is, on one line. */
export function oneLine(text: string): string {
  const line = text.replaceAll(/\s+/gu, " ").trim();
  const start = TOO_LONG.exec(line)?.groups?.["start"];
  return start === undefined ? line : `${start}…`;
}

/** What somebody else wrote in free words: one line, and nobody's contact in it. */
export const plain = (text: string): string => oneLine(text.replaceAll(PRIVATE, "…"));

/** The same in the quotation marks of the language. */
export const quote = (text: string, locale: Locale): string => MARKS[locale](plain(text));
