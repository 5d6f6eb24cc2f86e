import type { Fact } from "../../domain/facts.ts";
import { appliedTo, dueOf, heldFor, type Invoice, liveLink, refundedOf } from "../../domain/invoice.ts";
import { isOpen } from "../../domain/states.ts";
import { statusOf } from "../../domain/status.ts";
import type { World } from "./history.ts";

/** What must hold of an invoice at any time, whatever happened to it; each with the sentence that is said when it does not. */
const ALWAYS: Readonly<Record<string, (invoice: Invoice) => boolean>> = {
  "at most one link is live": ({ links }) => links.filter(({ state }) => state === "active").length <= 1,
  "at most one attempt is open on a link": ({ attempts }) =>
    once(attempts.filter(({ state }) => isOpen(state)).map(({ link }) => link)),
  "no id names two things": ({ links, attempts, payments, cases }) =>
    [links, attempts, payments, cases].every((all) => once(all.map(({ id }) => id))),
  "no two attempts share a number": ({ attempts }) => once(attempts.map(({ number }) => number)),
  "an attempt brings one payment, and is paid by it": ({ attempts, payments }) =>
    once(payments.map(({ attempt }) => attempt)) &&
    payments.every(({ attempt }) => attempts.some(({ id, state }) => id === attempt && state === "paid")),
  "no reference is booked twice": ({ payments }) => once(payments.map(({ reference }) => reference)),
  "a cause has one open case": ({ cases }) =>
    once(cases.filter(({ state }) => state === "open").map(({ kind, cause }) => `${kind} ${cause}`)),
  "a case is over when somebody said why": ({ cases }) =>
    cases.every(({ state, resolution }) => (state === "resolved") === (resolution !== null)),
  "money is counted in bigints": ({ amount, links, payments }) =>
    [amount, ...links.map((one) => one.amount), ...payments.flatMap((one) => [one.amount, one.refunded])].every(
      ({ minor }) => typeof minor === "bigint",
    ),
  "a link asks for something": ({ links }) => links.every(({ amount }) => amount.minor > 0n),
  "no more goes back than came": ({ payments }) =>
    payments.every(({ amount, refunded }) => refunded.minor >= 0n && refunded.minor <= amount.minor),
  "refunded is the home of what went back as a whole": ({ payments }) =>
    payments.every(({ home, amount, refunded }) => (home === "refunded") === (refunded.minor === amount.minor)),
  "held money has had its case": ({ payments, cases }) =>
    payments.every(
      ({ home, reference }) => home !== "held" || cases.some(({ cause }) => cause === `payment:vpos:${reference}`),
    ),
  "paid means that nothing is owed and something came, here or elsewhere": (invoice) => {
    const elsewhere = invoice.state === "settled" && invoice.payments.every(({ home }) => home !== "held");
    return (statusOf(invoice) === "paid") === (elsewhere || (appliedTo(invoice) > 0n && dueOf(invoice).minor === 0n));
  },
};

