import { describe, expect, test } from "vitest";
import { CASES, type CaseKind } from "../../domain/cases.ts";
import { appliedTo, dueOf, heldFor } from "../../domain/invoice.ts";
import { silent } from "../../domain/look-up.ts";
import { actionsOf } from "../../domain/resolve.ts";
import { statusOf } from "../../domain/status.ts";
import { after, ani, attempt, DAY, factsOf, later, money, namesOf, openedCase, owed, payment, when } from "./story.ts";

const ben = { ...ani, id: "slack:T1:UBEN", name: "Ben" };

/** Fifteen thousand drams are owed; this much came through a link and is held. */
const holding = (minor: bigint, kind: CaseKind = "underpaid", more = {}) =>
  owed(
    { it: "active" },
    {
      payments: [payment("p", { amount: money(minor), home: "held" })],
      cases: [openedCase("c", { kind, cause: "payment:vpos:vpos-p", link: "it" })],
      ...more,
    },
  );

describe("an accountant applies held money", () => {
  test("it pays the invoice, its link is paid, and the case says who and why", () => {
    const invoice = holding(1_500_000n, "paid_stale_link");
    const decision = when(invoice).isDecided();
    expect(namesOf(decision)).toEqual(["case_resolved", "hold_applied", "invoice_paid"]);
    const decided = after(invoice, decision);
    expect(decided.payments[0]?.home).toBe("applied");
    expect(decided.links[0]?.state).toBe("paid");
    expect(decided.cases[0]?.resolution).toEqual({ action: "apply", reason: "agreed with the customer", by: "Ani" });
  });

  test("less than is owed leaves the rest owed, and no link asks for too much", () => {
    const invoice = owed(
      { old: "cancelled", it: "active" },
      {
        payments: [payment("p", { link: "old", amount: money(1_000_000n), home: "held" })],
        cases: [openedCase("c", { kind: "paid_cancelled_link", cause: "payment:vpos:vpos-p", link: "old" })],
      },
    );
    const decision = when(invoice).isDecided();
    expect(namesOf(decision)).toEqual(["case_resolved", "hold_applied", "link_withdrawn"]);
    expect(dueOf(after(invoice, decision)).minor).toBe(500_000n);
    expect(after(invoice, decision).links.map(({ state }) => state)).toEqual(["cancelled", "cancelled"]);
  });

  test("more than is owed is accepted as it is: applied whole, nothing owed", () => {
    const decided = after(holding(1_600_000n, "overpaid"), when(holding(1_600_000n, "overpaid")).isDecided());
    expect([appliedTo(decided), heldFor(decided), dueOf(decided).minor]).toEqual([1_600_000n, 0n, 0n]);
  });

  test("no: for an invoice that the CRM has cancelled", () => {
    const cancelled = holding(1_500_000n, "paid_cancelled_link", { state: "cancelled" });
    expect(when(cancelled).isDecided()).toMatchObject({ because: "action_unavailable" });
  });

  test("no: where nothing is owed any more, or in another currency", () => {
    const twice = holding(1_500_000n, "paid_replaced_link", {
      payments: [payment("p", { home: "held" }), payment("q", { attempt: "try-q" })],
    });
    expect(when(twice).isDecided()).toMatchObject({ because: "action_unavailable" });
    const dollars = holding(1n, "underpaid", { payments: [payment("p", { amount: money(1n, "USD"), home: "held" })] });
    expect(when(dollars).isDecided()).toMatchObject({ because: "action_unavailable" });
  });
});

describe("an accountant lets held money go back", () => {
  const invoice = holding(1_500_000n);
  const proposed = after(invoice, when(invoice).isDecided({ action: "refund" }));

  test("it is decided, and it has not gone back until the provider says so", () => {
    expect(namesOf(when(invoice).isDecided({ action: "refund" }))).toEqual(["case_resolved", "refund_proposed"]);
    expect(proposed.payments[0]?.home).toBe("held");
  });

  test("when it has gone, the invoice stands as if it had never come", () => {
    const tried = { ...proposed, attempts: [attempt("try-p", { state: "paid", reference: "vpos-p" })] };
    const gone = after(tried, when(tried).isLookedUp({ status: "refunded", reference: "vpos-p" }, "try-p"));
    expect(gone.payments[0]?.home).toBe("refunded");
    expect(gone.cases).toHaveLength(1);
    expect(statusOf(gone)).toBe("awaiting");
  });

  test("a part of it has gone: a person is asked about the rest", () => {
    const tried = { ...proposed, attempts: [attempt("try-p", { state: "paid", reference: "vpos-p" })] };
    const back = { status: "part_refunded", reference: "vpos-p", refunded: money(1n) } as const;
    const gone = after(tried, when(tried).isLookedUp(back, "try-p"));
    expect(gone.cases.map(({ kind, state }) => [kind, state])).toEqual([
      ["underpaid", "resolved"],
      ["refund_unannounced", "open"],
    ]);
  });

  test("days later it has still not gone: one case reminds, and asks no earlier", () => {
    const tried = { ...proposed, attempts: [attempt("try-p", { state: "paid", reference: "vpos-p" })] };
    expect(namesOf(silent(tried, "try-p", "c2", later(5 * DAY - 1)))).toEqual([]);
    const reminded = after(tried, silent(tried, "try-p", "c2", later(5 * DAY)));
    expect(reminded.cases.map(({ kind, state }) => [kind, state])).toEqual([
      ["underpaid", "resolved"],
      ["refund_overdue", "open"],
    ]);
    expect(namesOf(silent(reminded, "try-p", "c3", later(6 * DAY)))).toEqual([]);
  });

  test("nobody can apply it meanwhile", () => {
    expect(when(proposed).isDecided({ action: "apply" })).toEqual({ kind: "refused", because: "case_closed" });
  });
});

