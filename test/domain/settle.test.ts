import { describe, expect, test } from "vitest";
import type { Doubt } from "../../domain/cases.ts";
import type { Decision } from "../../domain/decision.ts";
import { after, DUE, factsOf, link, money, namesOf, NOW, owed, payment, when, withAttemptOn } from "./story.ts";

const HALF = money(750_000n);

describe("a customer pays the link", () => {
  const invoice = owed({ it: "active" });

  test("the payment is applied and the invoice is paid", () => {
    expect(when(invoice).isPaidThrough("it")).toEqual({
      kind: "done",
      facts: [
        {
          is: "payment_applied",
          late: false,
          payment: {
            id: "p-new",
            attempt: "try-it",
            link: "it",
            provider: "vpos",
            dispute: null,
            fiscal: "none",
            reference: "vpos-77",
            bankReference: "bank-77",
            amount: DUE,
            refunded: money(0n),
            home: "applied",
            paidAt: NOW,
          },
        },
        { is: "invoice_paid", link: "it", payment: "p-new" },
      ],
    });
  });

  test("its link and its attempt are paid with it", () => {
    const paid = after(withAttemptOn(invoice, "it"), when(invoice).isPaidThrough("it"));
    expect(paid).toMatchObject({ links: [{ state: "paid" }], attempts: [{ state: "paid" }] });
  });
});

describe("a customer pays the link we had replaced", () => {
  const invoice = owed({ older: "expired", old: "replaced", new: "active" });

  test("the invoice is paid and the live link is withdrawn, so nobody pays twice", () => {
    expect(factsOf(when(invoice).isPaidThrough("old"))).toMatchObject([
      { is: "payment_applied", late: true, payment: { link: "old" } },
      { is: "invoice_paid", link: "old" },
      { is: "link_withdrawn", link: "new", paidThrough: "old" },
    ]);
    const paid = after(withAttemptOn(invoice, "old"), when(invoice).isPaidThrough("old"));
    expect(paid.links.map(({ state }) => state)).toEqual(["expired", "paid", "cancelled"]);
  });

  test("a customer who then pays the withdrawn link has paid twice", () => {
    const paid = after(withAttemptOn(invoice, "old"), when(invoice).isPaidThrough("old"));
    expect(when(paid).isPaidThrough("new", { reference: "vpos-78" })).toMatchObject({
      facts: [{ is: "payment_held", because: "paid_twice" }, { is: "case_opened" }],
    });
  });
});

test.each(["expired", "replaced"] as const)("an owed invoice is paid late through a link that is %s", (state) => {
  expect(factsOf(when(owed({ it: state })).isPaidThrough("it"))).toMatchObject([
    { is: "payment_applied", late: true },
    { is: "invoice_paid" },
  ]);
});

describe("the same payment is reported again", () => {
  const paid = after(withAttemptOn(owed({ it: "active" }), "it"), when(owed({ it: "active" })).isPaidThrough("it"));

  test("nothing changes", () => {
    expect(when(paid).isPaidThrough("it")).toEqual({ kind: "already" });
  });

  test("an attempt is one payment, whatever it is called later", () => {
    expect(when(paid).isPaidThrough("it", { reference: "vpos-of-later" })).toEqual({ kind: "already" });
  });

  test("the provider's id is one movement of money, whichever attempt it is told of", () => {
    const other = { ...paid, links: [...paid.links, link("other", { state: "replaced" })] };
    expect(when(other).isPaidThrough("other")).toEqual({ kind: "already" });
  });

  test("another provider's reference may read the same", () => {
    const elsewhere = owed(
      { it: "active" },
      { payments: [payment("p", { provider: "arca", reference: "vpos-77", home: "held" })] },
    );
    expect(namesOf(when(elsewhere).isPaidThrough("it"))).toContain("payment_applied");
  });

  test("what the bank calls it is for people: two payments may bear one such text", () => {
    const other = { ...paid, links: [...paid.links, link("other", { state: "replaced" })] };
    expect(when(other).isPaidThrough("other", { reference: "vpos-78" })).toMatchObject({
      facts: [{ is: "payment_held", because: "paid_twice", payment: { bankReference: "bank-77" } }, {}],
    });
  });

  test("held money stays held, and its case stays one", () => {
    const invoice = withAttemptOn(owed({ it: "cancelled" }), "it");
    const held = after(invoice, when(invoice).isPaidThrough("it"));
    expect(when(held).isPaidThrough("it")).toEqual({ kind: "already" });
    expect(held.cases).toHaveLength(1);
  });
});

describe("a link is made out for less than the invoice owes", () => {
  const part = owed({ it: { amount: HALF } });

  test("paying it pays a part: the invoice is not paid yet", () => {
    expect(namesOf(when(part).isPaidThrough("it", { amount: HALF }))).toEqual(["payment_applied"]);
  });

  test("once it is dead, its money waits for a person", () => {
    const dead = owed({ it: { amount: HALF, state: "expired" } });
    expect(when(dead).isPaidThrough("it", { amount: HALF })).toMatchObject({
      facts: [{ because: "paid_expired_link" }, {}],
    });
  });

  test("the last part pays the invoice", () => {
    const rest = owed({ it: { amount: HALF } }, { payments: [payment("p", { amount: HALF })] });
    expect(namesOf(when(rest).isPaidThrough("it", { amount: HALF }))).toEqual(["payment_applied", "invoice_paid"]);
  });
});

