import { describe, expect, test } from "vitest";
import { dueOf } from "../../domain/invoice.ts";
import { statusOf } from "../../domain/status.ts";
import { after, attempt, DUE, factsOf, money, namesOf, owed, payment, sent, when } from "./story.ts";

const MORE = money(2_000_000n);
const unseen = owed({ it: "active" });
const seen = owed({ it: { sends: [sent("s1")] } });

describe("the CRM says what we know already", () => {
  test("nothing happens", () => {
    expect(when(seen).hearsFromTheCrm({})).toEqual({ kind: "already" });
  });
});

describe("the CRM says something new while no link is live", () => {
  test.each([
    ["amount", { amount: MORE }],
    ["purpose", { purpose: "Ten chairs" }],
    ["state", { state: "cancelled" }],
    ["address", { url: "https://crm.example/1042" }],
    ["customer", { customer: { id: "c2", name: "Lilit", language: null } }],
    ["owner", { owner: null }],
  ] as const)("a new %s is taken over", (_, news) => {
    const known = owed({ old: "expired" });
    expect(namesOf(when(known).hearsFromTheCrm(news))).toEqual(["invoice_changed"]);
    expect(after(known, when(known).hearsFromTheCrm(news))).toEqual({ ...known, ...news });
  });

  test("the number keeps the spelling that open checkouts already carry", () => {
    const decision = when(unseen).hearsFromTheCrm({ number: "inv-1042", amount: MORE });
    expect(after(unseen, decision)).toMatchObject({ number: "INV-1042", amount: MORE });
  });
});

describe("the amount changes before anybody has seen the link", () => {
  test("the link is amended to it", () => {
    const decision = when(unseen).hearsFromTheCrm({ amount: MORE });
    expect(factsOf(decision)[1]).toEqual({
      is: "link_amended",
      link: "it",
      amount: MORE,
      purpose: "Twelve chairs",
      part: false,
    });
    expect(after(unseen, decision).links[0]).toMatchObject({ amount: MORE, stale: false });
  });

  test("to what is still owed, when a part is paid", () => {
    const part = { ...unseen, payments: [payment("p", { amount: money(500_000n) })] };
    const decision = when(part).hearsFromTheCrm({ amount: money(2_500_000n) });
    expect(factsOf(decision)[1]).toMatchObject({ is: "link_amended", amount: MORE });
  });

  test("into another currency, in which nothing is paid yet", () => {
    const part = { ...unseen, payments: [payment("p", { amount: money(500_000n) })] };
    const decision = when(part).hearsFromTheCrm({ amount: money(9900n, "USD") });
    expect(factsOf(decision)[1]).toMatchObject({ is: "link_amended", amount: money(9900n, "USD") });
    expect(dueOf(after(part, decision))).toEqual(money(9900n, "USD"));
  });

  test("a new purpose alone amends it too", () => {
    expect(factsOf(when(unseen).hearsFromTheCrm({ purpose: "Ten chairs" }))[1]).toMatchObject({
      is: "link_amended",
      amount: unseen.amount,
      purpose: "Ten chairs",
    });
  });

  test("another owner leaves the link as it is", () => {
    expect(namesOf(when(unseen).hearsFromTheCrm({ owner: null }))).toEqual(["invoice_changed"]);
  });

  test("an amount that has come already: the invoice is paid by less, and the link is withdrawn", () => {
    const part = { ...unseen, payments: [payment("p", { amount: money(500_000n) })] };
    const decision = when(part).hearsFromTheCrm({ amount: money(500_000n) });
    expect(namesOf(decision)).toEqual(["invoice_changed", "invoice_paid", "link_withdrawn"]);
  });
});

