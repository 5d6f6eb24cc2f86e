import { describe, expect, test } from "vitest";
import { followUps } from "../../domain/follow-ups.ts";
import { DEFAULT_POLICY } from "../../domain/policy.ts";
import { DAY, later, NOW, owed, payment } from "./story.ts";

const invoice = owed({ it: "active" }, { payments: [payment("other"), payment("p", { home: "held" })] });
const due = (id: string) => followUps(invoice, { is: "refund_proposed", payment: id }, DEFAULT_POLICY, NOW);

describe("it is decided that held money goes back", () => {
  test("the provider is asked about that payment's own attempt, more and more seldom, each time once", () => {
    expect(due("p")).toEqual(
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
