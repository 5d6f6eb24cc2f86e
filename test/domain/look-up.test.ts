import { describe, expect, test } from "vitest";
import { appliedTo, dueOf, heldFor, type Invoice, refundedOf } from "../../domain/invoice.ts";
import { attemptRefused, notAnswered } from "../../domain/look-up.ts";
import type { AttemptState } from "../../domain/states.ts";
import { statusOf } from "../../domain/status.ts";
import { after, attempt, DUE, factsOf, later, money, namesOf, NOW, owed, when } from "./story.ts";

const tried = (state: AttemptState = "pending"): Invoice =>
  owed({ it: "active" }, { attempts: [attempt("try", { state })] });
const heard = (invoice: Invoice, ...said: Parameters<ReturnType<typeof when>["isLookedUp"]>[0][]): Invoice =>
  said.reduce((known: Invoice, one) => after(known, when(known).isLookedUp(one)), invoice);

const PAID = { status: "paid" } as const;

describe("the provider is asked", () => {
  test("that it was asked is written down, with what it called its answer", () => {
    const open = when(tried()).isLookedUp({ status: "open", providerStatus: "CREATED" });
    expect(open).toEqual({
      kind: "done",
      facts: [{ is: "attempt_checked", attempt: "try", found: "CREATED", requestId: "r-1" }],
    });
    expect(after(tried(), open).attempts).toMatchObject([{ lookups: 1, requestIds: ["r-1"], state: "pending" }]);
  });

  test("every asking counts, answered or not", () => {
    const asked = after(heard(tried(), { status: "open" }, { status: "open" }), notAnswered("try"));
    expect(asked.attempts).toMatchObject([{ lookups: 3, requestIds: ["r-1", "r-1"] }]);
  });

  test("no answer concludes nothing", () => {
    expect(after(tried(), notAnswered("try"))).toEqual(
      owed({ it: "active" }, { attempts: [attempt("try", { lookups: 1 })] }),
    );
  });

  test("a failed attempt has failed in the provider's words", () => {
    expect(factsOf(when(tried()).isLookedUp({ status: "failed", providerStatus: "DECLINED" }))[1]).toEqual({
      is: "attempt_failed",
      attempt: "try",
      because: "DECLINED",
    });
  });

  test("a checkout that ran out has expired", () => {
    expect(namesOf(when(tried()).isLookedUp({ status: "expired" }))).toEqual(["attempt_checked", "attempt_expired"]);
  });

  test("paid is paid, by the provider's reference, for the order the provider names", () => {
    const decision = when(tried()).isLookedUp({ ...PAID, paidAt: later(-5) });
    expect(namesOf(decision)).toEqual(["attempt_checked", "payment_applied", "invoice_paid"]);
    expect(factsOf(decision)[1]).toMatchObject({
      payment: { reference: "vpos-try", bankReference: "bank-77", paidAt: later(-5), amount: DUE },
    });
    expect(namesOf(when(tried()).isLookedUp({ orderId: "INV-7" }))).toContain("payment_held");
  });

  test("without a time it was paid now", () => {
    expect(factsOf(when(tried()).isLookedUp({ ...PAID, paidAt: null }))[1]).toMatchObject({ payment: { paidAt: NOW } });
  });
});

describe("answers come late or in the wrong order", () => {
  const paid = heard(tried(), PAID);

  test.each(["open", "failed", "expired", "paid"] as const)("%s after paid rolls nothing back", (status) => {
    const decision = when(paid).isLookedUp({ status });
    expect(namesOf(decision)).toEqual(["attempt_checked"]);
    expect(statusOf(after(paid, decision))).toBe("paid");
  });

  test.each(["failed", "expired"] as const)("paid after %s is paid all the same", (status) => {
    expect(statusOf(heard(tried(), { status }, PAID))).toBe("paid");
  });

  test("failed twice fails once", () => {
    expect(namesOf(when(heard(tried(), { status: "failed" })).isLookedUp({ status: "failed" }))).toEqual([
      "attempt_checked",
    ]);
  });

  test.each(["failed", "expired"] as const)("expired after %s changes nothing", (state) => {
    expect(namesOf(when(tried(state)).isLookedUp({ status: "expired" }))).toEqual(["attempt_checked"]);
  });

  test("an attempt nobody knew to exist is paid when the provider says so", () => {
    expect(statusOf(heard(tried("unknown"), PAID))).toBe("paid");
  });
});

