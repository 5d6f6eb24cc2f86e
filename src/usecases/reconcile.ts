import { accountName } from "../../domain/account.ts";
import { system } from "../../domain/actor.ts";
import type { Attempt, Invoice } from "../../domain/invoice.ts";
import {
  type Booked,
  type Break,
  breakFound,
  breaksOf,
  caseOfBreak,
  caseOfUnreadDay,
  dayOf,
  MARGIN_MS,
} from "../../domain/reconcile.ts";
import { Fault } from "../faults.ts";
import type { Act, Movement, Provider } from "../ports.ts";
import { orphanOf } from "./orphans.ts";
import { lookUpIn } from "./look-up-attempt.ts";
import type { Needs } from "./needs.ts";

/** One day of one of the merchant's accounts with a provider; `date` as a calendar writes it. */
export type AccountDay = { readonly provider: string; readonly account: string; readonly date: string };

/** The accounts whose days can be compared. */
export const comparable = ({ all }: Needs["providers"]): readonly Pick<Provider, "name" | "account">[] =>
  all.filter((one) => one.movements !== undefined);

type Known = { readonly invoice: Invoice; readonly attempt: Attempt };

/**
 * Compares what a provider says moved on a day with our payments. What cannot be explained is first a hint: the attempt is
 * looked up, so that money found this way is settled like any other (product rule 8). What is left opens one case for each
 * cause. It changes nothing else: the whole reconciliation of payouts and fees is not this. `last`: it is not tried again, so
 * what a lookup did not explain is told as it is.
 */
export async function reconcileDay(needs: Needs, asked: AccountDay, last: boolean): Promise<void> {
  const provider = needs.providers.all.find(
    ({ name, account }) => name === asked.provider && account === asked.account,
  );
  if (!provider?.movements) return;
  const day = dayOf(asked.date, needs.policy.timeZone);
  const listed = await listedOf(provider.movements(beyond(day.from, -MARGIN_MS), beyond(day.until, MARGIN_MS)), asked);
  const read = () => knownOf(needs, asked, { ...day, listed });
  const before = await read();
  const suspects = breaksOf(day, listed, bookedOf(before));
  if (suspects.length === 0) return;
  const questions = before.filter(({ attempt }) => suspects.some(isAbout(attempt)));
  if ((await askAll(needs, questions, actOf(asked))) && !last) throw new Fault("day_not_settled", factsOf(asked));
  const after = await read();
  for (const found of breaksOf(day, listed, bookedOf(after))) await open(needs, asked, found, after);
}

/** The day's list could not be had, however often it was asked for: a person compares it. */
export async function noteUnreadDay({ books, ids }: Needs, asked: AccountDay, because: string): Promise<void> {
  const { provider, account, date } = asked;
  const unread = caseOfUnreadDay(accountName(provider, account), date, because);
  await books.openOrphanCase({ id: ids.id(), ...unread }, actOf(asked));
}

const beyond = (at: Date, ms: number): Date => new Date(at.getTime() + ms);

const actOf = ({ provider, account, date }: AccountDay): Act => ({
  actor: system("reconciliation"),
  requestId: `reconcile:${provider}/${account}:${date}`,
});

const factsOf = ({ provider, account, date }: AccountDay) => ({ account: accountName(provider, account), date });

async function listedOf(
  asking: ReturnType<Required<Provider>["movements"]>,
  asked: AccountDay,
): Promise<readonly Movement[]> {
  const answer = await asking;
  if (answer.is === "happened") return answer.value;
  const facts = { ...factsOf(asked), because: answer.because };
  throw answer.is === "refused" ? new Fault("day_refused", facts) : new Fault("day_not_listed", facts, answer);
}

type Compared = { readonly from: Date; readonly until: Date; readonly listed: readonly Movement[] };

/** Every attempt at this account that was paid on the day or that the list names, with its invoice as it is now. */
async function knownOf(
  { books }: Needs,
  { provider, account }: AccountDay,
  { from, until, listed }: Compared,
): Promise<readonly Known[]> {
  const known = attemptsIn(await books.paidBetween({ provider, account }, from, until));
  const named = new Set(listed.flatMap(({ reference }) => reference ?? []));
  const found = new Map(known.map((one) => [one.attempt.reference, one]));
  for (const reference of named) {
    if (found.has(reference)) continue;
    const invoice = await books.read({ provider, reference });
    for (const one of attemptsIn(invoice ? [invoice] : [])) found.set(one.attempt.reference, one);
  }
  return [...found.values()].filter(({ attempt }) => attempt.provider === provider && attempt.account === account);
}

const attemptsIn = (invoices: readonly Invoice[]): readonly Known[] =>
  invoices.flatMap((invoice) =>
    invoice.attempts.filter(({ reference }) => reference !== null).map((attempt) => ({ invoice, attempt })),
  );

const bookedOf = (known: readonly Known[]): readonly Booked[] =>
  known.flatMap(({ invoice, attempt: { id, reference } }) =>
    invoice.payments
      .filter(({ attempt }) => attempt === id)
      .map((payment) => ({ payment, reference: reference ?? payment.reference })),
  );

const isAbout =
  ({ reference }: Attempt) =>
  (found: Break): boolean =>
    found.reference === reference;

/** One that gives no answer does not keep the others from being asked. True: asking soon may help. */
async function askAll(needs: Needs, suspects: readonly Known[], act: Act): Promise<boolean> {
  let again = false;
  for (const known of suspects) again = (await lookUpIn(needs, known, act)).again || again;
  return again;
}

/**
 * Of an invoice where we know the attempt, else of none. Not at all where a webhook has opened a case for the same money, or
 * where an earlier try did, which did not know the attempt yet.
 */
async function open(needs: Needs, asked: AccountDay, found: Break, known: readonly Known[]): Promise<void> {
  const { books, ids } = needs;
  const account = accountName(asked.provider, asked.account);
  const ofNone = caseOfBreak(account, found);
  if (await books.orphanIsOpen(ofNone)) return;
  const attempt = known.find((one) => isAbout(one.attempt)(found))?.attempt;
  if (attempt) {
    await books.decide({ attempt: attempt.id }, actOf(asked), (invoice, now) =>
      breakFound(invoice, attempt, { id: ids.id(), account, break: found }, now),
    );
    return;
  }
  if (await books.orphanIsOpen({ kind: "unknown_payment", cause: orphanOf(asked.provider, found.reference) })) return;
  await books.openOrphanCase({ id: ids.id(), ...ofNone }, actOf(asked));
}
