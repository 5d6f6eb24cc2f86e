import { describe, expect, test } from "vitest";
import { liveLink } from "../../domain/invoice.ts";
import { after, link, money, namesOf, owed, payment, sent, when, withAttemptOn } from "./story.ts";

const asked = (part: string, invoice = owed(), policy = {}) => {
  const decision = when(invoice, { policy }).isIssued({ part });
  return decision.kind === "done" ? liveLink(after(invoice, decision))?.amount.minor : decision;
};

describe("a manager asks for a part of what is owed", () => {
  test.each([
    ["5000", 500_000n],
    ["5000.00", 500_000n],
    ["50%", 750_000n],
    ["33.33%", 499_900n], // 4 999.50 drams, rounded down to whole ones
    ["100%", 1_500_000n],
    ["15000", 1_500_000n],
  ])("part %s of 15 000 drams", (part, minor) => {
    expect(asked(part)).toBe(minor);
  });

  test.each([
    ["USD", 9_990n, "33.33%", 3_329n], // 33.29667 dollars: never rounded up
    ["JPY", 999n, "50%", 499n],
    ["KWD", 1_001n, "50%", 500n],
  ] as const)("a share of %s is cut at its smallest unit", (currency, minor, part, expected) => {
    expect(asked(part, owed({}, { amount: money(minor, currency) }))).toBe(expected);
  });

  test("all that is owed is no part: neither the minimum nor the number of payments stands in the way", () => {
    const small = owed({}, { amount: money(50_000n) });
    expect(asked("500", small)).toBe(50_000n);
    expect(asked("100%", small, { parts: { minimum: { AMD: 100_000n }, most: 1 } })).toBe(50_000n);
  });

  test("the limit that was passed is named", () => {
    expect(asked("999")).toMatchObject({ because: "part_too_small", limit: money(100_000n) });
    expect(asked("15001")).toMatchObject({ because: "part_too_large", limit: money(1_500_000n) });
    expect(asked("14001")).toMatchObject({ because: "part_leaves_too_little", limit: money(100_000n) });
    expect(asked("14000")).toBe(1_400_000n);
  });

  test("the last payment that is allowed must bring all of the rest", () => {
    const policy = { parts: { minimum: {}, most: 2 } };
    const once = owed({ a: "paid" }, { payments: [payment("a", { link: "a", amount: money(500_000n) })] });
    expect(asked("5000", once, policy)).toMatchObject({ because: "part_too_many", limit: money(1_000_000n) });
    expect(asked("10000", once, policy)).toBe(1_000_000n);
    expect(asked("5000", owed(), policy)).toBe(500_000n);
  });

  test("a fraction of a dram is refused", () => {
    expect(asked("5000.50")).toMatchObject({ because: "amount_not_whole" });
  });
});

describe("a part is paid", () => {
  const first = withAttemptOn(after(owed(), when(owed()).isIssued({ part: "5000" })), "new");
  const paid = after(first, when(first).isPaidThrough("new", { amount: money(500_000n) }));

  test("the money is applied, and the invoice is not paid by it", () => {
    expect(namesOf(when(first).isPaidThrough("new", { amount: money(500_000n) }))).toEqual(["payment_applied"]);
  });

  test("a link for the rest asks for the rest", () => {
    const rest = after(paid, when(paid).isIssued({ id: "rest", token: "t" }));
    expect(liveLink(rest)).toMatchObject({ id: "rest", amount: money(1_000_000n), part: false });
  });
});

describe("the CRM changes the amount while a part is asked for", () => {
  const part = link("it", { amount: money(500_000n), part: true, sends: [sent("s")] });
  const invoice = owed({ it: part });

  test("the part is still right while that much is owed", () => {
    expect(namesOf(when(invoice).hearsFromTheCrm({ amount: money(900_000n) }))).toEqual(["invoice_changed"]);
  });

  test("nobody has seen it yet: it asks for the whole rest, and is no part any more", () => {
    const unseen = owed({ it: link("it", { amount: money(500_000n), part: true }) });
    const less = after(unseen, when(unseen).hearsFromTheCrm({ amount: money(400_000n) }));
    expect(less.links).toMatchObject([{ amount: money(400_000n), part: false }]);
    const more = after(less, when(less).hearsFromTheCrm({ amount: money(1_500_000n) }));
    expect(more.links).toMatchObject([{ amount: money(1_500_000n), part: false }]);
  });

  test("nobody has seen it, and a part was paid before: the rest of the rest is no part either", () => {
    const links = { a: "paid", it: link("it", { amount: money(500_000n), part: true }) } as const;
    const payments = [payment("a", { link: "a", amount: money(300_000n) })];
    const once = owed(links, { payments });
    const less = after(once, when(once).hearsFromTheCrm({ amount: money(700_000n) }));
    expect(less.links[1]).toMatchObject({ amount: money(400_000n), part: false });
  });

  test("it goes stale when less than the part is owed", () => {
    expect(namesOf(when(invoice).hearsFromTheCrm({ amount: money(400_000n) }))).toContain("link_went_stale");
  });
});