describe("money goes back", () => {
  const paid = heard(tried(), PAID);

  test("all of it: the invoice is owed again and a person is told, because nobody asked for it", () => {
    const decision = when(paid).isLookedUp({ status: "refunded", refunded: DUE });
    expect(factsOf(decision).slice(1)).toMatchObject([
      { is: "payment_refunded", payment: "p-new", refunded: DUE, full: true },
      {
        is: "case_opened",
        case: {
          kind: "refund_unannounced",
          cause: "attempt:try",
          link: "it",
          details: { refunded: "15000.00", currency: "AMD", reference: "bank-77", provider: "vpos" },
        },
      },
    ]);
    const back = after(paid, decision);
    expect(back.payments).toMatchObject([{ home: "refunded" }]);
    expect([appliedTo(back), heldFor(back), refundedOf(back), dueOf(back)]).toEqual([0n, 0n, DUE.minor, DUE]);
    expect(back.attempts[0]?.state).toBe("paid");
  });

  test("a part of it: the payment stays applied for the rest", () => {
    const back = heard(paid, { status: "part_refunded", refunded: money(500_000n) });
    expect(back.payments).toMatchObject([{ home: "applied", refunded: money(500_000n) }]);
    expect([appliedTo(back), refundedOf(back), dueOf(back)]).toEqual([1_000_000n, 500_000n, money(500_000n)]);
  });

  test("part after part: the total counts, and the one case says the newest", () => {
    const back = heard(paid, { status: "part_refunded", refunded: money(500_000n) });
    const more = when(back).isLookedUp({ status: "part_refunded", refunded: money(700_000n) });
    expect(namesOf(more)).toEqual(["attempt_checked", "payment_refunded", "case_updated"]);
    expect(after(back, more).cases).toMatchObject([{ details: { refunded: "7000.00" } }]);
    expect(heard(back, { status: "refunded" }).payments).toMatchObject([{ home: "refunded", refunded: DUE }]);
  });

  test("told again, or nothing told of it, changes nothing", () => {
    const back = heard(paid, { status: "part_refunded", refunded: money(500_000n) });
    const same = { status: "part_refunded", refunded: money(500_000n) } as const;
    expect(namesOf(when(back).isLookedUp(same))).toEqual(["attempt_checked"]);
    expect(namesOf(when(back).isLookedUp(PAID))).toEqual(["attempt_checked"]);
  });

  test("a smaller total takes nothing back: a person is told, and no longer when it is told as before", () => {
    const back = heard(paid, { status: "part_refunded", refunded: money(500_000n) });
    const less = when(back).isLookedUp({ status: "part_refunded", refunded: money(400_000n) });
    expect(namesOf(less)).toEqual(["attempt_checked", "case_opened"]);
    const told = after(back, less);
    expect(refundedOf(told)).toBe(500_000n);
    const again = when(told).isLookedUp({ status: "part_refunded", refunded: money(500_000n) });
    expect(namesOf(again)).toEqual(["attempt_checked", "case_resolved"]);
  });

  test.each([null, money(0n)])("refunded without saying how much (%o) means all of it", (refunded) => {
    expect(heard(paid, { status: "refunded", refunded }).payments).toMatchObject([{ home: "refunded", refunded: DUE }]);
  });

  test.each([null, money(0n), money(500_000n, "USD")])(
    "part refunded, but how much cannot be told (%o): a person asks",
    (refunded) => {
      const decision = when(paid).isLookedUp({ status: "part_refunded", providerStatus: "PART", refunded });
      expect(factsOf(decision)[1]).toMatchObject({ case: { kind: "provider_unclear", details: { status: "PART" } } });
      expect(after(paid, decision).payments).toEqual(paid.payments);
    },
  );

  test("never more than was paid, whatever is reported", () => {
    const back = heard(paid, { status: "refunded", refunded: money(DUE.minor * 2n) });
    expect(back.payments).toMatchObject([{ home: "refunded", refunded: DUE }]);
    expect(back.cases).toMatchObject([{ kind: "refund_exceeds", details: { refunded: "30000.00", paid: "15000.00" } }]);
  });

  test("all of it, before we ever heard that it was paid: it was no sale, pays nothing and withdraws nothing", () => {
    const invoice = owed({ old: "replaced", it: "active" }, { attempts: [attempt("try", { link: "old" })] });
    const decision = when(invoice).isLookedUp({ status: "refunded", orderId: "INV-7" });
    expect(namesOf(decision)).toEqual(["attempt_checked", "payment_held", "payment_refunded", "case_opened"]);
    const back = after(invoice, decision);
    expect(back.links).toEqual(invoice.links);
    expect([appliedTo(back), heldFor(back), refundedOf(back)]).toEqual([0n, 0n, DUE.minor]);
    expect(back.cases.map(({ kind }) => kind)).toEqual(["refund_unannounced"]);
  });

  test("a part of it, before we ever heard that it was paid: both are true, and in that order", () => {
    const decision = when(tried()).isLookedUp({ status: "part_refunded", refunded: money(500_000n) });
    expect(namesOf(decision)).toEqual([
      "attempt_checked",
      "payment_applied",
      "invoice_paid",
      "payment_refunded",
      "case_opened",
    ]);
  });

  test("a part of it, though called refunded: the rest is told apart from what went back", () => {
    expect(heard(tried(), { status: "refunded", refunded: money(500_000n) }).payments).toMatchObject([
      { home: "applied", refunded: money(500_000n) },
    ]);
  });

  test("of money that was in doubt: two cases, each with an id of its own, and only the rest is held", () => {
    const back = heard(tried(), { status: "part_refunded", refunded: money(500_000n), orderId: "INV-7" });
    expect(back.cases.map(({ kind }) => kind)).toEqual(["order_differs", "refund_unannounced"]);
    expect(new Set(back.cases.map(({ id }) => id)).size).toBe(2);
    expect(heldFor(back)).toBe(1_000_000n);
  });

  test("a part of what is held: only the rest is held", () => {
    const back = heard(tried(), { orderId: "INV-7" }, { status: "part_refunded", refunded: money(500_000n) });
    expect([appliedTo(back), heldFor(back), refundedOf(back)]).toEqual([0n, 1_000_000n, 500_000n]);
  });
});

