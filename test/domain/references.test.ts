import { describe, expect, test } from "vitest";
import { referenceOf } from "../../domain/invoice.ts";
import { attempt, DUE, factsOf, money, owed, payment, when } from "./story.ts";

describe("a payment that people compare", () => {
  test("bears what the bank calls it", () => {
    expect(referenceOf(payment("p"))).toBe("bank-p");
  });

  test("or what the provider calls it, where the bank's word is not known", () => {
    expect(referenceOf(payment("p", { bankReference: null }))).toBe("vpos-p");
  });
});

describe("a case about money", () => {
  const overpaid = { amount: money(DUE.minor + 1n) };

  test.each([
    ["the bank's reference", "bank-77", "bank-77"],
    ["the provider's, where the bank said none", null, "vpos-77"],
  ])("that is held names %s", (_, bankReference, reference) => {
    const decision = when(owed({ it: "active" })).isPaidThrough("it", { ...overpaid, bankReference });
    expect(factsOf(decision)[1]).toMatchObject({ is: "case_opened", case: { details: { reference } } });
  });

  test.each([
    ["the bank's reference", "bank-try", "bank-try"],
    ["the provider's, where the bank said none", null, "vpos-try"],
  ])("that went back names %s", (_, bankReference, reference) => {
    const paid = owed(
      { it: "paid" },
      { attempts: [attempt("try", { state: "paid" })], payments: [payment("try", { attempt: "try", bankReference })] },
    );
    const facts = factsOf(when(paid).isLookedUp({ status: "refunded" }));
    expect(facts.find(({ is }) => is === "case_opened")).toMatchObject({ case: { details: { reference } } });
  });
});
