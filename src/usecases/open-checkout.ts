import { system } from "../../domain/actor.ts";
import { theLink } from "../../domain/apply.ts";
import { already } from "../../domain/decision.ts";
import type { Invoice } from "../../domain/invoice.ts";
import { orderIdOf } from "../../domain/invoice.ts";
import { attemptRefused } from "../../domain/look-up.ts";
import { attemptOpened, attemptUnanswered, idempotencyKeyOf, isBeingLookedAt } from "../../domain/open-attempt.ts";
import type { Act, Answer, Checkout } from "../ports.ts";
import type { Needs } from "./needs.ts";
import { stopOnAlarm } from "./provider-health.ts";

/** What asking for a checkout led to. `again`: nobody knows yet, and the same call is made again with the same key. */
export type Opening = { readonly invoice: Invoice; readonly again: boolean; readonly retryAfterSeconds: number | null };

const REPEAT: Act = { actor: system("open-attempt"), requestId: "repeat" };

/**
 * Asks the provider for the checkout of an attempt that is already written down. Asked again, by a second press or by the
 * job that repeats it after a crash, it is the same key and so the same checkout.
 */
export async function openCheckout(needs: Needs, attemptId: string, act: Act = REPEAT): Promise<Opening | undefined> {
  const { books, providers } = needs;
  const invoice = await books.read({ attempt: attemptId });
  const attempt = invoice?.attempts.find(({ id }) => id === attemptId);
  if (!invoice || !attempt) return undefined;
  const isOpening = attempt.state === "opening" || attempt.state === "unknown";
  if (!isOpening || isBeingLookedAt(invoice, attempt)) return { invoice, again: false, retryAfterSeconds: null };
  const link = theLink(invoice, attempt.link);
  const answer = await providers.of(attempt).open({
    idempotencyKey: idempotencyKeyOf(invoice, attempt),
    orderId: orderIdOf(invoice),
    amount: link.amount,
    returnUrl: `${needs.pageUrl(link.token)}/return`,
    attemptId,
    linkId: link.id,
  });
  await stopOnAlarm(needs, attempt, answer);
  return store(needs, { invoice, attemptId }, answer, act);
}

async function store(
  { books, ids }: Needs,
  { invoice, attemptId }: { invoice: Invoice; attemptId: string },
  answer: Answer<Checkout>,
  act: Act,
): Promise<Opening> {
  const outcome = await books.decide({ attempt: attemptId }, act, (one, now) => {
    switch (answer.is) {
      case "happened":
        return attemptOpened(one, attemptId, { ...answer.value, requestId: answer.requestId });
      case "refused":
        return attemptRefused(one, attemptId, { ...answer, caseId: ids.id() }, now);
      case "did_not_happen":
        return already; // surely nothing happened, so the attempt is still only written down
      case "unknown":
        return attemptUnanswered(one, attemptId, answer.because);
    }
  });
  const after = outcome?.invoice ?? invoice;
  const again = answer.is === "did_not_happen" || answer.is === "unknown";
  return { invoice: after, again, retryAfterSeconds: "retryAfterSeconds" in answer ? answer.retryAfterSeconds : null };
}
