import { system } from "../../domain/actor.ts";
import { type GivingBack, refundNotTaken, refundTaken, toGiveBack } from "../../domain/give-back.ts";
import { sameMoney } from "../../domain/money.ts";
import { Fault } from "../faults.ts";
import type { Act, Answer, Provider } from "../ports.ts";
import { lookUpAttempt } from "./look-up-attempt.ts";
import type { Needs } from "./needs.ts";

const ACT: Act = { actor: system("refund"), requestId: "refund" };

type Taken = { readonly id: string | null };

/**
 * A person decided that held money goes back: the provider is asked to do it, where it can, and the attempt is looked up at
 * once. Where it cannot, a person does it in the provider's panel and the ladder sees it. Asked again after a lost answer it
 * is the same key, and so the same refund.
 */
export async function refundPayment(needs: Needs, paymentId: string, attemptId: string): Promise<void> {
  const { books, providers } = needs;
  const invoice = await books.read({ attempt: attemptId });
  const giving = invoice && toGiveBack(invoice, paymentId);
  if (!giving || giving.attempt.reference === null) return;
  const answer = await ask(providers.of(giving.attempt), giving, giving.attempt.reference);
  if (answer) await note(needs, giving, answer);
}

async function ask(provider: Provider, { payment, left, returns }: GivingBack, reference: string) {
  const { refund } = provider;
  if (!refund) return undefined;
  if (!refund.partial && !sameMoney(left, payment.amount)) return PARTIAL;
  // What came back goes back once more as another refund: under the same key the provider would answer with the first one.
  const idempotencyKey = `refund-${payment.id}-${left.minor}${returns > 0 ? `-${returns}` : ""}`;
  return refund.ask({ idempotencyKey, reference, amount: left, paid: payment.amount });
}

const PARTIAL: Answer<Taken> = {
  is: "refused",
  code: "no_partial_refund",
  because: "This provider gives back whole payments only, and a part of this one has gone back already.",
  alarm: false,
  mayExist: false,
};

async function note(needs: Needs, { payment, attempt }: GivingBack, answer: Answer<Taken>): Promise<void> {
  const { books, ids } = needs;
  switch (answer.is) {
    case "happened":
      await books.decide({ attempt: attempt.id }, ACT, (one) => refundTaken(one, payment.id, answer.value.id));
      await lookUpAttempt(needs, attempt.id, ACT);
      return;
    case "refused":
      // It may have gone back by other hands: then nobody is asked to give it back once more.
      await lookUpAttempt(needs, attempt.id, ACT);
      await books.decide({ attempt: attempt.id }, ACT, (one, now) =>
        refundNotTaken(one, payment.id, { ...answer, caseId: ids.id(), now }),
      );
      return;
    case "did_not_happen":
    case "unknown":
      throw new Fault("refund_unknown", { payment: payment.id }, answer);
  }
}
