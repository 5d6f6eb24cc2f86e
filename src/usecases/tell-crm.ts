import { system } from "../../domain/actor.ts";
import { closeCases, openCase } from "../../domain/case.ts";
import { doneOrAlready } from "../../domain/decision.ts";
import { appliedTo, dueOf, type Invoice, type Payment, referenceOf } from "../../domain/invoice.ts";
import { decimalOf } from "../../domain/money.ts";
import { Fault } from "../faults.ts";
import type { Act, Answer, PaidEffect, StandsInCrm } from "../ports.ts";
import type { Needs } from "./needs.ts";

type Paid = { readonly invoice: Invoice; readonly payment: Payment; readonly effect: PaidEffect };

/**
 * Tells the CRM that an invoice is paid, effectively once: one effect key per (invoice, fact), for ever. It looks before it
 * writes and reads back after; where nobody knows whether it stands there now, a person looks and nothing is written again
 * (product rule 12).
 */
export async function tellCrmPaid(needs: Needs, invoiceId: string, requestId: string): Promise<void> {
  const paid = await readPaid(needs, invoiceId);
  if (!paid) return;
  const { effect, invoice } = paid;
  const look = await needs.crm.lookForPaid(effect);
  if (await knowsOfBefore(needs, invoice, look)) return;
  const before = seen(paid, look);
  if (before === "this") return noteTold(needs, paid, { requestId, knownToBe: "perhaps" });
  if (mayStillCome(invoice)) return;
  const written = await needs.crm.tellPaid(effect);
  if (written.is === "did_not_happen" || (written.is === "refused" && !written.mayExist))
    throw notWritten(paid, written);
  const after = await readBack(needs, effect, written);
  const stands = after.is === "happened" ? seen(paid, after) : undefined;
  if (stands === "this") return noteTold(needs, paid, { requestId, knownToBe: "new" });
  await askPerson(needs, paid, { requestId, because: whyUnknown(written, after) });
}

const readBack = async (
  { crm }: Needs,
  effect: PaidEffect,
  written: Answer<StandsInCrm | null>,
): Promise<Answer<StandsInCrm>> =>
  written.is === "happened" && written.value !== null ? { ...written, value: written.value } : crm.lookForPaid(effect);

/** Paid anew after money went back: the CRM has known the invoice as paid since the first time, and a key is written once. */
const knowsOfBefore = async (needs: Needs, invoice: Invoice, look: Answer<StandsInCrm>): Promise<boolean> =>
  look.is === "happened" && look.value === "another" && wasTold(needs, invoice);

/** What was tried may still come about, also where a person has dismissed it. */
const mayStillCome = ({ cases }: Invoice): boolean => cases.some(({ kind }) => kind === "crm_unknown");

/** Looks once more for what nobody knew to be there. True: it is, and whoever was to look for it need not. */
export async function lookInCrm(needs: Needs, invoiceId: string, requestId: string): Promise<boolean> {
  const paid = await readPaid(needs, invoiceId);
  if (!paid) return false;
  const answer = await needs.crm.lookForPaid(paid.effect);
  if (answer.is !== "happened" || answer.value !== "this") return false;
  await noteTold(needs, paid, { requestId, knownToBe: "perhaps" });
  return true;
}

async function readPaid({ books }: Needs, invoiceId: string): Promise<Paid | undefined> {
  const invoice = await books.read({ id: invoiceId });
  const payment = invoice?.payments.findLast(({ home }) => home === "applied");
  if (!invoice || !payment || dueOf(invoice).minor > 0n) return undefined;
  const effect = {
    key: `${invoiceId}:invoice_paid`,
    invoice,
    amount: { minor: appliedTo(invoice), currency: invoice.amount.currency },
    provider: payment.provider,
    reference: payment.reference,
    paidAt: payment.paidAt,
  };
  return { invoice, payment, effect };
}

/** What a look found, where it found anything that we can go on with. */
function seen(paid: Paid, answer: Answer<StandsInCrm>): "nothing" | "this" {
  if (answer.is !== "happened") throw notWritten(paid, answer);
  if (answer.value !== "another") return answer.value;
  throw new Fault("crm_conflict", { invoice: paid.invoice.number, because: "other content" });
}

type No<T> = Exclude<Answer<T>, { is: "happened" }>;

/** Nothing was written: the whole may be tried again, unless the CRM said no. */
const notWritten = <T>({ invoice: { number } }: Paid, answer: No<T>): Fault => {
  const said = { invoice: number, because: answer.because };
  return answer.is === "refused" ? new Fault("crm_refused", said) : new Fault("crm_silent", said, answer);
};

/** The write's own words first: they are what a person asks the CRM about. */
function whyUnknown(written: Answer<StandsInCrm | null>, after: Answer<StandsInCrm>): string {
  if (written.is !== "happened") return written.because;
  return after.is === "happened" ? "It said that it had written this, and it is not there." : after.because;
}

const actOf = (requestId: string): Act => ({ actor: system("crm"), requestId });

const wasTold = async ({ books }: Pick<Needs, "books">, invoice: Invoice): Promise<boolean> =>
  (await books.entries(invoice)).some(({ fact }) => fact.is === "crm_told");

type Told = { readonly requestId: string; readonly knownToBe: "new" | "perhaps" };

/** It stands there: written down once, and nobody has to look for it any more. */
async function noteTold({ books }: Needs, { invoice }: Paid, { requestId, knownToBe }: Told): Promise<void> {
  const noted = knownToBe === "perhaps" && (await wasTold({ books }, invoice));
  await books.decide({ known: invoice }, actOf(requestId), (one) =>
    doneOrAlready([
      ...(noted || dueOf(one).minor > 0n ? [] : [{ is: "crm_told", fact: "invoice_paid" } as const]),
      ...closeCases(one, { kind: "crm_unknown" }, "it was found in the CRM"),
    ]),
  );
}

type Unknown = { readonly requestId: string; readonly because: string };

async function askPerson(
  { books, ids }: Needs,
  { invoice, payment, effect }: Paid,
  { requestId, because }: Unknown,
): Promise<void> {
  const { amount } = effect;
  const details = { paid: decimalOf(amount), currency: amount.currency, reference: referenceOf(payment), because };
  const about = { kind: "crm_unknown", cause: `crm:${effect.key}`, link: payment.link, details } as const;
  await books.decide({ known: invoice }, actOf(requestId), (one, now) =>
    doneOrAlready(openCase(one, { id: ids.id(), ...about }, now)),
  );
}
