import { system } from "../../domain/actor.ts";
import type { Invoice } from "../../domain/invoice.ts";
import { policyFor } from "../../domain/policy.ts";
import { isWorthAsking, lookedUp, nextLookUp, notAnswered, silent } from "../../domain/look-up.ts";
import type { Act, Answer, Outcome, PaymentReport } from "../ports.ts";
import type { Needs } from "./needs.ts";
import { stopNewPayments, stopOnAlarm } from "./provider-health.ts";

/** What became of asking: `again` says that the provider gave no answer and asking soon may help. */
export type LookUpResult = {
  readonly answered: boolean;
  readonly again: boolean;
  readonly retryAfterSeconds: number | null;
};

/**
 * Asks the provider about one attempt, outside any transaction, and stores the answer with its consequences in one. The only
 * way in which money becomes ours (product rule 8).
 */
export async function lookUpAttempt(needs: Needs, attemptId: string, act: Act = ladder()): Promise<LookUpResult> {
  const { books, providers } = needs;
  const invoice = await books.read({ attempt: attemptId });
  const attempt = invoice?.attempts.find(({ id }) => id === attemptId);
  if (!attempt || attempt.reference === null) return { answered: false, again: false, retryAfterSeconds: null };
  const answer = await providers.of(attempt).lookUp(attempt.reference);
  const outcome = await store(needs, attemptId, answer, act);
  await stopOnAlarm(needs, attempt, answer);
  if (isHundredfold(outcome)) await stopNewPayments(needs, attempt, HUNDREDFOLD);
  await noteEndOfLadder(needs, outcome?.invoice, attemptId, act);
  const answered = answer.is === "happened";
  const retryAfterSeconds = "retryAfterSeconds" in answer ? answer.retryAfterSeconds : null;
  return { answered, again: answer.is === "did_not_happen" || answer.is === "unknown", retryAfterSeconds };
}

/** The provider and we disagree about decimals: every further payment would be wrong a hundredfold. */
const isHundredfold = (outcome: Outcome | undefined): boolean =>
  outcome?.decision.kind === "done" &&
  outcome.decision.facts.some((fact) => fact.is === "payment_held" && fact.because === "amount_differs");

const HUNDREDFOLD = { because: "A payment came that is off exactly a hundredfold.", code: "amount_differs" };

/** A rung of the ladder: asked once, and not at all where it has become needless. The next one is already written down. */
export async function climbLadder(needs: Needs, attemptId: string, due: Date): Promise<void> {
  const invoice = await needs.books.read({ attempt: attemptId });
  const attempt = invoice?.attempts.find(({ id }) => id === attemptId);
  if (invoice && attempt && isWorthAsking(invoice, attempt, due)) await lookUpAttempt(needs, attemptId, ladder(due));
}

/** The ladder's own question, at the time it was due. */
const ladder = (due?: Date): Act => ({ actor: system("look-up"), requestId: "ladder", due });

async function store(
  needs: Needs,
  attemptId: string,
  answer: Answer<PaymentReport>,
  act: Act,
): Promise<Outcome | undefined> {
  const { books, ids } = needs;
  return books.decide({ attempt: attemptId }, act, (invoice, now) =>
    answer.is === "happened"
      ? lookedUp(invoice, attemptId, {
          report: answer.value,
          requestId: answer.requestId,
          ids: { payment: ids.id(), case: ids.id() },
          now,
        })
      : notAnswered(attemptId),
  );
}

/** After the last rung nobody asks by themselves any more: a person must. */
async function noteEndOfLadder(needs: Needs, invoice: Invoice | undefined, attemptId: string, act: Act): Promise<void> {
  const { books, clock, policy, ids } = needs;
  const attempt = invoice?.attempts.find(({ id }) => id === attemptId);
  if (!invoice || !attempt) return;
  const asOf = act.due ?? clock();
  if (nextLookUp(attempt, policyFor(policy, invoice, asOf), asOf)) return;
  await books.decide({ attempt: attemptId }, act, (one, now) => silent(one, attemptId, ids.id(), now));
}
