import { describe, expect, test } from "vitest";
import { appliedTo, dueOf, refundedOf } from "../../domain/invoice.ts";
import { statusOf } from "../../domain/status.ts";
import type { DisputeState } from "../../domain/states.ts";
import { after, attempt, DUE, factsOf, money, namesOf, owed, payment, when } from "./story.ts";

const tried = owed({ it: "active" }, { attempts: [attempt("try")] });
const paid = after(tried, when(tried).isLookedUp({}));
const dispute = (state: DisputeState, amount = DUE) => ({ dispute: { state, amount } });
const said = (state: DisputeState, so = paid, amount = DUE) => after(so, when(so).isLookedUp(dispute(state, amount)));

describe("a cardholder's bank disputes a payment", () => {
  test("the payment stands, and an accountant is asked for evidence", () => {
    expect(factsOf(when(paid).isLookedUp(dispute("open"))).slice(1)).toMatchObject([
      { is: "payment_disputed", payment: "p-new", dispute: "open", amount: DUE },
      { is: "case_opened", case: { kind: "chargeback", details: { paid: "15000.00", dispute: "open" } } },
    ]);
    const open = said("open");
    expect([appliedTo(open), statusOf(open)]).toEqual([DUE.minor, "manual review"]);
  });

  test("said again it is nothing new", () => {
    const open = said("open");
    expect(namesOf(when(open).isLookedUp(dispute("open")))).toEqual(["attempt_checked"]);
  });

  test("lost: the money is gone, which is neither a refund nor a failed payment, and the same case tells it", () => {
    const open = said("open");
    expect(namesOf(when(open).isLookedUp(dispute("lost")))).toEqual([
      "attempt_checked",
      "payment_disputed",
      "payment_charged_back",
      "case_updated",
    ]);
    const lost = said("lost", open);
    expect([refundedOf(lost), dueOf(lost), statusOf(lost)]).toEqual([DUE.minor, DUE, "refunded"]);
    expect(lost.attempts).toMatchObject([{ state: "paid" }]);
  });

  test("won: the payment is as it was, and the case says so", () => {
    const won = said("won", said("open"));
    expect([appliedTo(won), statusOf(won)]).toEqual([DUE.minor, "paid"]);
    expect(won.cases).toMatchObject([{ kind: "chargeback", details: { dispute: "won" } }]);
  });

  test("one that was won before we heard of it disturbs nobody", () => {
    expect(namesOf(when(paid).isLookedUp(dispute("won")))).toEqual(["attempt_checked", "payment_disputed"]);
  });

  test("a part is lost and the rest is given back: what went back is the whole, counted once", () => {
    const lost = said("lost", paid, money(500_000n));
    expect(refundedOf(lost)).toBe(500_000n);
    const rest = { ...dispute("lost", money(500_000n)), status: "part_refunded", refunded: money(1_000_000n) } as const;
    const back = after(lost, when(lost).isLookedUp(rest));
    expect([refundedOf(back), back.payments[0]?.home]).toEqual([DUE.minor, "refunded"]);
    expect(namesOf(when(back).isLookedUp(rest))).toEqual(["attempt_checked"]);
  });
});

describe("an invoice of two payments", () => {
  const second = attempt("second", { state: "paid", reference: "vpos-second" });
  const other = payment("other", { attempt: "second", reference: "vpos-second" });
  const both = { ...paid, attempts: [...paid.attempts, second], payments: [...paid.payments, other] };

  test("a dispute, a receipt and a refund are about the payment of their own attempt", () => {
    const disputed = factsOf(when(both).isLookedUp({ ...dispute("open"), fiscal: "queued" }));
    expect(disputed.filter(({ is }) => is === "payment_disputed" || is === "fiscal_changed")).toMatchObject([
      { payment: "p-new" },
      { payment: "p-new" },
    ]);
    expect(factsOf(when(both).isLookedUp({ ...dispute("open"), fiscal: "queued" }, "second"))).toMatchObject([
      { is: "attempt_checked" },
      { is: "payment_disputed", payment: "other" },
      { is: "case_opened" },
      { is: "fiscal_changed", payment: "other" },
    ]);
  });

  test("a dispute that is lost over money that has gone back already takes nothing more", () => {
    const back = after(paid, when(paid).isLookedUp({ status: "refunded", refunded: DUE }));
    const lost = { ...dispute("lost"), status: "refunded", refunded: DUE } as const;
    expect(namesOf(when(back).isLookedUp(lost))).toEqual(["attempt_checked", "payment_disputed", "case_opened"]);
  });

  test("one in another currency takes nothing that can be counted", () => {
    const lost = { dispute: { state: "lost", amount: money(100n, "USD") }, refunded: null } as const;
    expect(namesOf(when(paid).isLookedUp(lost))).toEqual(["attempt_checked", "payment_disputed", "case_opened"]);
  });

  test("how much went back is unclear: nothing is counted as taken", () => {
    const unclear = { ...dispute("lost"), status: "part_refunded", refunded: null } as const;
    const names = namesOf(when(paid).isLookedUp(unclear));
    expect(names).not.toContain("payment_charged_back");
    expect(names).not.toContain("payment_refunded");
  });
});
