import type { AmdExponent } from "../../providers/vpos/contract-scale.ts";
import type { Books } from "./books.ts";
import type { Wire } from "../provider/wire.ts";
import type { VposFaults } from "./faults.ts";
import type { VposExchange } from "./wire.ts";

export type VposSandboxOptions = {
  readonly apiToken: string;
  readonly webhookSecret: string;
  /** Where webhooks go; null as long as no address is fixed, and then none are sent. */
  readonly webhookUrl: () => string | null;
  /** The scale this stand-in takes `amountMinor` of the dram to have. */
  readonly amdExponent: AmdExponent;
  readonly clock?: () => Date;
  /** A snapshot to go on from. */
  readonly state?: unknown;
};

/** What every part of the stand-in shares. */
export type Context = {
  readonly options: VposSandboxOptions;
  readonly clock: () => Date;
  readonly books: Books;
  readonly faults: VposFaults;
  readonly wire: Wire<VposExchange["from"]>;
  /** Idempotency keys whose first request is not answered yet. */
  readonly inProgress: Set<string>;
  /** Something changed that a watcher may want to show. */
  readonly changed: () => void;
  /** There may be a webhook to deliver. */
  readonly wakeCourier: () => void;
};
