import type { Books } from "./books.ts";
import type { Wire } from "../provider/wire.ts";
import type { IpayFaults } from "./faults.ts";
import type { IpayExchange } from "./wire.ts";

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
  readonly faults: IpayFaults;
  readonly wire: Wire<IpayExchange["from"]>;
  /** Something changed that a watcher may want to show. */
  readonly changed: () => void;
};
