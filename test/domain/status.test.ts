import { describe, expect, test } from "vitest";
import type { Invoice } from "../../domain/invoice.ts";
import { type Status, STATUSES, statusOf } from "../../domain/status.ts";
import { attempt, DUE, money, openedCase, owed, payment } from "./story.ts";

const HALF = money(750_000n);
const tried = (state: Parameters<typeof attempt>[1]) => owed({ it: "active" }, { attempts: [attempt("try", state)] });
const paid = (more: Parameters<typeof payment>[1] = {}, rest: Partial<Invoice> = {}) =>
  owed({ it: "paid" }, { payments: [payment("p", more)], ...rest });

// One set of stories for each status: a status without one does not compile.
const STORIES: Record<Status, Readonly<Record<string, Invoice>>> = {
  awaiting: {
    "no link has been issued yet": owed(),
    "a link is live": owed({ it: "active" }),
    "the last try ran out and the link still stands": tried({ state: "expired" }),
    "a try failed on an older link only": owed(
      { old: "replaced", it: "active" },
      { attempts: [attempt("try", { link: "old", state: "failed" })] },
    ),
    "a case that is no doubt about money is open": owed({ it: "active" }, { cases: [openedCase("c")] }),
  },
  pending: {
    "the checkout is being opened": tried({ state: "opening" }),
    "nobody knows whether a checkout exists": tried({ state: "unknown" }),
    "the customer is at the checkout": tried({ state: "pending" }),
    "a person was asked why the provider is silent": { ...tried({ state: "pending" }), cases: [openedCase("c")] },
    "a new try follows one that failed": owed(
      { it: "active" },
      { attempts: [attempt("a", { state: "failed" }), attempt("b", { number: 2 })] },
    ),
  },
  paid: {
    "all of it is applied": paid(),
    "two parts make the whole": owed(
      { it: "paid" },
      { payments: [payment("a", { amount: HALF }), payment("b", { amount: HALF })] },
    ),
    "a second payment waits for a person": owed(
      { it: "paid" },
      { payments: [payment("a"), payment("b", { home: "held" })] },
    ),
    "the CRM asks for less than came": paid({}, { amount: HALF }),
    "the invoice was cancelled afterwards": paid({}, { state: "cancelled" }),
    "a part went back and was paid again": owed(
      { it: "paid" },
      { payments: [payment("a", { refunded: HALF }), payment("b", { amount: HALF })] },
    ),
  },
  "part paid": {
    "a part is applied": paid({ amount: HALF }),
    "a part is applied and a link for the rest is live": owed(
      { it: "paid", rest: { amount: HALF } },
      { payments: [payment("p", { amount: HALF })] },
    ),
    "the CRM asks for more than came": paid({}, { amount: money(2_000_000n) }),
  },
  failed: {
    "the last try failed and the link still stands": tried({ state: "failed" }),
  },
  expired: {
    "the last link expired": owed({ it: "expired" }),
    "an older one was cancelled": owed({ old: "cancelled", it: "expired" }),
  },
  cancelled: {
    "the last link was cancelled": owed({ old: "expired", it: "cancelled" }),
    "the last link was replaced and nothing followed": owed({ it: "replaced" }),
    "the CRM cancelled the invoice": owed({ it: "expired" }, { state: "cancelled" }),
  },
  refunded: {
    "all of it went back": paid({ home: "refunded", refunded: DUE }),
  },
  "part refunded": {
    "a part of it went back": paid({ refunded: HALF }),
  },
  "manual review": {
    "a person must look at a checkout that may exist": {
      ...tried({ state: "unknown" }),
      cases: [openedCase("c", { kind: "provider_refused" })],
    },
    "money is held": owed({ it: "cancelled" }, { payments: [payment("p", { home: "held" })] }),
    "the live link is stale": owed({ it: { stale: true } }),
    "money is held beside a part": owed(
      { it: "paid" },
      { payments: [payment("a", { amount: HALF }), payment("b", { home: "held" })] },
    ),
    "money in another currency is held": owed(
      { it: "active" },
      { payments: [payment("p", { home: "held", amount: money(5n, "USD") })] },
    ),
    "a part of an applied payment went back while other money is held": owed(
      { it: "paid" },
      { payments: [payment("a", { refunded: HALF }), payment("b", { home: "held" })] },
    ),
  },
};

describe.each(STATUSES)("an invoice is %s", (status) => {
  test.each(Object.entries(STORIES[status]))("when %s", (_, invoice) => {
    expect(statusOf(invoice)).toBe(status);
  });
});

describe("what no longer counts", () => {
  test("a stale link that was replaced leaves no doubt", () => {
    expect(statusOf(owed({ old: { stale: true, state: "replaced" }, it: "active" }))).toBe("awaiting");
  });

  test("a link that was paid by money which has since been counted elsewhere awaits a new one", () => {
    expect(statusOf(owed({ it: "paid" }))).toBe("awaiting");
  });
});
