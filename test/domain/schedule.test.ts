import { describe, expect, test } from "vitest";
import { followUps } from "../../domain/follow-ups.ts";
import type { Invoice } from "../../domain/invoice.ts";
import { LOCALES } from "../../domain/locale.ts";
import type { Money } from "../../domain/money.ts";
import { DEFAULT_POLICY, type Policy } from "../../domain/policy.ts";
import { nextPart, partMissed } from "../../domain/schedule.ts";
import { sayNextPart } from "../../domain/words/schedule.ts";
import {
  after,
  attempt,
  DAY,
  later,
  money,
  namesOf,
  NOW,
  openedCase,
  owed,
  payment,
  when,
  withAttemptOn,
} from "./story.ts";
import { languageFaults } from "./words-language.ts";

const policy = { ...DEFAULT_POLICY, parts: { ...DEFAULT_POLICY.parts, everyDays: 7 } };
const PART = money(500_000n);
const part = (id: string, more = {}) => payment(id, { amount: PART, ...more });
const partPaid = (more: Partial<Invoice> = {}): Invoice => owed({ it: "paid" }, { payments: [part("p")], ...more });

/** The close of the seventh local day after the first part. */
const BY = new Date("2026-12-01T19:59:59Z");
const missed = (invoice: Invoice, at = BY, by = policy) => partMissed(invoice, "c", by, at);
const opened = (invoice: Invoice) => after(invoice, missed(invoice));

describe("a part of an invoice is paid and a rest is owed", () => {
  test("the next part is expected at the end of the day, so many days after it, and all that is owed is still to come", () => {
    expect(nextPart(partPaid(), policy)).toMatchObject({ amount: money(1_000_000n), by: BY, partsLeft: 3 });
  });

  test("the days are counted where the merchant is: just after midnight there it is already the next day", () => {
    const night = { payments: [part("p", { paidAt: new Date("2026-11-24T20:30:00Z") })] };
    expect(nextPart(partPaid(night), policy)?.by).toEqual(new Date("2026-12-02T19:59:59Z"));
    expect(nextPart(partPaid(night), { ...policy, timeZone: "UTC" })?.by).toEqual(new Date("2026-12-01T23:59:59Z"));
  });

  test("daylight saving in between does not move the end of the day", () => {
    const berlin = { ...policy, timeZone: "Europe/Berlin" };
    const spring = { payments: [part("p", { paidAt: new Date("2026-03-27T12:00:00Z") })] };
    expect(nextPart(partPaid(spring), berlin)?.by).toEqual(new Date("2026-04-03T21:59:59Z"));
  });

  test("it is counted from the last part, in whichever order they were heard of", () => {
    const two = { payments: [part("q", { paidAt: later(2 * DAY) }), part("p")] };
    expect(nextPart(partPaid(two), policy)).toMatchObject({ by: later(2 * DAY, BY), partsLeft: 2, after: { id: "q" } });
  });

  test("also where only the smallest unit of money is left to come", () => {
    const rest = { payments: [part("p", { amount: money(1_499_999n) })] };
    expect(nextPart(partPaid(rest), policy)?.amount).toEqual(money(1n));
  });

  test("the whole rest may always come in one payment, however few are left", () => {
    const one = { ...policy, parts: { ...policy.parts, most: 1 } };
    expect(nextPart(partPaid(), one)?.partsLeft).toBe(1);
  });

  const NONE: readonly (readonly [string, Invoice, typeof policy | typeof DEFAULT_POLICY])[] = [
    ["the policy sets no days", partPaid(), DEFAULT_POLICY],
    ["nothing was paid yet", owed({ it: "active" }), policy],
    ["all of it is paid", partPaid({ payments: [payment("p")] }), policy],
    ["the CRM has cancelled it", partPaid({ state: "cancelled" }), policy],
    ["the CRM says it was paid elsewhere", partPaid({ state: "settled" }), policy],
    ["what came is held", partPaid({ payments: [part("p", { home: "held" })] }), policy],
    ["all had come, and some went back", partPaid({ payments: [payment("p", { refunded: PART })] }), policy],
    [
      "all had come in parts, and a part went back",
      partPaid({ payments: [part("p"), payment("q", { amount: money(1_000_000n), home: "refunded" })] }),
      policy,
    ],
  ];
  test.each(NONE)("none is expected where %s", (_, invoice, by) => {
    expect(nextPart(invoice, by)).toBeUndefined();
  });

  test("money that was only held and went back does not count as a part that had come", () => {
    const cases = [
      openedCase("c", {
        cause: "payment:vpos:vpos-q",
        state: "resolved",
        resolution: { action: "refund", reason: "twice", by: "Ani" },
      }),
    ];
    const payments = [part("p"), payment("q", { amount: money(1_000_000n), home: "refunded" })];
    expect(nextPart(partPaid({ payments, cases }), policy)).toMatchObject({ by: BY });
  });
});

