import { describe, expect, test } from "vitest";
import { actionsOf } from "../../domain/resolve.ts";
import { after, attempt, namesOf, openedCase, owed, payment, when } from "./story.ts";

const held = owed(
  { it: "active" },
  {
    attempts: [attempt("try", { state: "paid" })],
    payments: [payment("p", { attempt: "try", reference: "vpos-try", home: "held" })],
    cases: [openedCase("c", { kind: "paid_stale_link", cause: "payment:vpos:vpos-try", link: "it" })],
  },
);

describe("a person decided that held money goes back", () => {
  const decided = after(held, when(held).isDecided({ action: "refund" }));

  test("nothing else can be chosen for its case", () => {
    expect(decided.cases.map((one) => actionsOf(decided, one))).toEqual([[]]);
  });

  test("that it then went back is recorded, and opens no second case", () => {
    expect(namesOf(when(decided).isLookedUp({ status: "refunded" }))).toEqual(["attempt_checked", "payment_refunded"]);
  });
});

describe("money goes back that nobody decided about", () => {
  test("a person is told, also where other money of the invoice was to go back", () => {
    const other = openedCase("other", {
      kind: "paid_twice",
      cause: "payment:vpos:vpos-other",
      state: "resolved",
      resolution: { action: "refund", reason: "asked", by: "Ani" },
    });
    const invoice = { ...held, cases: [...held.cases, other] };
    expect(namesOf(when(invoice).isLookedUp({ status: "refunded" }))).toEqual([
      "attempt_checked",
      "payment_refunded",
      "case_opened",
    ]);
  });
});
