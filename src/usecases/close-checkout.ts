import { system } from "../../domain/actor.ts";
import { checkoutClosed, checkoutLeftOpen } from "../../domain/close-checkout.ts";
import { Fault } from "../faults.ts";
import type { Act, Answer } from "../ports.ts";
import { lookUpAttempt } from "./look-up-attempt.ts";
import type { Needs } from "./needs.ts";

const ACT: Act = { actor: system("close-checkout"), requestId: "close" };

/**
 * A link has died: its open checkout is ended at the provider, where the provider can, so that nobody pays through it. One
 * that ended before, perhaps because it was paid, is looked up at once.
 */
export async function closeCheckout(needs: Needs, attemptId: string): Promise<void> {
  const invoice = await needs.books.read({ attempt: attemptId });
  const attempt = invoice?.attempts.find(({ id }) => id === attemptId);
  if (attempt?.state !== "pending" || attempt.reference === null) return;
  const answer = await needs.providers.of(attempt).close?.(attempt.reference);
  if (answer) await note(needs, attemptId, answer);
}

async function note({ books, ...needs }: Needs, attemptId: string, answer: Answer<{ closed: boolean }>): Promise<void> {
  switch (answer.is) {
    case "happened":
      if (!answer.value.closed) return void (await lookUpAttempt({ books, ...needs }, attemptId, ACT));
      return void (await books.decide({ attempt: attemptId }, ACT, (one) =>
        checkoutClosed(one, attemptId, answer.requestId),
      ));
    case "refused":
      return void (await books.decide({ attempt: attemptId }, ACT, (one) =>
        checkoutLeftOpen(one, attemptId, answer.because),
      ));
    case "did_not_happen":
    case "unknown":
      throw new Fault("checkout_not_closed", { attempt: attemptId }, answer);
  }
}
