import { system } from "../../domain/actor.ts";
import { Fault } from "../faults.ts";
import type { Act, Hint } from "../ports.ts";
import { lookUpAttempt } from "./look-up-attempt.ts";
import type { Needs } from "./needs.ts";

/**
 * A provider's signed webhook, taken from the inbox. It proves nothing: it only says which attempt to look up now (product
 * rule 8). One that belongs to no attempt may have overtaken the answer that makes the attempt known, so it is tried again;
 * `last` says that this is the last try, and a person must look.
 */
export async function hearHint(needs: Needs, hint: Hint, from: { requestId: string; last: boolean }): Promise<void> {
  const { books, provider, ids } = needs;
  const act: Act = { actor: { kind: "provider", id: provider.name, name: provider.name }, requestId: from.requestId };
  const invoice = await books.read({ provider: provider.name, reference: hint.reference });
  const attempt = invoice?.attempts.find(({ reference }) => reference === hint.reference);
  if (attempt) {
    const result = await lookUpAttempt(needs, attempt.id, act);
    if (result.again) throw new Fault("provider_silent", { attempt: attempt.id }, result);
    return;
  }
  if (!from.last) throw new Fault("attempt_unknown", { provider: provider.name, reference: hint.reference });
  const details = { provider: provider.name, reference: hint.reference, order: hint.orderId ?? "" };
  const orphan = {
    id: ids.id(),
    kind: "unknown_payment",
    cause: `${provider.name}:${hint.reference}`,
    details,
  } as const;
  await books.openOrphanCase(orphan, { actor: system("webhook"), requestId: from.requestId });
}
