import { describe, expect, test } from "vitest";
import { appliedTo, heldFor, type Invoice, refundedOf } from "../../domain/invoice.ts";
import type { LookedUp } from "../../domain/looked-up.ts";
import { statusOf } from "../../domain/status.ts";
import { after, attempt, link, money, owed, when } from "./story.ts";

type Said = { readonly of: string; readonly what: Partial<LookedUp> };

const paid = (of: string, what: Partial<LookedUp> = {}): Said => ({ of, what: { reference: `vpos-${of}`, ...what } });
const late = (of: string, status: LookedUp["status"]): Said => paid(of, { status });
const back = (of: string, minor: bigint): Said => paid(of, { status: "part_refunded", refunded: money(minor) });

const one = owed({ it: "active" }, { attempts: [attempt("a")] });
const two = owed(
  { old: "replaced", it: "active" },
  { attempts: [attempt("a", { link: "old", number: 1 }), attempt("b", { number: 2 })] },
);

/** What a provider may say of one invoice, in whatever order the answers reach us. */
const SCENARIOS: readonly (readonly [string, Invoice, readonly Said[]])[] = [
  [
    "a payment and late words of all kinds",
    one,
    [paid("a"), late("a", "failed"), late("a", "expired"), late("a", "open")],
  ],
  [
    "a payment said three times, and a word nobody knows",
    one,
    [paid("a"), paid("a"), paid("a"), late("a", "unrecognised")],
  ],
  [
    "a payment, a part that went back, and late words",
    one,
    [paid("a"), back("a", 300_000n), back("a", 500_000n), late("a", "failed"), late("a", "open"), late("a", "expired")],
  ],
  [
    "a payment that went back as a whole after a part of it",
    one,
    [back("a", 300_000n), late("a", "refunded"), late("a", "failed")],
  ],
  [
    "two payments for one debt, through the old and the new link",
    two,
    [paid("a"), paid("b"), late("a", "failed"), late("b", "open")],
  ],
  [
    "too little through one link, too much through another",
    owed(
      { old: link("old", { state: "replaced" }), it: "active" },
      { attempts: [attempt("a", { link: "old" }), attempt("b", { number: 2 })] },
    ),
    [
      paid("a", { amount: money(1n) }),
      paid("b", { amount: money(1_500_001n) }),
      late("a", "expired"),
      late("b", "failed"),
    ],
  ],
];

function permutations<T>(all: readonly T[]): readonly (readonly T[])[] {
  if (all.length < 2) return [all];
  return all.flatMap((first, at) => permutations(all.toSpliced(at, 1)).map((rest) => [first, ...rest]));
}

/**
 * Where the money stands in the end. What order may decide is which of two equal payments was applied, and so which link was
 * spent: nobody can know a word that has not come yet.
 */
const endOf = (invoice: Invoice) => ({
  status: statusOf(invoice),
  money: [appliedTo(invoice), heldFor(invoice), refundedOf(invoice)],
  attempts: invoice.attempts.map(({ state }) => state),
  payments: invoice.payments.map(({ reference, refunded }) => `${reference} ${refunded.minor}`).toSorted(),
});

describe("the order in which the provider's answers reach us", () => {
  test.each(SCENARIOS)("never changes the end: %s", (_what, start, said) => {
    const ends = permutations(said).map((order) =>
      // All of them were on their way at once: none was known when another was asked for.
      endOf(order.reduce((invoice, { of, what }) => after(invoice, when(invoice).isLookedUp(what, of, 0)), start)),
    );
    expect(ends.length).toBeGreaterThan(5);
    for (const end of ends) expect(end).toEqual(ends[0]);
  });
});
