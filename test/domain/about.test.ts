import { describe, expect, test } from "vitest";
import { linkOf } from "../../domain/about.ts";
import { attempt, link, openedCase, owed, payment } from "./story.ts";

const invoice = owed(
  { old: "expired", it: "active", last: "cancelled" },
  {
    attempts: [attempt("try", { link: "old" })],
    payments: [payment("p", { link: "old" })],
    cases: [openedCase("of-a-link", { link: "old" }), openedCase("of-none")],
  },
);

describe("a fact is about a link", () => {
  test("that it names, or brings along", () => {
    expect(linkOf({ is: "link_expired", link: "old" }, invoice)).toBe("old");
    expect(linkOf({ is: "link_issued", link: link("brought") }, invoice)).toBe("brought");
  });

  test("of its attempt, named or brought along", () => {
    expect(linkOf({ is: "attempt_expired", attempt: "try" }, invoice)).toBe("old");
    expect(linkOf({ is: "attempt_opening", attempt: attempt("try") }, invoice)).toBe("old");
  });

  test("of its payment, named or brought along", () => {
    const refunded = { is: "payment_refunded", payment: "p", refunded: invoice.amount, full: true } as const;
    expect(linkOf(refunded, invoice)).toBe("old");
    expect(linkOf({ is: "payment_applied", payment: payment("p"), late: true }, invoice)).toBe("old");
  });

  test("of its case; a case of no link is told where the last one is", () => {
    expect(linkOf({ is: "case_opened", case: openedCase("of-a-link") }, invoice)).toBe("old");
    expect(linkOf({ is: "case_updated", case: "of-none", kind: "crm_refused", details: {} }, invoice)).toBe("last");
  });

  test("that is live, when it is about the invoice itself", () => {
    expect(linkOf({ is: "crm_told", fact: "invoice_paid" }, invoice)).toBe("it");
  });
});

describe("a fact is about no link", () => {
  test("when the invoice has none, or nobody knows what is named", () => {
    expect(linkOf({ is: "invoice_learned", told: owed() }, owed())).toBeUndefined();
    expect(linkOf({ is: "attempt_expired", attempt: "ghost" }, invoice)).toBeUndefined();
    expect(linkOf({ is: "case_opened", case: openedCase("c") }, owed())).toBeUndefined();
  });
});
