import { system } from "../../domain/actor.ts";
import { theLink } from "../../domain/apply.ts";
import type { Attempt, Invoice } from "../../domain/invoice.ts";
import { differsHundredfold } from "../../domain/settle.ts";
import { policyFor } from "../../domain/policy.ts";
import { isWorthAsking, lookedUp, nextLookUp, notAnswered, silent } from "../../domain/look-up.ts";
import type { Act, Answer, Outcome, PaymentReport } from "../ports.ts";
import type { Needs } from "./needs.ts";
import { claimOrphan } from "./orphans.ts";
import { stopNewPayments, stopOnAlarm } from "./provider-health.ts";

/** What became of asking: `again` says that the provider gave no answer and asking soon may help. */
export type LookUpResult = {
  readonly answered: boolean;
  readonly again: boolean;
  readonly retryAfterSeconds: number | null;
};

type Known = { readonly invoice: Invoice; readonly attempt: Attempt };

/**
 * Asks the provider about one attempt, outside any transaction, and stores the answer with its consequences in one. The only
 * way in which money becomes ours (product rule 8).
 */
export async function lookUpAttempt(needs: Needs, attemptId: string, act: Act = ladder()): Promise<LookUpResult> {
  const invoice = await needs.books.read({ attempt: attemptId });
  const attempt = invoice?.attempts.find(({ id }) => id === attemptId);
  return invoice && attempt ? lookUpIn(needs, { invoice, attempt }, act) : NOT_ASKED;
}

const NOT_ASKED: LookUpResult = { answered: false, again: false, retryAfterSeconds: null };

/** The same for an attempt that whoever asks has just read: it is not read again. */
export async function lookUpIn(needs: Needs, { invoice, attempt }: Known, act: Act): Promise<LookUpResult> {
  if (attempt.reference === null) return NOT_ASKED;
  const answer = await needs.providers.of(attempt).lookUp(attempt.reference);
  // Stopped before it is stored: what is stored is not heard of again after a crash.
  await stopOnAlarm(needs, attempt, answer);
  if (isHundredfold(invoice, attempt, answer)) await stopNewPayments(needs, attempt, HUNDREDFOLD);
  await claimOrphan(needs.books, attempt, act);
  const outcome = await store(needs, { invoice, attempt }, answer, act);
  await noteEndOfLadder(needs, outcome?.invoice, attempt.id, act);
  return resultOf(answer);
}

/** A refusal that every call meets, such as of our key, is over when somebody has mended it. */
function resultOf(answer: Answer<PaymentReport>): LookUpResult {
  const retryAfterSeconds = "retryAfterSeconds" in answer ? answer.retryAfterSeconds : null;
  const again = answer.is === "refused" ? answer.alarm : answer.is !== "happened";
  return { answered: answer.is === "happened", again, retryAfterSeconds };
}

/** The provider and we disagree about decimals: every further payment would be wrong a hundredfold. */
function isHundredfold(invoice: Invoice, attempt: Attempt, answer: Answer<PaymentReport>): boolean {
  if (answer.is !== "happened" || answer.value.status !== "paid") return false;
  const { amount } = answer.value;
  const asked = theLink(invoice, attempt.link).amount;
  const known = invoice.payments.some((one) => one.attempt === attempt.id);
  return !known && amount?.currency === asked.currency && differsHundredfold(amount.minor, asked.minor);
}

const HUNDREDFOLD = { because: "A payment came that is off exactly a hundredfold.", code: "amount_differs" };

/** A rung of the ladder: asked once, and not at all where it has become needless. The next one is already written down. */
export async function climbLadder(needs: Needs, attemptId: string, due: Date): Promise<void> {
  const invoice = await needs.books.read({ attempt: attemptId });
  const attempt = invoice?.attempts.find(({ id }) => id === attemptId);
  if (invoice && attempt && isWorthAsking(invoice, attempt, due)) {
    await lookUpIn(needs, { invoice, attempt }, ladder(due));
  }
}

/** The ladder's own question, at the time it was due. */
const ladder = (due?: Date): Act => ({ actor: system("look-up"), requestId: "ladder", due });

async function store(
  needs: Needs,
  { invoice: known, attempt: { id: attemptId, lookups } }: Known,
  answer: Answer<PaymentReport>,
  act: Act,
): Promise<Outcome | undefined> {
  const { books, ids } = needs;
  return books.decide({ known }, act, (invoice, now) =>
    answer.is === "happened"
      ? lookedUp(invoice, attemptId, {
          report: answer.value,
          requestId: answer.requestId,
          ids: { payment: ids.id(), case: ids.id() },
          now,
          asked: lookups,
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
  await books.decide({ known: invoice }, act, (one, now) => silent(one, attemptId, ids.id(), now));
}
