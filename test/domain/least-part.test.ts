import { describe, expect, test } from "vitest";
import { money, owed, when } from "./story.ts";

describe("a part of exactly the least the policy allows", () => {
  test("is allowed", () => {
    expect(when(owed()).isIssued({ part: "1000" })).toMatchObject({ facts: [{ link: { amount: money(100_000n) } }] });
  });
});

describe("a share of nothing", () => {
  test.each(["0%", "0.01%"])("%s is too small where the policy names no minimum", (part) => {
    const dollars = owed({}, { amount: money(100n, "USD") });
    expect(when(dollars).isIssued({ part })).toMatchObject({ because: "part_too_small", limit: money(1n, "USD") });
  });
});
