import type { Answer, Request, Visit, Welcome } from "../domain/desk.ts";

/** The one door from a manager's chat into the product. `src/assembly/` hangs the real one; a test hangs its own. */
export type Desk = (request: Request) => Promise<Answer>;

/** The customer's door: somebody opened the bot with an invitation. */
export type FrontDoor = (visit: Visit) => Promise<Welcome>;

/**
 * Keeps what a chat delivered, once per `key`, before it is acknowledged. `lane` keeps the order of one person's words.
 * Whoever keeps it hands it back later, at least once, to the bot's own `handle`.
 */
export type Keep = (delivery: {
  readonly source: "slack" | "telegram";
  readonly key: string;
  readonly lane: string;
  /** The id that its person is told and that every step logs. */
  readonly requestId: string;
  readonly body: unknown;
}) => Promise<void>;

/** Where a message of ours stands in a chat, and a hash of what it says, so that it is edited only when that changes. */
export type Posted = { readonly channel: string; readonly message: string; readonly content: string };

/** What a message is about: one message for each purpose and subject (a link or a case), edited in place for ever. */
export type Purpose = "card" | "case_thread" | "case_ops" | "customer" | "receipt";

/** Remembers our messages. `keep` replaces what was known of the same purpose and subject. */
export type Letterbox = {
  find(purpose: Purpose, subject: string): Promise<Posted | undefined>;
  keep(purpose: Purpose, subject: string, posted: Posted): Promise<void>;
};
