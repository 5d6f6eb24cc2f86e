import { describe, expect, test } from "vitest";
import { checkoutClosed, checkoutLeftOpen, checkoutsToClose } from "../../domain/close-checkout.ts";
import { refundNotTaken, refundTaken, toGiveBack } from "../../domain/give-back.ts";
import { after, attempt, DUE, factsOf, money, namesOf, NOW, openedCase, owed, payment, when } from "./story.ts";

const held = owed(
  { it: "active" },
  {
    attempts: [attempt("try", { state: "paid" })],
    payments: [payment("p", { attempt: "try", reference: "vpos-try", home: "held" })],
    cases: [openedCase("c", { kind: "paid_stale_link", cause: "payment:vpos:vpos-try", link: "it" })],
  },
);
const decided = after(held, when(held).isDecided({ action: "refund" }));
const NOT = { because: "too late", code: "E7", caseId: "c-refused", now: NOW };

describe("held money is to go back through the provider", () => {
  test("only what a person decided, and only what has not gone back yet", () => {
    expect(toGiveBack(held, "p")).toBeUndefined();
    expect(toGiveBack(decided, "p")).toMatchObject({ left: DUE });
    const partly = { status: "part_refunded", refunded: money(500_000n) } as const;
    expect(toGiveBack(after(decided, when(decided).isLookedUp(partly)), "p")).toMatchObject({
      left: money(1_000_000n),
    });
    expect(toGiveBack(after(decided, when(decided).isLookedUp({ status: "refunded" })), "p")).toBeUndefined();
  });

  test("that the provider took it on moves no money: a lookup does", () => {
    const taken = after(decided, refundTaken(decided, "p", "re_1"));
    expect(taken.payments).toEqual(decided.payments);
    expect(namesOf(refundTaken(held, "p", "re_1"))).toEqual([]);
  });

  test("that it did not is a case of its own, once, and the money stays held", () => {
    expect(factsOf(refundNotTaken(decided, "p", NOT))).toMatchObject([
      { is: "case_opened", case: { kind: "refund_refused", details: { paid: "15000.00", because: "too late" } } },
    ]);
    const refused = after(decided, refundNotTaken(decided, "p", NOT));
    expect(namesOf(refundNotTaken(refused, "p", NOT))).toEqual([]);
    expect(namesOf(refundNotTaken(held, "p", NOT))).toEqual([]);
  });
});

describe("the checkout of a dead link is closed", () => {
  const dead = owed({ it: "cancelled" }, { attempts: [attempt("try")] });

  test("the attempt is over, and what is paid all the same is still heard", () => {
    const closed = after(dead, checkoutClosed(dead, "try", "r-1"));
    expect(closed.attempts).toMatchObject([{ state: "expired", requestIds: ["r-1"] }]);
    expect(namesOf(when(closed).isLookedUp({}))).toContain("payment_held");
  });

  test("one that was paid in the meantime stays paid", () => {
    const paid = owed({ it: "cancelled" }, { attempts: [attempt("try", { state: "paid" })] });
    expect(namesOf(checkoutClosed(paid, "try", null))).toEqual([]);
    expect(namesOf(checkoutLeftOpen(paid, "try", "no"))).toEqual([]);
  });

  test("one that the provider leaves open stays open", () => {
    const left = after(dead, checkoutLeftOpen(dead, "try", "it is being paid"));
    expect(left.attempts).toMatchObject([{ state: "pending" }]);
  });
});

describe("what a person was asked to give back has gone by other hands", () => {
  test("the case that asked for it ends by itself", () => {
    const refused = after(decided, refundNotTaken(decided, "p", NOT));
    const back = after(refused, when(refused).isLookedUp({ status: "refunded" }));
    expect(back.cases.filter(({ kind }) => kind === "refund_refused")).toMatchObject([
      { state: "resolved", resolution: { by: "paythread", reason: "the money went back" } },
    ]);
  });
});

describe("a link is paid while another checkout of it is open", () => {
  test("that checkout is closed too", () => {
    const paid = owed({ it: "paid" }, { attempts: [attempt("late", { state: "paid" }), attempt("try")] });
    expect(checkoutsToClose(paid, "it").map(({ id }) => id)).toEqual(["try"]);
  });
});