describe("money we cannot explain is held for a person", () => {
  const paidBefore = [payment("p")];
  // One story for each doubt: a doubt without a story does not compile.
  const STORIES: Record<Doubt, () => Decision> = {
    order_differs: () => when(owed({ it: "active" })).isPaidThrough("it", { orderId: "INV-1043" }),
    currency_differs: () => when(owed({ it: "active" })).isPaidThrough("it", { amount: money(DUE.minor, "USD") }),
    amount_differs: () => when(owed({ it: "active" })).isPaidThrough("it", { amount: money(DUE.minor / 100n) }),
    overpaid: () => when(owed({ it: "active" })).isPaidThrough("it", { amount: money(DUE.minor + 1n) }),
    underpaid: () => when(owed({ it: "active" })).isPaidThrough("it", { amount: money(DUE.minor - 1n) }),
    paid_twice: () => when(owed({ it: "active" }, { payments: paidBefore })).isPaidThrough("it"),
    paid_cancelled_link: () => when(owed({ it: "cancelled" })).isPaidThrough("it"),
    paid_stale_link: () => when(owed({ it: { stale: true } })).isPaidThrough("it"),
    paid_expired_link: () => when(owed({ it: "expired" }, { amount: money(2_000_000n) })).isPaidThrough("it"),
    paid_replaced_link: () => when(owed({ it: "replaced" }, { amount: money(2_000_000n) })).isPaidThrough("it"),
  };

  test.each(Object.entries(STORIES))("%s", (because, story) => {
    expect(factsOf(story())).toMatchObject([
      { is: "payment_held", because, payment: { id: "p-new", home: "held" } },
      {
        is: "case_opened",
        case: { id: "c-new", kind: because, cause: "payment:vpos:vpos-77", link: "it", state: "open" },
      },
    ]);
  });

  test("the case tells the accountant all that was compared", () => {
    const { details } =
      factsOf(STORIES.underpaid()).flatMap((fact) => (fact.is === "case_opened" ? [fact.case] : []))[0] ?? {};
    expect(details).toEqual({
      paid: "14999.99",
      currency: "AMD",
      expected: "15000.00",
      expectedCurrency: "AMD",
      reference: "bank-77",
      paidAt: NOW.toISOString(),
      order: "INV-1042",
      expectedOrder: "INV-1042",
      due: "15000.00",
    });
  });

  test("neither the link nor the balance moves, only the attempt is paid", () => {
    const invoice = withAttemptOn(owed({ old: "cancelled", new: "active" }), "old");
    const held = after(invoice, when(invoice).isPaidThrough("old"));
    expect(held.links).toEqual(invoice.links);
    expect(held.attempts).toMatchObject([{ state: "paid" }]);
  });
});

describe("several doubts apply, and the first one is given", () => {
  const wrong = { orderId: "INV-1043", amount: money(DUE.minor * 100n, "USD") };
  const dead = owed({ it: { state: "cancelled", stale: true } });
  const twice = owed({ it: { state: "cancelled", stale: true } }, { payments: [payment("p")] });
  test.each([
    ["order_differs", () => when(dead).isPaidThrough("it", wrong)],
    ["currency_differs", () => when(dead).isPaidThrough("it", { amount: wrong.amount })],
    ["amount_differs", () => when(twice).isPaidThrough("it", { amount: money(DUE.minor * 100n) })],
    ["overpaid", () => when(twice).isPaidThrough("it", { amount: money(DUE.minor * 99n) })],
    ["underpaid", () => when(twice).isPaidThrough("it", { amount: money(1n) })],
    ["paid_twice", () => when(twice).isPaidThrough("it")],
    ["paid_cancelled_link", () => when(dead).isPaidThrough("it")],
    ["paid_cancelled_link", () => when(owed({ it: { stale: true } }, { state: "cancelled" })).isPaidThrough("it")],
    ["paid_stale_link", () => when(owed({ it: { state: "expired", stale: true } })).isPaidThrough("it")],
  ])("%s", (because, story) => {
    expect(story()).toMatchObject({ facts: [{ is: "payment_held", because }, { is: "case_opened" }] });
  });

  test("a link that can pay no more than what is owed is paid twice, not late", () => {
    const rest = owed({ it: "active" }, { payments: [payment("p", { amount: HALF })] });
    expect(when(rest).isPaidThrough("it")).toMatchObject({ facts: [{ because: "paid_twice" }, {}] });
  });
});

describe("a deal and an invoice may bear the same number", () => {
  const deal = owed({ it: "active" }, { kind: "deal", number: "77" });

  test("the deal's order names its kind", () => {
    expect(namesOf(when(deal).isPaidThrough("it", { orderId: "deal:77" }))).toContain("invoice_paid");
    expect(when(deal).isPaidThrough("it", { orderId: "77" })).toMatchObject({
      facts: [{ because: "order_differs" }, {}],
    });
  });
});
