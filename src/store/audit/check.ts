import { hashOf, type Sealed, START, type Tail } from "./entry.ts";

/** As much of a chain as was read. After a broken entry nothing is known of its hash, so one change is told once. */
export type Read = { readonly entries: number; readonly head: string | null };

export const NOTHING: Read = { entries: 0, head: START };

/** Hears of every broken place, in a sentence. */
export type Say = (sentence: string) => void;

/** What is wrong with an entry that comes after `before` in its chain, in sentences; none: it is as it was written. */
export function wrongIn(entry: Sealed, before: Read): readonly string[] {
  const here = `Entry ${entry.position} of ${entry.chain}`;
  const [first, last] = [before.entries + 1, entry.position - 1];
  const wrong: string[] = [];
  if (first === last) wrong.push(`Entry ${first} of ${entry.chain} is missing.`);
  if (first < last) wrong.push(`Entries ${first} to ${last} of ${entry.chain} are missing.`);
  if (hashOf(entry) !== entry.hash) {
    wrong.push(`${here} is not what was written there: it was changed or moved.`);
  } else if (wrong.length === 0 && before.head !== null && entry.previous !== before.head) {
    wrong.push(`${here} does not follow from the entry before it: one of the two was written anew.`);
  }
  return wrong;
}

/** What is wrong at the end of an invoice's chain: the invoice's row says how long it is and how it ends. */
export function wrongAtEnd(chain: string, found: Read, noted: Tail): readonly string[] {
  const missing = noted.entries - found.entries;
  if (missing > 0) {
    const last = missing === 1 ? "The last entry" : `The last ${missing} entries`;
    return [`${last} of ${chain} ${missing === 1 ? "is" : "are"} missing: its invoice counts ${noted.entries}.`];
  }
  if (missing < 0) return [`${chain} has ${found.entries} entries, but its invoice counts ${noted.entries}.`];
  if (found.head !== null && found.head !== noted.head)
    return [`The invoice of ${chain} names another last entry than the one there is.`];
  return [];
}
