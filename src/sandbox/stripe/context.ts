import type { Books } from "./books.ts";
import type { Wire } from "../provider/wire.ts";
import type { StripeFaults } from "./faults.ts";
import type { StripeExchange } from "./wire.ts";

export type StripeSandboxOptions = {
  readonly secretKey: string;
  readonly webhookSecret: string;
  /** Where webhooks go; null as long as no address is fixed, and then none are sent. */
  readonly webhookUrl: () => string | null;
  readonly clock?: () => Date;
  /** A snapshot to go on from. */
  readonly state?: unknown;
};

/** What every part of the stand-in shares. */
export type Context = {
  readonly options: StripeSandboxOptions;
  readonly clock: () => Date;
  /** Where the stand-in listens; empty until it is started. */
  readonly origin: () => string;
  readonly books: Books;
  readonly faults: StripeFaults;
  readonly wire: Wire<StripeExchange["from"]>;
  /** Idempotency keys whose first request is not answered yet. */
  readonly inProgress: Set<string>;
  /** Something changed that a watcher may want to show. */
  readonly changed: () => void;
  /** There may be a webhook to deliver. */
  readonly wakeCourier: () => void;
};

/** Seconds since 1970 by the stand-in's clock. */
export const secondsNow = ({ clock }: Pick<Context, "clock">): number => Math.floor(clock().getTime() / 1000);
