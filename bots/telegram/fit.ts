/**
 * Telegram's limit for one message. It is not documented whether it counts code points or UTF-16 units; we count UTF-16
 * units, which are never fewer.
 */
export const LONGEST_TEXT = 4096;

/** A text within `most` UTF-16 units, cut between whole visible characters: half an emoji is refused by Telegram. */
export function fit(text: string, most: number): string {
  if (text.length <= most) return text;
  let end = 0;
  for (const { index, segment } of new Intl.Segmenter().segment(text)) {
    if (index + segment.length > most - 1) break;
    end = index + segment.length;
  }
  return most > 0 ? `${text.slice(0, end).trimEnd()}…` : "";
}

/** Somebody else's text as one line that can be written in UTF-8, whatever it was made of. */
export const oneLine = (text: string): string => text.toWellFormed().replaceAll(/\s+/gu, " ").trim();
