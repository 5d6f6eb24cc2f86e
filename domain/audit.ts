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
