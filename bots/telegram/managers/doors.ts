import type { InvoiceName } from "../../../domain/desk.ts";
import type { TelegramOrigin } from "../../../domain/invoice.ts";
import type { Expecting } from "../../../domain/schedule.ts";
import type { Accounts, Desk, Letterbox, PersonNow } from "../../desk.ts";

/** A message in a group: where its answer stands. `topic` null: the group has none, or it is the general one. */
export type Place = Pick<TelegramOrigin, "channel" | "topic" | "message">;

/** What the managers' half of the bot needs of the product. */
export type ManagerDoors = {
  /** Whether managers may ask there. Everywhere else the bot does not know the command. */
  readonly mayAskIn: (place: Pick<Place, "channel" | "topic">) => boolean;
  readonly accounts: Pick<Accounts, "open" | "leave" | "personOf">;
  /** Slack's word of this moment on a person; undefined: it could not be asked, so nothing is allowed. */
  readonly whoIs: (person: string) => Promise<PersonNow | undefined>;
  readonly desk: Desk;
  /** The invoice of a link, as people name it; undefined: there is no such link. */
  readonly invoiceOf: (link: string) => Promise<InvoiceName | undefined>;
  readonly letterbox: Pick<Letterbox, "find">;
  readonly timeZone: string;
  /** The address of our page for a link's token. */
  readonly pageUrl: (token: string) => string;
  readonly expecting?: Expecting;
};
