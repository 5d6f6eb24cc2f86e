import type { EntityManager } from "@mikro-orm/postgresql";
import type { Policy } from "../../domain/policy.ts";
import { termsOf } from "../../domain/policy.ts";
import type { Act, Clock } from "../ports.ts";
import { append, lockNone } from "./audit/append.ts";
import { ask } from "../sql.ts";

/**
 * A policy that was not in force before is a fact of its own, with all its terms: what a later reader of the audit needs in
 * order to know what a version meant. Started again with the same policy, nothing is written.
 */
export async function adoptPolicy(
  em: EntityManager,
  { policy, clock }: { readonly policy: Policy; readonly clock: Clock },
  act: Act,
): Promise<boolean> {
  const { version } = policy;
  const chain = await lockNone(em);
  const [last] = await ask<{ version: string }>(
    em,
    `select fact ->> 'version' as version from audit_entries
     where invoice_id is null and fact ->> 'is' = 'policy_adopted' order by position desc limit 1`,
  );
  if (last?.version === version) return false;
  const facts = [{ is: "policy_adopted", version, before: last?.version ?? null, terms: termsOf(policy) } as const];
  await append(em, chain, { facts, act, now: clock(), policyVersion: version });
  return true;
}
