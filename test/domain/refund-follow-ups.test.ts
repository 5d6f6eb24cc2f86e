import { describe, expect, test } from "vitest";
import { followUps } from "../../domain/follow-ups.ts";
import { DEFAULT_POLICY } from "../../domain/policy.ts";
import type { FiscalState } from "../../domain/states.ts";
import { DAY, later, NOW, owed, payment } from "./story.ts";

const invoice = owed({ it: "active" }, { payments: [payment("other"), payment("p", { home: "held" })] });
const due = (id: string) => followUps(invoice, { is: "refund_proposed", payment: id }, DEFAULT_POLICY, NOW);

describe("it is decided that held money goes back", () => {
  test("the provider is asked to do it, and then about that payment's own attempt, more and more seldom", () => {
    const [ask, ...looks] = due("p");
    expect(ask).toEqual({ do: "refund_payment", payment: "p", attempt: "try-p", at: NOW, key: "refund:p" });
    expect(looks).toEqual(
      [600, 3600, DAY, 2 * DAY, 5 * DAY].map((seconds) => ({
        do: "look_up",
        attempt: "try-p",
        at: later(seconds),
        key: `look_up:try-p:refund:${seconds}`,
      })),
    );
  });

  test("what is about a payment nobody knows leads to nothing", () => {
    expect(due("ghost")).toEqual([]);
  });
});

describe("a receipt is on its way", () => {
  const after = (fiscal: FiscalState) =>
    followUps(invoice, { is: "fiscal_changed", payment: "p", fiscal }, DEFAULT_POLICY, NOW).map(({ key }) => key);

  test.each(["required", "queued"] as const)("%s: the provider is asked again what became of it", (fiscal) => {
    expect(after(fiscal)).toContain("look_up:try-p:fiscal:600");
  });

  test.each(["issued", "failed", "unknown", "none"] as const)("%s: nobody asks by themselves", (fiscal) => {
    expect(after(fiscal)).toEqual([]);
  });
});
