import { describe, expect, test } from "vitest";
import { followUps } from "../../domain/follow-ups.ts";
import { toGiveBack } from "../../domain/give-back.ts";
import { appliedTo, dueOf, heldFor, type Invoice, refundedOf } from "../../domain/invoice.ts";
import { lookedUp } from "../../domain/look-up.ts";
import type { LookedUp } from "../../domain/looked-up.ts";
import { DEFAULT_POLICY } from "../../domain/policy.ts";
import { actionsOf } from "../../domain/resolve.ts";
import { statusOf } from "../../domain/status.ts";
import { after, attempt, DUE, factsOf, money, namesOf, NOW, owed, report, when } from "./story.ts";

const tried = owed({ it: "active" }, { attempts: [attempt("try")] });
const paid = after(tried, when(tried).isLookedUp({}));
/** What is opened by each answer has an id of its own. */
const lookUp = (so: Invoice, said: Partial<LookedUp>): Invoice => {
  const nth = so.attempts[0]?.lookups ?? 0;
  const ids = { payment: nth === 0 ? "p-new" : `c-${nth}`, case: `c-${nth}` };
  return after(
    so,
    lookedUp(so, "try", { report: report({ reference: "vpos-try", ...said }), requestId: null, ids, now: NOW }),
  );
};

const WENT = { status: "refunded", refunded: DUE } as const;
const CAME = { refunded: money(0n) } as const;

/** Applied, held and refunded. */
const sums = (invoice: Invoice) => [appliedTo(invoice), heldFor(invoice), refundedOf(invoice)];

const refunded = lookUp(paid, WENT);
const back = lookUp(refunded, CAME);
const decided = (so: Invoice, action: "apply" | "refund" | "dismiss") =>
  after(so, when(so).isDecided({ action, case: so.cases.find(({ kind }) => kind === "refund_came_back")?.id ?? "" }));

describe("a refund that the customer's bank sent back", () => {
  test("the money is held again, pays nothing by itself, and one case asks what becomes of it", () => {
    expect(factsOf(when(refunded).isLookedUp(CAME))).toMatchObject([
      { is: "attempt_checked" },
      { is: "refund_came_back", payment: "p-new", refunded: { minor: 0n } },
      { is: "case_opened", case: { kind: "refund_came_back", details: { paid: "15000.00", provider: "vpos" } } },
    ]);
    expect([sums(refunded), sums(back)]).toEqual([
      [0n, 0n, DUE.minor],
      [0n, DUE.minor, 0n],
    ]);
    expect([dueOf(back), statusOf(back)]).toEqual([DUE, "manual review"]);
    expect(namesOf(when(back).isLookedUp(CAME))).toEqual(["attempt_checked"]);
  });

  test("a person applies it: the invoice is paid as before", () => {
    expect(actionsOf(back, back.cases.at(-1) ?? ghost())).toEqual(["apply", "refund", "dismiss"]);
    const applied = decided(back, "apply");
    expect([sums(applied), statusOf(applied)]).toEqual([[DUE.minor, 0n, 0n], "paid"]);
  });

  test("the customer had paid anew: it cannot be applied, only given back once more, as another refund", () => {
    const anew = { ...back, payments: [...back.payments, { ...theOnly(paid), id: "anew", attempt: "other" }] };
    expect(actionsOf(anew, anew.cases.at(-1) ?? ghost())).toEqual(["refund", "dismiss"]);
    const given = decided(anew, "refund");
    expect(toGiveBack(given, "p-new")).toMatchObject({ left: DUE, returns: 1 });
    const due = followUps(given, { is: "refund_proposed", payment: "p-new" }, DEFAULT_POLICY, NOW);
    expect(due.slice(0, 2).map(({ key }) => key)).toEqual(["refund:p-new:1", "look_up:try:refund:1:600"]);
    const gone = lookUp(given, WENT);
    expect(sums(gone)).toEqual([DUE.minor, 0n, DUE.minor]);
    expect(gone.cases.filter(({ kind, state }) => kind === "refund_came_back" && state === "open")).toEqual([]);
  });

  test("given back once more it is no money that was only held: the invoice had been paid, and is refunded", () => {
    expect(statusOf(lookUp(decided(back, "refund"), WENT))).toBe("refunded");
  });

  test("it goes away again before anybody has decided: it is counted as gone, and its case is over", () => {
    const gone = lookUp(back, WENT);
    expect(sums(gone)).toEqual([0n, 0n, DUE.minor]);
    expect(gone.cases.find(({ kind }) => kind === "refund_came_back")).toMatchObject({ state: "resolved" });
    expect(toGiveBack(gone, "p-new")).toBeUndefined();
    const again = lookUp(gone, CAME);
    expect(again.cases.filter(({ kind }) => kind === "refund_came_back").map(({ state }) => state)).toEqual([
      "resolved",
      "open",
    ]);
  });

  test("a part of it goes away again: a person still decides about the rest", () => {
    const part = lookUp(back, { status: "part_refunded", refunded: money(500_000n) });
    expect(part.cases.find(({ kind }) => kind === "refund_came_back")).toMatchObject({ state: "open" });
    expect(sums(part)).toEqual([0n, 1_000_000n, 500_000n]);
  });

  test("a decision of before it came back is no decision about it now", () => {
    const twice = lookUp(lookUp(decided(back, "refund"), WENT), CAME);
    expect(toGiveBack(twice, "p-new")).toBeUndefined();
    expect(heldFor(twice)).toBe(DUE.minor);
  });

  test("an answer that was asked for before a later one was known may be the older: nothing is concluded from it", () => {
    const heard = { report: report({ reference: "vpos-try", ...CAME }), requestId: null, now: NOW };
    const ids = { payment: "p-2", case: "c-2" };
    const known = refunded.attempts[0]?.lookups ?? 0;
    expect(namesOf(lookedUp(refunded, "try", { ...heard, ids, asked: known - 1 }))).toEqual(["attempt_checked"]);
    expect(namesOf(lookedUp(refunded, "try", { ...heard, ids, asked: known }))).toContain("refund_came_back");
  });

  test("a report that says nothing of refunds is no word that it came back", () => {
    expect(namesOf(when(refunded).isLookedUp({ refunded: null }))).toEqual(["attempt_checked"]);
  });
});