describe("the amount changes after the link was sent", () => {
  const decision = when(seen).hearsFromTheCrm({ amount: MORE });

  test("the link keeps its amount, goes stale, and a person is told what changed", () => {
    expect(factsOf(decision).slice(1)).toMatchObject([
      { is: "link_went_stale", link: "it", was: seen.amount, now: MORE },
      {
        is: "case_opened",
        case: {
          id: "c-stale",
          kind: "link_stale",
          cause: "link:it",
          link: "it",
          details: { was: "15000.00", now: "20000.00", currency: "AMD", newCurrency: "AMD" },
        },
      },
    ]);
    expect(after(seen, decision).links[0]).toEqual({ ...seen.links[0], stale: true });
  });

  test("a link that was only tried counts as seen", () => {
    const tried = owed({ it: "active" }, { attempts: [attempt("try", { state: "failed" })] });
    expect(namesOf(when(tried).hearsFromTheCrm({ amount: MORE }))).toContain("link_went_stale");
    const elsewhere = owed({ old: "replaced", it: "active" }, { attempts: [attempt("try", { link: "old" })] });
    expect(namesOf(when(elsewhere).hearsFromTheCrm({ amount: MORE }))).toContain("link_amended");
  });

  test("the same number in another currency is another amount", () => {
    const dollars = when(seen).hearsFromTheCrm({ amount: money(seen.amount.minor, "USD") });
    expect(factsOf(dollars)[2]).toMatchObject({ case: { details: { currency: "AMD", newCurrency: "USD" } } });
  });

  test("changed once more, the one open case says the newest amount", () => {
    const stale = after(seen, decision);
    const again = when(stale).hearsFromTheCrm({ amount: money(2_500_000n) });
    expect(namesOf(again)).toEqual(["invoice_changed", "case_updated"]);
    expect(after(stale, again).cases).toMatchObject([{ id: "c-stale", details: { was: "15000.00", now: "25000.00" } }]);
  });

  test("changed back, the link stays stale: nobody pays what a person has been asked about", () => {
    const stale = after(seen, decision);
    const back = when(stale).hearsFromTheCrm({ amount: seen.amount });
    expect(namesOf(back)).toEqual(["invoice_changed"]);
    expect(after(stale, back).links[0]?.stale).toBe(true);
  });

  test("a new purpose alone changes nothing on a link that was sent", () => {
    expect(namesOf(when(seen).hearsFromTheCrm({ purpose: "Ten chairs" }))).toEqual(["invoice_changed"]);
  });
});

describe("the invoice is cancelled in the CRM", () => {
  test("its live link is cancelled with it, sent or not, even when the amount changed too", () => {
    for (const invoice of [seen, unseen]) {
      const decision = when(invoice).hearsFromTheCrm({ state: "cancelled", amount: MORE });
      expect(namesOf(decision)).toEqual(["invoice_changed", "link_cancelled"]);
      expect(after(invoice, decision)).toMatchObject({ state: "cancelled", links: [{ state: "cancelled" }] });
    }
  });

  test("links that had ended are left as they ended", () => {
    expect(namesOf(when(owed({ it: "expired" })).hearsFromTheCrm({ state: "cancelled" }))).toEqual(["invoice_changed"]);
  });
});

describe("the CRM says that the invoice was paid elsewhere", () => {
  const live = owed({ it: "active" }, { attempts: [attempt("try")] });
  const settled = after(live, when(live).hearsFromTheCrm({ state: "settled" }));

  test("its live link ends, nothing is owed, and it counts as paid", () => {
    expect(settled.links).toMatchObject([{ state: "cancelled" }]);
    expect([dueOf(settled).minor, statusOf(settled)]).toEqual([0n, "paid"]);
    expect(namesOf(when(settled).isIssued())).toEqual([]);
    expect(when(settled).isIssued()).toMatchObject({ because: "invoice_paid" });
  });

  test("money that then comes through our checkout is a second payment, held for a person", () => {
    const decision = when(settled).isLookedUp({});
    expect(factsOf(decision)).toMatchObject([
      { is: "attempt_checked" },
      { is: "payment_held", because: "paid_twice" },
      { is: "case_opened", case: { kind: "paid_twice" } },
    ]);
    expect(statusOf(after(settled, decision))).toBe("manual review");
  });

  test("taken back, it is owed again and a new link can be asked for", () => {
    const open = after(settled, when(settled).hearsFromTheCrm({ state: "open" }));
    expect([dueOf(open), statusOf(open)]).toEqual([DUE, "cancelled"]);
    expect(namesOf(when(open).isIssued())).toEqual(["link_issued"]);
  });
});
