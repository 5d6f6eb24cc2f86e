import { system } from "../../domain/actor.ts";
import { Fault } from "../faults.ts";
import type { Attempt, Invoice } from "../../domain/invoice.ts";
import type { Act, Answer, Books, Hint, PaymentReport } from "../ports.ts";
import { lookUpIn } from "./look-up-attempt.ts";
import type { Needs } from "./needs.ts";
import { orphanOf } from "./orphans.ts";

type From = { readonly provider: string; readonly requestId: string; readonly last: boolean };

/** By our own id, by the provider's id of the attempt, or by its id of the payment: whichever the event names. */
async function attemptOf(books: Books, provider: string, hint: Hint): Promise<Known | undefined> {
  const { reference, attempt: ours } = hint;
  const named = ours !== undefined && UUID.test(ours) ? await books.read({ attempt: ours }) : undefined;
  const own = find(named, ({ id, provider: of }) => id === ours && of === provider);
  if (own) return own.attempt.reference === null ? undefined : own;
  const known = await books.read({ provider, reference });
  if (known) return find(known, (one) => one.reference === reference);
  const invoice = await books.read({ provider, paymentReference: reference });
  const paid = invoice?.payments.find((one) => one.provider === provider && one.bankReference === reference);
  return find(invoice, ({ id }) => id === paid?.attempt);
}

function find(invoice: Invoice | undefined, is: (attempt: Attempt) => boolean): Known | undefined {
  const attempt = invoice?.attempts.find((one) => is(one));
  return invoice && attempt ? { invoice, attempt } : undefined;
}

type Known = { readonly invoice: Invoice; readonly attempt: Attempt };

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/**
 * A provider's signed webhook, taken from the inbox. It proves nothing: it only says which attempt to look up now (product
 * rule 8). One that belongs to no attempt may have overtaken the answer that makes the attempt known, so it is tried again;
 * `last` says that this is the last try, and a person must look.
 */
export async function hearHint(needs: Needs, hint: Hint, from: From): Promise<void> {
  const { books } = needs;
  const { provider } = from;
  const act: Act = { actor: { kind: "provider", id: provider, name: provider }, requestId: from.requestId };
  const known = await attemptOf(books, provider, hint);
  if (known && isOfAnother(known.attempt, hint)) return hearOfAnother(needs, known.attempt, { hint, from });
  if (known) {
    const { attempt } = known;
    const result = await lookUpIn(needs, known, act);
    if (result.again && !from.last) throw new Fault("provider_silent", { attempt: attempt.id }, result);
    if (result.again) await books.askLater(attempt, hint.eventId, from.requestId);
    return;
  }
  if (!from.last) throw new Fault("attempt_unknown", { provider, reference: hint.reference });
  // A merchant has other sales with the provider: one that names a payment alone may well be one of those.
  if (hint.names === "payment") return;
  await askAboutOrphan(needs, hint, from);
}

/** Money that belongs to no attempt we know: a person finds out whose it is. */
async function askAboutOrphan({ books, ids }: Needs, hint: Hint, { provider, requestId }: From): Promise<void> {
  const { reference, orderId } = hint;
  const details = { provider, reference, order: orderId ?? "" };
  const orphan = { id: ids.id(), kind: "unknown_payment", cause: orphanOf(provider, reference), details } as const;
  await books.openOrphanCase(orphan, { actor: system("webhook"), requestId });
}

const isOfAnother = (attempt: Attempt, { names, reference }: Hint): boolean =>
  names === "checkout" && reference !== attempt.reference;

/**
 * A second checkout stands at the provider for an attempt: our question was repeated when its key had been forgotten, and
 * nobody was ever led to the first. It is asked about itself, because a lookup of the attempt says nothing of it.
 */
async function hearOfAnother(needs: Needs, attempt: Attempt, told: { hint: Hint; from: From }): Promise<void> {
  const { hint, from } = told;
  const answer = await needs.providers.of(attempt).lookUp(hint.reference);
  if (answer.is === "happened" && !hasMoney(answer)) return;
  if (answer.is !== "happened" && !from.last) {
    const retryAfterSeconds = "retryAfterSeconds" in answer ? answer.retryAfterSeconds : null;
    throw new Fault("provider_silent", { attempt: attempt.id }, { retryAfterSeconds });
  }
  await askAboutOrphan(needs, hint, from);
}

const hasMoney = ({ value: { status } }: Extract<Answer<PaymentReport>, { is: "happened" }>): boolean =>
  status !== "open" && status !== "failed" && status !== "expired";
