import { describe, expect, test } from "vitest";
import type { FiscalState } from "../../domain/states.ts";
import { statusOf } from "../../domain/status.ts";
import { after, attempt, factsOf, namesOf, owed, when } from "./story.ts";

const tried = owed({ it: "active" }, { attempts: [attempt("try")] });
const paid = after(tried, when(tried).isLookedUp({ fiscal: "queued" }));
const hears = (fiscal: FiscalState | null, so = paid) => after(so, when(so).isLookedUp({ fiscal }));

describe("the provider reports a fiscal receipt", () => {
  test("it is apart from the payment, which is paid whatever becomes of it", () => {
    expect(paid.payments).toMatchObject([{ home: "applied", fiscal: "queued" }]);
    for (const fiscal of ["issued", "failed", "unknown"] as const) expect(statusOf(hears(fiscal))).toBe("paid");
  });

  test("what it does not report stays what it was", () => {
    expect(namesOf(when(paid).isLookedUp({ fiscal: null }))).toEqual(["attempt_checked"]);
    expect(namesOf(when(paid).isLookedUp({ fiscal: "queued" }))).toEqual(["attempt_checked"]);
  });

  test.each(["failed", "unknown", "manual"] as const)("%s: an accountant looks into the register", (fiscal) => {
    expect(factsOf(when(paid).isLookedUp({ fiscal })).slice(1)).toMatchObject([
      { is: "fiscal_changed", payment: "p-new", fiscal },
      { is: "case_opened", case: { kind: "fiscal_failed", details: { paid: "15000.00", fiscal } } },
    ]);
  });

  test("issued after all: the case ends by itself", () => {
    const failed = hears("failed");
    expect(hears("issued", failed).cases).toMatchObject([
      { kind: "fiscal_failed", state: "resolved", resolution: { by: "paythread" } },
    ]);
  });
});

describe("a provider that had been silent answers", () => {
  const silent = owed(
    { it: "active" },
    {
      attempts: [attempt("try")],
      cases: [
        {
          id: "c",
          kind: "provider_silent",
          cause: "attempt:try",
          state: "open",
          link: "it",
          details: {},
          openedAt: new Date(0),
          resolution: null,
        },
      ],
    },
  );

  test("its case ends by itself, and stays open while it has said nothing final", () => {
    expect(after(silent, when(silent).isLookedUp({ status: "failed" })).cases).toMatchObject([{ state: "resolved" }]);
    expect(after(silent, when(silent).isLookedUp({ status: "open" })).cases).toMatchObject([{ state: "open" }]);
  });
});
