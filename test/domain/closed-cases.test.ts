import { describe, expect, test } from "vitest";
import { closeCases } from "../../domain/case.ts";
import { after, money, namesOf, openedCase, owed, payment, when } from "./story.ts";

describe("what a case was about is over", () => {
  const about = (id: string, more: Parameters<typeof openedCase>[1] = {}) =>
    openedCase(id, { kind: "link_stale", cause: `link:${id}`, link: "it", ...more });

  test("it ends by itself; another kind, another link and a case that had ended are left alone", () => {
    const invoice = owed(
      { it: "active" },
      {
        cases: [
          about("this"),
          about("other kind", { kind: "delivery_failed" }),
          about("other link", { link: "old" }),
          about("ended", { state: "resolved" }),
        ],
      },
    );
    expect(closeCases(invoice, { kind: "link_stale", link: "it" }, "the link was reissued")).toEqual([
      {
        is: "case_resolved",
        case: "this",
        kind: "link_stale",
        resolution: { action: "dismiss", reason: "the link was reissued", by: "paythread" },
      },
    ]);
  });
});

describe("held money of which a part went back is applied", () => {
  test("only what stayed pays the invoice", () => {
    const invoice = owed(
      { it: "active" },
      {
        payments: [payment("p", { home: "held", refunded: money(100_000n) })],
        cases: [openedCase("c", { kind: "paid_stale_link", cause: "payment:vpos:vpos-p", link: "it" })],
      },
    );
    const decision = when(invoice).isDecided();
    expect(namesOf(decision)).toEqual(["case_resolved", "hold_applied"]);
    expect(after(invoice, decision).payments[0]?.home).toBe("applied");
  });
});
