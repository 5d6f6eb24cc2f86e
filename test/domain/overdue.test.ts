import { describe, expect, test } from "vitest";
import { overdue } from "../../domain/refund.ts";
import { attempt, DAY, later, NOW, openedCase, owed, payment } from "./story.ts";

const decided = (id: string, openedAt = NOW) =>
  openedCase(`c-${id}`, {
    kind: "paid_stale_link",
    cause: `payment:vpos:vpos-${id}`,
    state: "resolved",
    openedAt,
    resolution: { action: "refund", reason: "twice", by: "Lilit" },
  });
const invoice = owed(
  { it: "active" },
  {
    attempts: [attempt("try-here"), attempt("try-kept")],
    payments: [payment("here", { home: "held" }), payment("kept", { home: "applied" })],
    cases: [decided("here")],
  },
);
const asked = (id: string, seconds: number, so = invoice) =>
  overdue(so, attempt(`try-${id}`), { id: "c", now: later(seconds) }).map(({ is }) => is);

describe("money was to go back and is still here", () => {
  test("after five days a person is told, and not a second before", () => {
    expect(asked("here", 5 * DAY)).toEqual(["case_opened"]);
    expect(asked("here", 5 * DAY - 1)).toEqual([]);
  });

  test("it is about the money of that attempt alone, and only while it is held", () => {
    expect(asked("kept", 6 * DAY)).toEqual([]);
    expect(asked("nobody", 6 * DAY)).toEqual([]);
  });

  test("the days are counted from when its case was first opened", () => {
    const again = { ...invoice, cases: [decided("here"), { ...decided("here", later(3 * DAY)), id: "c-later" }] };
    expect(asked("here", 5 * DAY, again)).toEqual(["case_opened"]);
  });

  test("nobody decided that it goes back: nothing is overdue", () => {
    expect(asked("here", 6 * DAY, { ...invoice, cases: [] })).toEqual([]);
  });
});
