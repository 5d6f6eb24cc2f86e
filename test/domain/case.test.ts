import { describe, expect, test } from "vitest";
import { applyAll } from "../../domain/apply.ts";
import { openCase } from "../../domain/case.ts";
import type { Invoice } from "../../domain/invoice.ts";
import { later, NOW, openedCase, owed } from "./story.ts";

const OF = {
  id: "c2",
  kind: "provider_unclear",
  cause: "attempt:try",
  link: "it",
  details: { status: "LIMBO" },
} as const;
const open = (details: Record<string, string>, more: Parameters<typeof openedCase>[1] = {}): Invoice =>
  owed(
    { it: "active" },
    { cases: [openedCase("c1", { kind: OF.kind, cause: OF.cause, link: "it", details, ...more })] },
  );

describe("something must be looked at by a person", () => {
  test("a case is opened with all that its sentence is told from", () => {
    expect(openCase(owed(), OF, NOW)).toEqual([
      { is: "case_opened", case: { ...OF, state: "open", openedAt: NOW, resolution: null } },
    ]);
  });

  test("the same cause again, saying the same, changes nothing", () => {
    expect(openCase(open({ status: "LIMBO" }), OF, later(60))).toEqual([]);
  });

  test("saying something else, it updates the one case and keeps what was known", () => {
    const invoice = open({ status: "LOST", provider: "vpos" });
    const facts = openCase(invoice, OF, later(60));
    expect(facts).toEqual([
      { is: "case_updated", case: "c1", kind: OF.kind, details: { status: "LIMBO", provider: "vpos" } },
    ]);
    expect(applyAll(invoice, facts).cases).toEqual([
      { ...invoice.cases[0], details: { status: "LIMBO", provider: "vpos" } },
    ]);
  });

  test("an update leaves other cases as they are", () => {
    const two = { ...open({}), cases: [...open({}).cases, openedCase("other")] };
    expect(applyAll(two, openCase(two, OF, NOW)).cases[1]).toEqual(openedCase("other"));
  });

  test.each([
    ["another cause", { cause: "attempt:other" }],
    ["another kind of the same cause", { kind: "provider_silent" }],
    [
      "a case that a person has closed",
      { state: "resolved", resolution: { action: "dismiss", reason: "asked them", by: "Ani" } },
    ],
  ] as const)("%s does not stand in the way of a new one", (_, more) => {
    expect(openCase(open({ status: "LIMBO" }, more), OF, NOW)).toMatchObject([
      { is: "case_opened", case: { id: "c2" } },
    ]);
  });
});
