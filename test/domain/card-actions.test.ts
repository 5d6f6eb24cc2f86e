import { describe, expect, test } from "vitest";
import { cardActions } from "../../domain/card-actions.ts";
import type { Invoice } from "../../domain/invoice.ts";
import { attempt, DUE, owed, payment } from "./story.ts";

const offered = (invoice: Invoice): string => {
  const [link] = invoice.links;
  if (!link) throw new Error("a card is about a link");
  return cardActions(invoice, link).join(" ");
};

describe("what the card of a link offers", () => {
  test.each<[string, Invoice, string]>([
    ["live", owed({ it: "active" }), "send copy reissue cancel why"],
    [
      "live, and the smallest unit of money is owed",
      owed({ it: "active" }, { payments: [payment("p", { amount: { ...DUE, minor: DUE.minor - 1n } })] }),
      "send copy reissue cancel why",
    ],
    ["stale", owed({ it: { state: "active", stale: true } }), "reissue cancel why"],
    ["cancelled", owed({ it: "cancelled" }), "why"],
    [
      "live, and a customer is paying",
      owed({ it: "active" }, { attempts: [attempt("try")] }),
      "send copy verify reissue cancel why",
    ],
    ["cancelled, and money may still come", owed({ it: "cancelled" }, { attempts: [attempt("try")] }), "verify why"],
    ["paid", owed({ it: "paid" }, { attempts: [attempt("try", { state: "paid" })], payments: [payment("p")] }), "why"],
    [
      "live, of an invoice that owes nothing",
      owed({ it: "active" }, { payments: [payment("p", { amount: DUE })] }),
      "send copy cancel why",
    ],
    [
      "live, of an invoice that the CRM cancelled",
      owed({ it: "active" }, { state: "cancelled" }),
      "send copy cancel why",
    ],
  ])("%s", (_what, invoice, actions) => {
    expect(offered(invoice)).toBe(actions);
  });

  test("an attempt of another link says nothing about this one", () => {
    const invoice = owed({ it: "cancelled", other: "cancelled" }, { attempts: [attempt("try", { link: "other" })] });
    expect(offered(invoice)).toBe("why");
  });
});
