import { describe, expect, test } from "vitest";
import { dueOf } from "../../domain/invoice.ts";
import { statusOf } from "../../domain/status.ts";
import { attempt, DUE, factsOf, money, namesOf, openedCase, owed, payment, when } from "./story.ts";

const UNIT = money(1n);
const allBut = money(DUE.minor - 1n);

describe("all but the smallest unit is paid", () => {
  const invoice = owed({ it: "paid" }, { payments: [payment("p", { amount: allBut })] });

  test("the unit is owed", () => {
    expect(dueOf(invoice)).toEqual(UNIT);
    expect(statusOf(invoice)).toBe("part paid");
  });

  test("and the payment that left it open did not pay the invoice", () => {
    const part = owed({ it: { amount: allBut } });
    expect(namesOf(when(part).isPaidThrough("it", { amount: allBut }))).toEqual(["payment_applied"]);
  });

  test("a link nobody has seen is amended to it, when the CRM asks for that much", () => {
    const live = owed({ it: "active" }, { payments: [payment("p", { amount: money(500_000n) })] });
    expect(factsOf(when(live).hearsFromTheCrm({ amount: money(500_001n) }))[1]).toMatchObject({
      is: "link_amended",
      amount: UNIT,
    });
  });
});

describe("the smallest unit is paid", () => {
  test("of a large invoice it is a part", () => {
    expect(statusOf(owed({ it: "paid" }, { payments: [payment("p", { amount: UNIT })] }))).toBe("part paid");
  });

  test("of an invoice of just that much it is all", () => {
    const tiny = owed({ it: "paid" }, { amount: UNIT, payments: [payment("p", { amount: UNIT })] });
    expect(statusOf(tiny)).toBe("paid");
  });

  test("it is money that has a home, not an amount nobody can read", () => {
    const tried = owed({ it: "active" }, { attempts: [attempt("try")] });
    expect(factsOf(when(tried).isLookedUp({ amount: UNIT }))).toMatchObject([
      { is: "attempt_checked" },
      { is: "payment_held", because: "underpaid", payment: { amount: UNIT } },
      { is: "case_opened" },
    ]);
  });

  test("and given back, it is a part that went back", () => {
    const paid = owed({ it: "paid" }, { payments: [payment("p", { refunded: UNIT })] });
    expect(statusOf(paid)).toBe("part refunded");
  });
});

describe("the smallest unit is owed, and more is held", () => {
  test("the held money can still be applied to it", () => {
    const held = payment("h", { link: "old", home: "held" });
    const about = openedCase("c", { kind: "paid_expired_link", cause: "payment:vpos:vpos-h", link: "old" });
    const invoice = owed(
      { old: "expired", it: "paid" },
      { payments: [payment("p", { amount: allBut }), held], cases: [about] },
    );
    expect(namesOf(when(invoice).isDecided())).toEqual(["case_resolved", "hold_applied", "invoice_paid"]);
  });
});

describe("an invoice of nothing", () => {
  test("is not paid: nothing came", () => {
    expect(statusOf(owed({ it: "active" }, { amount: money(0n) }))).toBe("awaiting");
  });
});
