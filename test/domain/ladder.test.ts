import { describe, expect, test } from "vitest";
import type { Invoice, Payment } from "../../domain/invoice.ts";
import { isWorthAsking } from "../../domain/look-up.ts";
import type { AttemptState } from "../../domain/states.ts";
import { attempt, DAY, later, openedCase, owed, payment } from "./story.ts";

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