describe("a part comes back", () => {
  const part = money(500_000n);
  const PART = { status: "part_refunded", refunded: part } as const;

  test("of money that went back wholly: that part is held, the rest stays with the customer", () => {
    const some = lookUp(refunded, PART);
    expect(sums(some)).toEqual([0n, 1_000_000n, 500_000n]);
    expect(some.cases.at(-1)?.details["paid"]).toBe("10000.00");
    expect(sums(decided(some, "apply"))).toEqual([1_000_000n, 0n, 500_000n]);
  });

  test("of money that pays the invoice by its other part: nothing moves, and a person is told", () => {
    const some = lookUp(paid, PART);
    const told = lookUp(some, CAME);
    expect(told.cases.at(-1)).toMatchObject({ kind: "refund_reversed", details: { paid: "5000.00" } });
    expect(sums(told)).toEqual([1_000_000n, 0n, 500_000n]);
  });

  test("of money that is held: it is held, and the case that asks about it already is the only one", () => {
    const over = lookUp(tried, { amount: money(2_000_000n) });
    const some = lookUp(lookUp(over, { ...PART, amount: money(2_000_000n) }), { ...CAME, amount: money(2_000_000n) });
    expect(sums(some)).toEqual([0n, 2_000_000n, 0n]);
    expect(some.cases.map(({ kind }) => kind)).toEqual(["overpaid", "refund_unannounced"]);
  });
});

describe("a dispute that was lost is won after all", () => {
  test("the money is held, and nobody says that the payment stands while the books say otherwise", () => {
    const dispute = (state: "open" | "lost" | "won") => ({ dispute: { state, amount: DUE } });
    const won = lookUp(lookUp(lookUp(paid, dispute("open")), dispute("lost")), dispute("won"));
    expect(won.cases.map(({ kind, details }) => [kind, details["dispute"]])).toEqual([
      ["chargeback", "lost"],
      ["refund_came_back", undefined],
    ]);
    expect([sums(won), dueOf(won)]).toEqual([[0n, DUE.minor, 0n], DUE]);
    expect(statusOf(decided(won, "apply"))).toBe("paid");
  });
});

const ghost = (): never => {
  throw new Error("there is no case");
};

const theOnly = ({ payments: [payment] }: Invoice) => payment ?? ghost();
