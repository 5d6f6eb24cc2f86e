import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyAll } from "../../domain/apply.ts";
import type { Fact, FactName } from "../../domain/facts.ts";
import { CASE_ACTIONS, type Doubt } from "../../domain/cases.ts";
import type { Invoice } from "../../domain/invoice.ts";
import { type Status, STATUSES, statusOf } from "../../domain/status.ts";
import { begin, next, type Step } from "./history.ts";
import { broken } from "./invariants.ts";
import { attempt, DUE, money, owed } from "./story.ts";

const nth = fc.nat({ max: 5 });
const lookUp: fc.Arbitrary<Step> = fc.record({
  do: fc.constant("look up" as const),
  nth,
  status: fc.oneof(
    { weight: 4, arbitrary: fc.constant("paid" as const) },
    {
      weight: 6,
      arbitrary: fc.constantFrom(
        "open" as const,
        "failed",
        "expired",
        "refunded",
        "part_refunded",
        "unrecognised",
        "no answer",
      ),
    },
  ),
  off: fc.oneof(
    { weight: 8, arbitrary: fc.constant(0n) },
    { weight: 1, arbitrary: fc.constantFrom(-1n, 1n, -DUE.minor, "hundredfold" as const, "unreadable" as const) },
  ),
  wrongOrder: fc.nat({ max: 19 }).map((chance) => chance === 0),
  refunded: fc.option(fc.bigInt({ min: 0n, max: DUE.minor + DUE.minor / 10n }), { nil: null }),
  sharedReference: fc.nat({ max: 2 }).map((chance) => chance === 0),
});
const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Step>({ do: "issue" }) },
  { weight: 1, arbitrary: fc.constantFrom<Step>({ do: "cancel" }, { do: "reissue" }) },
  { weight: 1, arbitrary: fc.constantFrom("5000", "50%", "14999").map((part): Step => ({ do: "issue", part })) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("resolve" as const), nth, action: fc.constantFrom(...CASE_ACTIONS) }),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(1, 599, 1200, 86_400, 300_000).map((seconds): Step => ({ do: "wait", seconds })),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("send" as const),
      channel: fc.constantFrom("telegram" as const, "copy"),
      outcome: fc.constantFrom("sent" as const, "failed"),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("learn" as const),
      amount: fc.constantFrom(DUE, DUE, money(2_000_000n), money(700_000n), money(DUE.minor, "USD")),
      purpose: fc.constantFrom("Twelve chairs", "Ten chairs"),
      state: fc.constantFrom("open" as const, "open", "open", "open", "cancelled", "settled"),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom("begin" as const), nth }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom("open" as const), nth }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom("expire" as const, "leave", "silence"), nth }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("refuse" as const), nth, mayExist: fc.boolean() }) },
  { weight: 6, arbitrary: lookUp },
);

// Some histories begin in the middle: the customer stands at the checkout of a link that was replaced or has expired.
const starts: fc.Arbitrary<Invoice> = fc.constantFrom(
  owed(),
  owed({ old: "replaced" }, { attempts: [attempt("try", { link: "old" })] }),
  owed({ old: "replaced", it: "active" }, { attempts: [attempt("try", { link: "old" })] }),
  owed({ old: "expired" }, { attempts: [attempt("try", { link: "old", state: "failed" })] }),
);

/** Plays a history out, and stops at the first step after which something is not true any more. */
function play(start: Invoice, story: readonly Step[]) {
  let world = begin(start);
  const facts: Fact[] = [];
  const statuses = new Set<Status>([statusOf(start)]);
  for (const step of story) {
    const after = next(world, step);
    const untrue = broken(world, after);
    facts.push(...after.facts);
    statuses.add(statusOf(after.invoice));
    world = after;
    if (untrue.length > 0) return { invoice: world.invoice, facts, statuses, untrue };
  }
  return { invoice: world.invoice, facts, statuses, untrue: [] };
}

/** What ten thousand histories are sure to come by: facts, and why money was held. */
const TURNS: readonly (FactName | Doubt)[] = [
  "link_amended",
  "link_went_stale",
  "link_replaced",
  "link_withdrawn",
  "link_expired",
  "attempt_unanswered",
  "attempt_failed",
  "payment_applied",
  "payment_refunded",
  "refund_came_back",
  "invoice_paid",
  "hold_applied",
  "refund_proposed",
  "case_resolved",
  "case_updated",
  "order_differs",
  "amount_differs",
  "overpaid",
  "underpaid",
  "paid_cancelled_link",
  "paid_stale_link",
  "paid_expired_link",
  "paid_replaced_link",
];

describe("whatever happens to an invoice, in whatever order", () => {
  const seen = { statuses: new Set<Status>(), facts: new Set<FactName | Doubt | "refund_unannounced">() };

  test("money and links stay in order, and its facts alone make the same invoice again", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(starts, fc.array(steps, { minLength: 1, maxLength: 40, size: "max" }), (start, story) => {
        const before = structuredClone(start);
        const { invoice, facts, statuses, untrue } = play(start, story);
        expect(untrue).toEqual([]);
        expect(start).toEqual(before);
        expect(applyAll(before, facts)).toEqual(invoice);
        expect(statusOf(structuredClone(invoice))).toBe(statusOf(invoice));
        for (const status of statuses) seen.statuses.add(status);
        for (const fact of facts) seen.facts.add(fact.is === "payment_held" ? fact.because : fact.is);
      }),
      { numRuns: 10_000 },
    );
  });

  test("and these histories have come by every status and every turn of the money", () => {
    expect([...seen.statuses].toSorted()).toEqual(STATUSES.toSorted());
    expect(TURNS.filter((turn) => !seen.facts.has(turn))).toEqual([]);
  });
});
