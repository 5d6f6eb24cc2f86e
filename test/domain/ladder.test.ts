import { describe, expect, test } from "vitest";
import type { Invoice, Payment } from "../../domain/invoice.ts";
import { isWorthAsking, nextLookUp, silent } from "../../domain/look-up.ts";
import { DEFAULT_POLICY } from "../../domain/policy.ts";
import type { AttemptState } from "../../domain/states.ts";
import { after, attempt, DAY, factsOf, later, NOW, openedCase, owed, payment } from "./story.ts";

const tried = (state: AttemptState = "pending"): Invoice =>
  owed({ it: "active" }, { attempts: [attempt("try", { state })] });

describe("a rung of the ladder comes due", () => {
  const asked = (state: AttemptState, seconds: number, more: Partial<Invoice> = {}) => {
    const invoice = owed({ it: "active" }, { attempts: [attempt("try", { state })], ...more });
    return isWorthAsking(invoice, attempt("try", { state }), later(seconds));
  };
  const paid = (changed: Partial<Payment>) => ({ payments: [payment("p", { attempt: "try", ...changed })] });

  test("an attempt that is open is asked about, one that has ended only by the day", () => {
    expect((["opening", "unknown", "pending"] as const).map((state) => asked(state, 30))).toEqual([true, true, true]);
    expect((["paid", "failed", "expired"] as const).map((state) => asked(state, 3600))).toEqual([false, false, false]);
    expect((["paid", "failed", "expired"] as const).map((state) => asked(state, DAY))).toEqual([true, true, true]);
  });

  test("and at once where a receipt is on its way or money is to go back", () => {
    expect(asked("paid", 600, paid({ fiscal: "queued" }))).toBe(true);
    expect(asked("paid", 600, paid({ fiscal: "issued" }))).toBe(false);
    const resolution = { action: "refund", reason: "twice", by: "Ani" } as const;
    const decided = openedCase("c", { cause: "payment:vpos:vpos-p", state: "resolved", resolution });
    expect(asked("paid", 600, { ...paid({ home: "held" }), cases: [decided] })).toBe(true);
  });
});

describe("silence", () => {
  test.each(["opening", "unknown", "pending"] as const)(
    "at the end of the ladder about an attempt that is %s asks a person, once",
    (state) => {
      const decision = silent(tried(state), "try", "c", NOW);
      expect(factsOf(decision)).toMatchObject([
        { is: "case_opened", case: { kind: "provider_silent", cause: "attempt:try" } },
      ]);
      expect(silent(after(tried(state), decision), "try", "c2", NOW)).toEqual({ kind: "already" });
    },
  );

  test.each(["failed", "expired", "paid"] as const)("about one that is %s is no question", (state) => {
    expect(silent(tried(state), "try", "c", NOW)).toEqual({ kind: "already" });
  });

  const next = (seconds: number) => nextLookUp(attempt("try"), DEFAULT_POLICY, later(seconds));
  test.each([
    [0, 30],
    [29, 30],
    [30, 120],
    [120, 600],
    [600, 1500],
    [1500, 2400],
    [2400, 3300],
    [3300, 3600],
    [3600, DAY],
    [DAY, 2 * DAY],
    [4 * DAY, 5 * DAY],
  ])("%s seconds after an attempt was opened, the provider is asked next at %s", (passed, at) => {
    expect(next(passed)).toEqual({ at: later(at), seconds: at });
  });

  test("after day five nobody asks by themselves", () => {
    expect(next(5 * DAY)).toBeUndefined();
  });

  test("the first rungs are the policy's", () => {
    const policy = { ...DEFAULT_POLICY, lookUpLadderSeconds: [5] };
    expect(nextLookUp(attempt("try"), policy, NOW)).toEqual({ at: later(5), seconds: 5 });
    expect(nextLookUp(attempt("try"), policy, later(5))).toEqual({ at: later(DAY), seconds: DAY });
  });
});
