import type { Playing } from "../stand-ins.ts";
import type { BookRow } from "./state.ts";

export type Needs = {
  readonly playing: Playing;
  /** The invoices that the page lists, in words for people. */
  readonly book: () => Promise<readonly BookRow[]>;
  /** Returns how to stop listening. */
  readonly onChange: (listener: () => void) => () => void;
};
