import { SECRET_FIELDS, type SealedEntry } from "../../domain/audit.ts";
import type { Locale } from "../../domain/locale.ts";
import { RULE_OF_FACT } from "../../domain/rule-numbers.ts";
import { sayEntry } from "../../domain/words/facts.ts";
import { decimalOf, isCurrency } from "../../domain/money.ts";

type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain };

/** What is true, who made it true, when, and in which request; `details` is what the fact carries. Hashes: see `SealedEntry`. */
export type AuditEntryView = {
  readonly position: number;
  readonly fact: string;
  readonly at: string;
  /** `via`: the chat that a person of another one spoke through. */
  readonly actor: { readonly kind: string; readonly id: string; readonly name: string; readonly via?: string };
  readonly requestId: string;
  readonly policyVersion: string;
  readonly previous: string;
  readonly hash: string;
  /** The rule of the product's description that it follows. */
  readonly rule: number;
  /** When, who and what, for people. */
  readonly sentence: string;
  readonly details: Plain;
};

type Where = { readonly locale: Locale; readonly timeZone: string };

/** The facts of an invoice as other programs see them, oldest first. */
export const auditView = (entries: readonly SealedEntry[], where: Where): readonly AuditEntryView[] =>
  entries.map((entry) => {
    const { position, fact, at, actor, requestId, policyVersion, previous, hash } = entry;
    const { is, ...details } = fact;
    const { kind, id, name, via } = actor;
    return {
      position,
      fact: is,
      at: at.toISOString(),
      actor: { kind, id, name, ...(via ? { via } : {}) },
      requestId,
      policyVersion,
      previous,
      hash,
      rule: RULE_OF_FACT[fact.is],
      sentence: sayEntry(entry, where),
      details: plainOf(details),
    };
  });

function plainOf(value: unknown): Plain {
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "bigint") return value.toString();
  if (Array.isArray(value)) return value.map(plainOf);
  if (typeof value === "object" && value !== null) return moneyIn(value) ?? fieldsOf(value);
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
}

const fieldsOf = (value: object): Plain =>
  Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !SECRET_FIELDS.has(key))
      .map(([key, inner]) => [key, plainOf(inner)]),
  );

/** Money is a decimal text outside, like everywhere else in the API. */
function moneyIn(value: object): Plain | undefined {
  if (!("minor" in value && "currency" in value)) return undefined;
  const { minor, currency } = value;
  if (typeof minor !== "bigint" || typeof currency !== "string" || !isCurrency(currency)) return undefined;
  return { amount: decimalOf({ minor, currency }), currency };
}