/** What must hold of the step from one moment to the next. */
const STEPS: Readonly<Record<string, (before: Invoice, after: World) => boolean>> = {
  "paid is never rolled back": (before, { invoice }) =>
    kept(before.links, invoice.links, (was, is) => was.state !== "paid" || is.state === "paid") &&
    kept(before.attempts, invoice.attempts, (was, is) => was.state !== "paid" || is.state === "paid"),
  "a payment never changes but by what goes back, or by a person's decision": (before, { invoice, facts }) =>
    kept(before.payments, invoice.payments, (was, is) => {
      const decided = only(facts, "hold_applied").some(({ payment }) => payment === was.id);
      const cameBack = only(facts, "refund_came_back").some(({ payment }) => payment === was.id);
      // What came back is held, and of what pays the invoice nothing comes back by itself.
      if (cameBack) return was.home !== "applied" && is.home === "held" && is.refunded.minor < was.refunded.minor;
      const moved = was.home === is.home || is.home === "refunded" || (decided && was.home === "held");
      return (
        moved && was.amount === is.amount && was.reference === is.reference && was.refunded.minor <= is.refunded.minor
      );
    }),
  "a link that was sent or tried keeps its amount": (before, { invoice }) =>
    kept(before.links, invoice.links, (was, is) => {
      const seen = was.sends.length > 0 || before.attempts.some(({ link }) => link === was.id);
      return !seen || (was.amount === is.amount && was.purpose === is.purpose);
    }),
  "an attempt is begun only on a link that is live, not stale and in time": (before, { facts, now }) =>
    only(facts, "attempt_opening").every(({ attempt }) => {
      const link = liveLink(before);
      return link?.id === attempt.link && !link.stale && now < link.expiresAt && before.state === "open";
    }),
  "money is applied only to what is owed, and leaves no live link behind": (before, { invoice, facts }) =>
    only(facts, "payment_applied").every(({ payment }) => {
      const link = before.links.find(({ id }) => id === payment.link);
      const payable = link && !link.stale && link.state !== "cancelled" && before.state === "open";
      const exact = payment.amount.minor === dueOf(before).minor || link?.state === "active";
      return payable && exact && payment.amount.minor <= dueOf(before).minor && !liveLink(invoice);
    }),
  "the invoice is called paid exactly when the last of it is applied": (before, { facts }) => {
    const held = (id: string) => before.payments.filter((one) => one.id === id);
    const applied = [
      ...only(facts, "payment_applied").map(({ payment }) => payment),
      ...only(facts, "hold_applied").flatMap(({ payment }) => held(payment)),
    ];
    const rest = applied.map(({ amount, refunded }) => dueOf(before).minor - (amount.minor - refunded.minor));
    const lowered = only(facts, "invoice_changed").filter(({ now }) => {
      const after = { ...before, amount: now.amount, state: now.state };
      return (
        dueOf({ ...before, state: now.state }).minor > 0n &&
        appliedTo(after) > 0n &&
        dueOf(after).minor === 0n &&
        now.state === "open"
      );
    });
    return only(facts, "invoice_paid").length === rest.filter((left) => left <= 0n).length + lowered.length;
  },
};

/** The sentences that are not true of this step; none, if all is well. */
export function broken(before: World, after: World): string[] {
  const always = Object.entries(ALWAYS).filter(([, holds]) => !holds(after.invoice));
  const steps = Object.entries(STEPS).filter(([, holds]) => !holds(before.invoice, after));
  const balance = balances(after) ? [] : ["what the provider told is applied, held or refunded, all of it, once"];
  return [...[...always, ...steps].map(([sentence]) => sentence), ...balance];
}

/** The rules' sums against the onlooker's book. */
function balances({ invoice, told }: World): boolean {
  const ours = [...told.values()].filter(({ amount }) => amount.currency === invoice.amount.currency);
  const came = ours.reduce((sum, { amount }) => sum + amount.minor, 0n);
  const back = ours.reduce((sum, { refunded }) => sum + refunded, 0n);
  return (
    invoice.payments.length === told.size &&
    refundedOf(invoice) === back &&
    appliedTo(invoice) + heldFor(invoice) + refundedOf(invoice) === came
  );
}

const once = (all: readonly unknown[]): boolean => new Set(all).size === all.length;

/** Whether everything there was is still there, in order, and holds to what is asked of it. */
const kept = <T extends { readonly id: string }>(
  before: readonly T[],
  after: readonly T[],
  holds: (was: T, is: T) => boolean,
): boolean =>
  before.every((was, place) => {
    const is = after[place];
    return is?.id === was.id && holds(was, is);
  });

const only = <Name extends Fact["is"]>(facts: readonly Fact[], is: Name): readonly Extract<Fact, { is: Name }>[] =>
  facts.filter((fact): fact is Extract<Fact, { is: Name }> => fact.is === is);
