import { system } from "../../domain/actor.ts";
import { expire } from "../../domain/expire.ts";
import type { Needs } from "./needs.ts";

/** The deadline's job. Run early, late or twice it does the same: the rule decides by the time it is given. */
export async function expireLink({ books }: Needs, link: string, due?: Date): Promise<void> {
  const act = { actor: system("expiry"), requestId: `expire:${link}`, due };
  await books.decide({ link }, act, (invoice, now, policy) => expire(invoice, link, policy, now));
}
