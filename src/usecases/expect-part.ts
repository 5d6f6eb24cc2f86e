import { system } from "../../domain/actor.ts";
import { policyFor } from "../../domain/policy.ts";
import { type Expecting, nextPart, partMissed } from "../../domain/schedule.ts";
import type { Act } from "../ports.ts";
import type { Needs } from "./needs.ts";

/** When the next part of an invoice is expected, by the policy as it holds for it now. */
export const expectingBy =
  ({ policy, clock }: Pick<Needs, "policy" | "clock">): Expecting =>
  (invoice) =>
    nextPart(invoice, policyFor(policy, invoice, clock()));

/** The day of the next part has passed. Where the policy gives more days by now, somebody looks again when they are over. */
export async function expectPart({ books, ids, policy }: Needs, link: string, due: Date): Promise<void> {
  const requestId = `expect:${link}`;
  const act: Act = { actor: system("schedule"), requestId, due };
  const outcome = await books.decide({ link }, act, (invoice, now, terms) => partMissed(invoice, ids.id(), terms, now));
  const next = outcome && nextPart(outcome.invoice, policyFor(policy, outcome.invoice, due));
  if (next && next.by > due) await books.expectPart(next, requestId);
}
