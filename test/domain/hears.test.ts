import { describe, expect, test } from "vitest";
import type { Fact } from "../../domain/facts.ts";
import { type Audience, HEARS } from "../../domain/hears.ts";
import type { Invoice } from "../../domain/invoice.ts";
import { attemptOpened } from "../../domain/open-attempt.ts";
import { after, attempt, factsOf, money, owed, sent, when } from "./story.ts";

const audiences = (facts: readonly Fact[]): readonly Audience[] => [
  ...new Set(facts.flatMap(({ is }): readonly Audience[] => HEARS[is])),
];
const tried = owed({ it: "active" }, { attempts: [attempt("try")] });

describe("an invoice is issued, sent, tried and paid without a doubt", () => {
  const checkout = { reference: "vpos-next", url: "https://vpos.example", expiresAt: null, requestId: null };
  const steps: readonly ((invoice: Invoice) => ReturnType<typeof attemptOpened>)[] = [
    (invoice) => when(invoice).isIssued(),
    (invoice) => when(invoice).isSent(),
    (invoice) => when(invoice).isTriedThrough("new"),
    (invoice) => attemptOpened(invoice, "next", checkout),
    (invoice) => when(invoice).isLookedUp({ status: "open" }, "next"),
    (invoice) => when(invoice).isLookedUp({ status: "paid" }, "next"),
  ];
  const facts: Fact[] = [];
  let invoice = owed();
  for (const step of steps) {
    const decision = step(invoice);
    facts.push(...factsOf(decision));
    invoice = after(invoice, decision);
  }

  test("the whole story was told", () => {
    expect(facts.map(({ is }) => is)).toEqual([
      "link_issued",
      "link_sent",
      "attempt_opening",
      "attempt_opened",
      "attempt_checked",
      "attempt_checked",
      "payment_applied",
      "invoice_paid",
    ]);
  });

  test("neither the thread nor ops hears a word", () => {
    expect(audiences(facts)).not.toContain("thread");
    expect(audiences(facts)).not.toContain("ops");
  });

  test("the CRM and the receipt are told by exactly one of its facts", () => {
    const tellers = (audience: Audience) => facts.filter((fact) => audiences([fact]).includes(audience));
    expect(tellers("crm").map(({ is }) => is)).toEqual(["invoice_paid"]);
    expect(tellers("receipt").map(({ is }) => is)).toEqual(["payment_applied"]);
  });
});

describe("who hears of what", () => {
  test("every doubt reaches the thread and ops", () => {
    const held = factsOf(when(tried).isLookedUp({ orderId: "INV-7" }));
    expect(audiences(held)).toEqual(["card", "thread", "ops"]);
  });

  test("held money is never told to the customer or the CRM as paid", () => {
    const held = audiences(factsOf(when(tried).isLookedUp({ amount: money(1n) })));
    expect(held).not.toContain("customer");
    expect(held).not.toContain("receipt");
    expect(held).not.toContain("crm");
  });

  test("that the provider was asked, and a hint that led nowhere, disturb nobody", () => {
    expect(audiences(factsOf(when(tried).isLookedUp({ status: "open" })))).toEqual([]);
  });

  test.each([
    ["link_cancelled", when(tried).isCancelled("typo")],
    ["link_expired", when(owed({ it: { expiresAt: new Date(0) } })).comesToItsDeadline()],
    ["link_went_stale", when(owed({ it: { sends: [sent("s1")] } })).hearsFromTheCrm({ amount: money(1_600_000n) })],
    ["link_withdrawn", when(owed({ old: "replaced", new: "active" })).isPaidThrough("old")],
  ])("the customer hears of %s: their message loses its button", (is, decision) => {
    expect(audiences(factsOf(decision).filter((fact) => fact.is === is))).toContain("customer");
  });
});
