import type { Actor } from "./actor.ts";
import type { Fact } from "./facts.ts";

/** A fact with who made it true, when, and in which request. Append-only: the database refuses to change or delete one. */
export type AuditEntry = {
  readonly position: number;
  readonly fact: Fact;
  readonly actor: Actor;
  readonly at: Date;
  readonly requestId: string;
};

/** An entry with what proves that nobody changed it: its own hash covers the hash of the one before. SHA-256 in hex. */
export type SealedEntry = AuditEntry & {
  /** The version of the policy that was asked. */
  readonly policyVersion: string;
  readonly previous: string;
  readonly hash: string;
};

/** Fields of facts that open something: a page of ours, a checkout. Whoever lists facts must not show them. */
export const SECRET_FIELDS: ReadonlySet<string> = new Set(["token", "checkoutUrl"]);