describe("the provider says what we cannot read", () => {
  test("a status we do not know opens one case and moves nothing", () => {
    const said = { status: "unrecognised", providerStatus: "LIMBO" } as const;
    const decision = when(tried()).isLookedUp(said);
    expect(factsOf(decision)[1]).toMatchObject({
      is: "case_opened",
      case: {
        id: "c-new",
        kind: "provider_unclear",
        cause: "attempt:try",
        details: { provider: "vpos", status: "LIMBO" },
      },
    });
    const unclear = after(tried(), decision);
    expect(unclear.attempts[0]?.state).toBe("pending");
    expect(namesOf(when(unclear).isLookedUp(said))).toEqual(["attempt_checked"]);
    expect(namesOf(when(unclear).isLookedUp({ ...said, providerStatus: "LOST" }))).toEqual([
      "attempt_checked",
      "case_updated",
    ]);
  });

  test.each([null, money(0n), money(-5n)])("an amount that is none (%o) makes no payment: a person asks", (amount) => {
    const decision = when(tried()).isLookedUp({ amount, amountAsWritten: "15 XYZ" });
    expect(factsOf(decision).slice(1)).toMatchObject([
      { is: "case_opened", case: { kind: "currency_differs", details: { paid: "15 XYZ", reference: "vpos-try" } } },
    ]);
  });
});

describe("the provider refused to open a checkout", () => {
  const refusal = { because: "limit", code: "E7", mayExist: false, caseId: "c" };

  test("the attempt has failed, the customer may try again, and ops is asked why", () => {
    const decision = attemptRefused(tried("opening"), "try", refusal, NOW);
    expect(factsOf(decision)).toMatchObject([
      { is: "attempt_failed", attempt: "try", because: "limit" },
      { is: "case_opened", case: { id: "c", kind: "provider_refused", details: { because: "limit", code: "E7" } } },
    ]);
    expect(when(after(tried("opening"), decision)).isTriedThrough("it")).toMatchObject({ kind: "done" });
  });

  test.each([
    ["opening", true],
    ["unknown", true],
    ["unknown", false],
  ] as const)("%s, and a checkout may stand there all the same: no second one is opened", (state, mayExist) => {
    const invoice = after(tried(state), attemptRefused(tried(state), "try", { ...refusal, mayExist }, NOW));
    expect(invoice).toMatchObject({ attempts: [{ state: "unknown" }], cases: [{ kind: "provider_refused" }] });
    expect(when(invoice).isTriedThrough("it")).toEqual({ kind: "already" });
  });

  test.each(["pending", "failed", "expired", "paid"] as const)("said of one that is %s it changes nothing", (state) => {
    expect(attemptRefused(tried(state), "try", refusal, NOW)).toEqual({ kind: "already" });
  });
});
