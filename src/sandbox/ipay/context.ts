import type { Books } from "./books.ts";
import type { Faults } from "./faults.ts";
import type { Wire } from "./wire.ts";

export type IpaySandboxOptions = {
  /** The shop's API user. */
  readonly userName: string;
  readonly password: string;
  readonly clock?: () => Date;
  /** A snapshot to go on from. */
  readonly state?: unknown;
};

/** What every part of the stand-in shares. */
export type Context = {
  readonly options: IpaySandboxOptions;
  readonly clock: () => Date;
  readonly books: Books;
  readonly faults: Faults;
  readonly wire: Wire;
  /** Something changed that a watcher may want to show. */
  readonly changed: () => void;
};
