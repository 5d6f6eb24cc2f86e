import { describe, expect, test } from "vitest";
import { attemptOpened, attemptUnanswered, beginAttempt, idempotencyKeyOf } from "../../domain/open-attempt.ts";
import type { AttemptState } from "../../domain/states.ts";
import { after, attempt, later, NOW, owed, payment, when } from "./story.ts";

const tried = (state: AttemptState, more: Parameters<typeof attempt>[1] = {}) =>
  owed({ it: "active" }, { attempts: [attempt("try", { state, ...more })] });

describe("the customer presses Pay", () => {
  test("an attempt is written down before the provider is asked", () => {
    expect(
      beginAttempt(owed({ it: "active" }), { id: "next", link: "it", provider: "vpos", account: "main" }, NOW),
    ).toEqual({
      kind: "done",
      facts: [
        {
          is: "attempt_opening",
          attempt: {
            id: "next",
            link: "it",
            number: 1,
            provider: "vpos",
            account: "main",
            state: "opening",
            reference: null,
            checkoutUrl: null,
            checkoutExpiresAt: null,
            lookups: 0,
            requestIds: [],
            openedAt: NOW,
          },
        },
      ],
    });
  });

  test.each(["opening", "unknown", "pending"] as const)("while an attempt is %s they are led back to it", (state) => {
    expect(when(tried(state)).isTriedThrough("it")).toEqual({ kind: "already" });
  });

  test("and still are when its deadline has passed", () => {
    const open = owed({ it: { expiresAt: NOW } }, { attempts: [attempt("try")] });
    expect(when(open).isTriedThrough("it")).toEqual({ kind: "already" });
  });

  test.each(["failed", "expired"] as const)("after an attempt that %s a new one is made on the same link", (state) => {
    expect(when(tried(state)).isTriedThrough("it")).toMatchObject({ facts: [{ attempt: { link: "it", number: 2 } }] });
  });

  test("attempts are counted over the whole invoice, whatever their order", () => {
    const attempts = [attempt("a", { link: "old", number: 7 }), attempt("b", { link: "old", number: 3 })];
    expect(when(owed({ old: "replaced", it: "active" }, { attempts })).isTriedThrough("it")).toMatchObject({
      facts: [{ attempt: { number: 8 } }],
    });
  });

  test("an open attempt on a replaced link does not keep anybody from the new one", () => {
    const attempts = [attempt("a", { link: "old" })];
    expect(when(owed({ old: "replaced", it: "active" }, { attempts })).isTriedThrough("it")).toMatchObject({
      kind: "done",
    });
  });
});

describe("no attempt is opened", () => {
  test.each(["paid", "expired", "cancelled", "replaced"] as const)("on a link that is %s", (state) => {
    expect(when(owed({ it: state })).isTriedThrough("it")).toEqual({ kind: "refused", because: "link_not_payable" });
  });

  test("for an invoice that is cancelled, even when an attempt is open", () => {
    expect(when({ ...tried("pending"), state: "cancelled" }).isTriedThrough("it")).toEqual({
      kind: "refused",
      because: "link_not_payable",
    });
  });

  test("on a stale link, even when one is open, and that is said before its deadline", () => {
    const stale = owed({ it: { stale: true, expiresAt: NOW } }, { attempts: [attempt("try")] });
    expect(when(stale).isTriedThrough("it")).toEqual({ kind: "refused", because: "link_stale" });
  });

  test("while money that came through the link is held for a person", () => {
    const held = (more: Parameters<typeof payment>[1]) => owed({ it: "active" }, { payments: [payment("p", more)] });
    const BEING_CHECKED = { kind: "refused", because: "attempt_being_checked" };
    expect(when(held({ home: "held" })).isTriedThrough("it")).toEqual(BEING_CHECKED);
    expect(when(held({ home: "refunded" })).isTriedThrough("it")).toMatchObject({ kind: "done" });
    expect(when(held({ home: "held", link: "other" })).isTriedThrough("it")).toMatchObject({ kind: "done" });
  });

  test("from the second of the deadline on", () => {
    const invoice = owed({ it: { expiresAt: NOW } });
    expect(when(invoice).isTriedThrough("it")).toEqual({ kind: "refused", because: "deadline_passed" });
    expect(when(invoice, { at: later(-1) }).isTriedThrough("it")).toMatchObject({ kind: "done" });
  });
});

describe("the key under which the provider is asked", () => {
  test("is the same for every repeat of one attempt and differs between attempts", () => {
    expect(idempotencyKeyOf(owed(), attempt("a", { number: 3 }))).toBe("INV-1042-pay-attempt-3");
    expect(idempotencyKeyOf(owed(), attempt("a", { number: 4 }))).toBe("INV-1042-pay-attempt-4");
  });

  test("is never longer than providers take, however the CRM numbers", () => {
    const key = (letters: number) => idempotencyKeyOf(owed({}, { number: "1".repeat(letters) }), attempt("a"));
    expect(key(200)).toBe(`${"1".repeat(200)}-pay-attempt-1`);
    expect(key(201)).toBe("attempt-a");
  });

  test("tells a deal from an invoice of the same number, and fits a header whatever the CRM numbers with", () => {
    const deal = owed({}, { kind: "deal", number: "77/Ա" });
    expect(idempotencyKeyOf(deal, attempt("a"))).toBe("deal%3A77%2F%D4%B1-pay-attempt-1");
  });
});

describe("the provider has answered", () => {
  const checkout = { reference: "vpos-9", url: "https://vpos.example/9", expiresAt: later(1200), requestId: "r-9" };

  test.each(["opening", "unknown"] as const)("an attempt that was %s is pending at its checkout", (state) => {
    const invoice = tried(state, { reference: null, checkoutUrl: null });
    expect(after(invoice, attemptOpened(invoice, "try", checkout)).attempts[0]).toMatchObject({
      state: "pending",
      reference: "vpos-9",
      checkoutUrl: "https://vpos.example/9",
      checkoutExpiresAt: later(1200),
      requestIds: ["r-9"],
    });
  });

  test("an answer without a request id is noted without one", () => {
    const invoice = tried("opening");
    const opened = after(invoice, attemptOpened(invoice, "try", { ...checkout, requestId: null }));
    expect(opened.attempts[0]?.requestIds).toEqual([]);
  });

  test.each(["pending", "failed", "expired", "paid"] as const)("said of one that is %s it changes nothing", (state) => {
    expect(attemptOpened(tried(state), "try", checkout)).toEqual({ kind: "already" });
  });

  test("said of an attempt nobody knows it changes nothing", () => {
    expect(attemptOpened(owed(), "ghost", checkout)).toEqual({ kind: "already" });
  });
});

describe("the provider has not answered", () => {
  test("nobody knows whether a checkout exists, and the attempt stays open", () => {
    const invoice = tried("opening");
    const unanswered = after(invoice, attemptUnanswered(invoice, "try", "timeout"));
    expect(unanswered.attempts[0]?.state).toBe("unknown");
    expect(when(unanswered).isTriedThrough("it")).toEqual({ kind: "already" });
  });

  test.each(["unknown", "pending", "failed", "expired", "paid"] as const)(
    "of one that is %s that is no news",
    (state) => {
      expect(attemptUnanswered(tried(state), "try", "timeout")).toEqual({ kind: "already" });
    },
  );
});
