import type { Answer, Request, Visit, Welcome } from "../domain/desk.ts";
import type { Locale } from "../domain/locale.ts";
import type { Asker } from "../domain/rights.ts";

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

/** A person of Slack as roles and owners name them: `slack:T1:U1`. */
export type SlackPerson = { readonly id: string; readonly name: string };

/** Such a person at this moment, and their language. `gone`: the account is deactivated, whoever still speaks in its name. */
export type PersonNow = { readonly asker: Asker; readonly locale: Locale } | "gone";

/** What is done about an account: in which request, and a `key` that is the same however often it is delivered. */
export type AccountAct = { readonly key: string; readonly requestId: string };

/**
 * `linked`: the account now acts as this person, `instead` of the one it acted as before. `used`: the code had opened before.
 * `expired`: its time had passed, or its person had asked for a fresh one. `unknown`: it is no code of ours.
 */
export type CodeOpened =
  | { readonly is: "linked"; readonly person: SlackPerson; readonly instead: SlackPerson | null }
  | { readonly is: "used" | "expired" | "unknown" };

/** Accounts in Telegram that act as people of Slack. An account is a user's id there; it has one person at most. */
export type Accounts = {
  /** A fresh code for this person, good once and for a quarter of an hour; older ones of theirs open nothing any more. */
  invite(person: SlackPerson): Promise<string>;
  open(code: string, account: string, act: AccountAct): Promise<CodeOpened>;
  personOf(account: string): Promise<SlackPerson | undefined>;
  /** The person whose account it was; `ended`: it is nobody's any more; `never`: it has never been anybody's. */
  leave(account: string, act: AccountAct): Promise<SlackPerson | "ended" | "never">;
  /** Ends every account of a person, and the codes that nobody has opened yet: how many accounts there were. */
  endAll(person: SlackPerson, act: AccountAct): Promise<number>;
};
