import type { Locale } from "../../domain/locale.ts";
import type { FrontDoor } from "../desk.ts";

/** Remembers the language a person chose for their chat. */
export type Languages = {
  of(chat: string): Promise<Locale | undefined>;
  choose(chat: string, locale: Locale): Promise<void>;
};

/** What the bot needs of the product. Each may be called again with the same words: Telegram delivers at least once. */
export type CustomerDoors = {
  readonly frontDoor: FrontDoor;
  readonly languages: Languages;
  readonly requestId: () => string;
  /** The customer shut the bot out of their chat, or let it in again. */
  readonly reach: (chat: string, reachable: boolean) => Promise<void>;
};