describe("a case is dismissed", () => {
  test("held money stays held, and can still be decided on later", () => {
    const invoice = holding(1_500_000n);
    const dismissed = after(invoice, when(invoice).isDecided({ action: "dismiss" }));
    expect(heldFor(dismissed)).toBe(1_500_000n);
    expect(dismissed.cases[0] && actionsOf(dismissed, dismissed.cases[0])).toEqual(["apply", "refund"]);
    expect(namesOf(when(dismissed).isDecided())).toContain("hold_applied");
  });

  test("a case about anything else is over", () => {
    const invoice = owed({ it: "active" }, { cases: [openedCase("c", { cause: "attempt:x" })] });
    const dismissed = after(invoice, when(invoice).isDecided({ action: "dismiss" }));
    expect(dismissed.cases[0] && actionsOf(dismissed, dismissed.cases[0])).toEqual([]);
  });
});

describe("a decision is asked for that cannot be taken", () => {
  const invoice = holding(1_500_000n);
  const decided = after(invoice, when(invoice).isDecided());

  test.each([
    ["there is no such case", when(invoice).isDecided({ case: "other" }), "case_unknown"],
    ["nobody says why", when(invoice).isDecided({ reason: "  " }), "reason_missing"],
    ["it was decided in another way", when(decided).isDecided({ action: "refund" }), "case_closed"],
  ])("%s", (_, decision, because) => {
    expect(decision).toEqual({ kind: "refused", because });
  });

  test("the same decision again is what it was", () => {
    expect(when(decided).isDecided()).toEqual({ kind: "already" });
    const dismissed = after(invoice, when(invoice).isDecided({ action: "dismiss" }));
    expect(when(dismissed).isDecided({ action: "dismiss" })).toEqual({ kind: "already" });
  });

  test.each(Object.keys(CASES) as CaseKind[])("%s offers no more than its kind allows", (kind) => {
    const one = holding(1_500_000n, kind);
    const offered = one.cases[0] ? actionsOf(one, one.cases[0]) : [];
    expect(offered).toEqual(CASES[kind].actions);
  });
});

describe("a large amount needs two people", () => {
  const policy = { approvalAbove: { AMD: 1_000_000n } };
  const invoice = holding(1_500_000n, "paid_stale_link");
  const proposed = after(invoice, when(invoice, { policy }).isDecided());

  test("the first one proposes, and no money moves", () => {
    expect(namesOf(when(invoice, { policy }).isDecided())).toEqual(["case_proposed"]);
    expect(heldFor(proposed)).toBe(1_500_000n);
    expect(proposed.cases[0]?.state).toBe("open");
  });

  test("the same person cannot agree with themselves", () => {
    expect(when(proposed, { policy }).isDecided()).toMatchObject({
      because: "second_person_needed",
      limit: money(1_000_000n),
    });
  });

  test("another one agrees, and it is done", () => {
    expect(namesOf(when(proposed, { policy }).isDecided({ by: ben }))).toContain("hold_applied");
  });

  test("another one who chooses otherwise only proposes that", () => {
    const decision = when(proposed, { policy }).isDecided({ by: ben, action: "refund" });
    expect(factsOf(decision)).toMatchObject([{ is: "case_proposed", action: "refund", by: ben }]);
  });

  test("a program may propose, and never completes: two tokens may be in one hand", () => {
    const api = { kind: "api", id: "api:2", name: "API" } as const;
    expect(namesOf(when(invoice, { policy }).isDecided({ by: { ...api, id: "api:1" } }))).toEqual(["case_proposed"]);
    expect(when(proposed, { policy }).isDecided({ by: api })).toMatchObject({ because: "second_person_needed" });
  });

  test("what was dismissed is open again when somebody proposes otherwise", () => {
    const dismissed = after(invoice, when(invoice, { policy }).isDecided({ action: "dismiss" }));
    const again = after(dismissed, when(dismissed, { policy }).isDecided({ action: "refund" }));
    expect(again.cases).toMatchObject([{ state: "open", resolution: null }]);
    expect(namesOf(when(again, { policy }).isDecided({ action: "refund", by: ben }))).toContain("refund_proposed");
  });

  test("up to the limit, and to dismiss, one person is enough", () => {
    expect(namesOf(when(holding(1_000_000n), { policy }).isDecided())).toContain("hold_applied");
    expect(namesOf(when(invoice, { policy }).isDecided({ action: "dismiss" }))).toEqual(["case_resolved"]);
  });
});

describe("a checkout that nobody answered for and that the provider then would not open", () => {
  const unknown = owed(
    { it: "active" },
    {
      attempts: [attempt("try", { state: "unknown", reference: null })],
      cases: [openedCase("c", { kind: "provider_refused", cause: "attempt:try", link: "it" })],
    },
  );

  test("a person who has looked ends the attempt, and the customer may try again", () => {
    const decision = when(unknown).isDecided({ action: "dismiss" });
    expect(namesOf(decision)).toEqual(["case_resolved", "attempt_failed"]);
    const over = after(unknown, decision);
    expect(namesOf(when(over).isTriedThrough("it"))).toEqual(["attempt_opening"]);
  });

  test("an attempt that stands open at the provider is not ended by a person", () => {
    const pending = { ...unknown, attempts: [attempt("try")] };
    expect(namesOf(when(pending).isDecided({ action: "dismiss" }))).toEqual(["case_resolved"]);
  });
});