describe("the day of the next part passes", () => {
  test("there is no link: one case tells the manager what is owed and since when, under the card of the last part", () => {
    expect(opened(partPaid()).cases).toMatchObject([
      {
        kind: "part_overdue",
        link: "it",
        details: { expected: "10000.00", expectedCurrency: "AMD", by: BY.toISOString() },
      },
    ]);
    expect(namesOf(missed(opened(partPaid())))).toEqual([]);
  });

  test("a second before, nobody is told", () => {
    expect(namesOf(missed(partPaid(), later(-1, BY)))).toEqual([]);
  });

  test.each([
    ["the customer has a link for the rest", partPaid({ links: owed({ it: "paid", rest: "active" }).links })],
    [
      "money came that somebody else must decide about",
      partPaid({ payments: [part("p"), part("q", { home: "held" })] }),
    ],
    ["the next part has come", partPaid({ payments: [part("p"), part("q", { paidAt: later(3 * DAY) })] })],
  ])("%s: nobody is told", (_, invoice) => {
    expect(namesOf(missed(invoice))).toEqual([]);
  });

  test("the policy gives more days by now: not yet", () => {
    const longer = { ...policy, parts: { ...policy.parts, everyDays: 8 } };
    expect(namesOf(missed(partPaid(), BY, longer))).toEqual([]);
  });
});

describe("a part was late, and then it is not", () => {
  const late = opened(partPaid({ links: owed({ it: "paid", rest: "expired" }).links }));
  const closed = [{ kind: "part_overdue", state: "resolved", resolution: { action: "dismiss", by: "paythread" } }];

  const askedFor = (amount: Money): Invoice =>
    withAttemptOn({ ...late, links: owed({ it: "paid", rest: { state: "active", amount } }).links }, "rest");

  test("the rest comes: the case ends by itself", () => {
    const asked = askedFor(money(1_000_000n));
    const paid = after(asked, when(asked).isPaidThrough("rest", { amount: money(1_000_000n) }));
    expect(paid.cases).toMatchObject(closed);
  });

  test("another part comes: the case ends, and the next one is waited for anew", () => {
    const asked = askedFor(PART);
    const paid = after(asked, when(asked).isPaidThrough("rest", { amount: PART, paidAt: later(9 * DAY) }));
    expect(paid.cases).toMatchObject(closed);
    expect(nextPart(paid, policy)?.by).toEqual(later(9 * DAY, BY));
  });

  test("an accountant applies held money to it: the case ends", () => {
    const about = { kind: "underpaid", cause: "payment:vpos:vpos-q" } as const;
    const holding = {
      ...late,
      payments: [...late.payments, part("q", { home: "held" })],
      cases: [...late.cases, openedCase("c2", about)],
    };
    const applied = after(holding, when(holding).isDecided({ case: "c2" }));
    expect(applied.cases[0]).toMatchObject({ kind: "part_overdue", state: "resolved" });
  });

  test.each([
    ["is cancelled in the CRM", { state: "cancelled" } as const],
    ["was paid elsewhere", { state: "settled" } as const],
    ["asks for no more than has come", { amount: PART }],
  ])("the invoice %s: the case ends", (_, change) => {
    expect(after(late, when(late).hearsFromTheCrm(change)).cases).toMatchObject(closed);
  });

  test("the CRM changes what it is for, and it is as late as before", () => {
    expect(after(late, when(late).hearsFromTheCrm({ purpose: "Chairs" })).cases).toMatchObject([{ state: "open" }]);
  });
});

describe("somebody is to look when the day has passed", () => {
  const due = (invoice: Invoice, fact: Parameters<typeof followUps>[1], at = NOW, by: Policy = policy) =>
    followUps(invoice, fact, by, at).filter((one) => one.do === "expect_part");
  const applied = { is: "payment_applied", payment: part("p"), late: false } as const;

  test("once a part is applied, at the end of that day; without days in the policy, never", () => {
    expect(due(partPaid(), applied)).toEqual([
      { do: "expect_part", link: "it", at: BY, key: `expect_part:p:${BY.getTime()}` },
    ]);
    expect(due(partPaid(), applied, NOW, DEFAULT_POLICY)).toEqual([]);
  });

  test.each([
    ["held money was applied", { is: "hold_applied", payment: "p", link: "it" }],
    ["the link for the rest expired", { is: "link_expired", link: "rest" }],
    ["the link for the rest was cancelled", { is: "link_cancelled", link: "rest", reason: "typo" }],
    ["held money went back", { is: "payment_refunded", payment: "q", refunded: PART, full: true }],
  ] as const)("%s: on that day too, or at once where it has passed already", (_, fact) => {
    const invoice = partPaid({ links: owed({ it: "paid", rest: "expired" }).links, attempts: [attempt("a")] });
    expect(due(invoice, fact)).toMatchObject([{ at: BY }]);
    expect(due(invoice, fact, later(60, BY))).toMatchObject([{ at: later(60, BY) }]);
  });

  test("the CRM asks for more than had come: the rest is waited for like a part", () => {
    const more = partPaid({ payments: [payment("p")], amount: money(2_000_000n) });
    expect(due(more, { is: "invoice_changed", now: more })).toMatchObject([{ at: BY }]);
  });
});

describe("what is still to come is said", () => {
  test("how much, until when, in how many payments", () => {
    const next = nextPart(partPaid(), policy);
    const say = next && sayNextPart(next, { locale: "en", timeZone: "Asia/Yerevan" });
    expect(say?.replaceAll("\u00a0", " ")).toBe(
      "Still to pay AMD 10,000; the next part is expected by 1 Dec 2026, 23:59 (in at most 3 payments)",
    );
  });

  test.each(LOCALES)("in %s, also where only one payment is left", (locale) => {
    for (const most of [1, 4]) {
      const next = nextPart(partPaid(), { ...policy, parts: { ...policy.parts, most } });
      const said = next ? sayNextPart(next, { locale, timeZone: "Asia/Yerevan" }) : "";
      expect(languageFaults(said, locale)).toEqual([]);
    }
  });
});
