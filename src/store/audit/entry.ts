import { hash } from "node:crypto";
import { SECRET_FIELDS } from "../../../domain/audit.ts";
import type { InvoiceKey } from "../../../domain/invoice.ts";
import { canonical } from "./canonical.ts";

/** An audit entry as it is hashed: JSON values, the time in ISO 8601 with milliseconds. */
export type Content = {
  readonly chain: string;
  readonly position: number;
  readonly fact: unknown;
  readonly actor: unknown;
  readonly requestId: string;
  readonly at: string;
  readonly policyVersion: string;
  /** The hash of the entry before it in its chain; `START` before the first. */
  readonly previous: string;
};

export type Sealed = Content & { readonly hash: string };

/** The end of a chain: how many entries there are, and the hash of the last. */
export type Tail = { readonly entries: number; readonly head: string };

/** What stands before the first entry of every chain. */
export const START = "0".repeat(64);

/** The chain of the entries that belong to no invoice. */
export const NONE = "none";

/** The chain of an invoice, in words that outlive its row: what it is known by never changes. */
export const chainOf = ({ crm, kind, number }: InvoiceKey): string => `${crm}:${kind}:${number}`;

/**
 * SHA-256, in hex, of the canonical JSON of what is exported, so whoever holds an export can compute it again: secrets go in
 * concealed.
 */
export const hashOf = (entry: Content): string => sha256(canonical(exported(entry)));

/** An entry as it leaves the database, without its hash; the fields are named as the columns. */
export const exported = ({ chain, position, fact, actor, requestId, at, policyVersion, previous }: Content) => ({
  chain,
  position,
  at,
  fact: concealed(fact),
  actor,
  request_id: requestId,
  policy_version: policyVersion,
  previous,
});

export const sha256 = (text: string): string => hash("sha256", text);

/** What opens something is replaced by its own hash: it cannot be used, and a change of it still shows. */
function concealed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(concealed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      typeof inner === "string" && SECRET_FIELDS.has(key) ? `sha256:${sha256(inner)}` : concealed(inner),
    ]),
  );
}
