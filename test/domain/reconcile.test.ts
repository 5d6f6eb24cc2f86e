import { describe, expect, test } from "vitest";
import { LOCALES } from "../../domain/locale.ts";
import type { Payment } from "../../domain/invoice.ts";
import { BREAKS, breaksOf, caseOfBreak, dayBefore, dayOf, type Listed } from "../../domain/reconcile.ts";
import { sayCase } from "../../domain/words/cases.ts";
import { DUE, money, NOW, openedCase, payment } from "./story.ts";
import { sentenceFaults } from "./words-language.ts";

const DAY = dayOf("2026-11-24", "Asia/Yerevan");
const moved = (more: Partial<Listed> = {}): Listed => ({
  kind: "payment",
  reference: "cs_1",
  amount: DUE,
  at: NOW,
  ...more,
});
const ours = (more: Partial<Payment> = {}) => [{ reference: "cs_1", payment: payment("p", more) }];
const found = (...given: Parameters<typeof breaksOf> extends [unknown, ...infer Rest] ? Rest : never) =>
  breaksOf(DAY, ...given).map(({ what }) => what);

describe("a day where the merchant is", () => {
  test("begins with its first second and ends just before the next one's", () => {
    expect(DAY).toEqual({
      date: "2026-11-24",
      from: new Date("2026-11-23T20:00:00Z"),
      until: new Date("2026-11-24T20:00:00Z"),
    });
  });

  test("has an hour more or less where the clocks change", () => {
    const { from, until } = dayOf("2026-10-25", "Europe/Berlin");
    expect(until.getTime() - from.getTime()).toBe(25 * 3_600_000);
  });

  test("the last one that is over is yesterday's, by the merchant's calendar", () => {
    expect(dayBefore(NOW, "Asia/Yerevan").date).toBe("2026-11-23");
    expect(dayBefore(new Date("2026-11-24T20:30:00Z"), "Asia/Yerevan").date).toBe("2026-11-24");
    expect(dayBefore(new Date("2026-03-01T08:00:00Z"), "Asia/Yerevan").date).toBe("2026-02-28");
  });
});

describe("a provider's day and ours", () => {
  test("say the same, also of what went back and of a refund that came back", () => {
    const back = moved({ kind: "refund", amount: money(-500_000n) });
    expect(found([moved(), back], ours({ refunded: money(500_000n) }))).toEqual([]);
    expect(found([moved(), back, moved({ kind: "refund", amount: money(500_000n) })], ours())).toEqual([]);
  });

  test.each<[string, Listed, ReturnType<typeof ours>, string[]]>([
    ["a payment that we do not have", moved(), [], ["unknown"]],
    ["one of another amount", moved({ amount: money(1n) }), ours(), ["differs"]],
    ["one in another currency", moved({ amount: money(DUE.minor, "USD") }), ours(), ["differs"]],
  ])("differ by %s", (_, listed, booked, breaks) => {
    expect(found([listed], booked)).toEqual(breaks);
  });

  test("differ by more that went back than we know of", () => {
    const back = moved({ kind: "refund", amount: money(-500_001n) });
    expect(found([moved(), back], ours({ refunded: money(500_000n) }))).toEqual(["refund"]);
  });

  test("differ by as little as the smallest unit that went back, of the attempt it is about", () => {
    const two = [...ours({ refunded: money(0n) }), { reference: "cs_2", payment: payment("q", { refunded: DUE }) }];
    const listed = [moved(), moved({ reference: "cs_2" }), moved({ kind: "refund", amount: money(-1n) })];
    const [only, ...more] = breaksOf(DAY, listed, two);
    expect([only, more]).toMatchObject([{ what: "refund", reference: "cs_1", ours: money(0n), listed: money(1n) }, []]);
  });

  test("a payment that came twice under one reference is judged by what was booked first", () => {
    const twice = [...ours(), ...ours({ amount: money(1n), refunded: money(5n) })];
    expect(found([moved()], twice)).toEqual([]);
    expect(found([moved(), moved({ kind: "refund", amount: money(-1n) })], twice)).toEqual(["refund"]);
  });

  test("a day on which as much came back as went is no refund", () => {
    const [out, back] = [moved({ kind: "refund", amount: money(-1n) }), moved({ kind: "refund", amount: money(1n) })];
    expect(found([moved(), out, back], ours({ refunded: { minor: 0n, currency: "USD" } }))).toEqual([]);
  });

  test("differ by a payment of ours that is not listed, wherever its money is", () => {
    for (const home of ["applied", "held", "refunded"] as const)
      expect(found([], ours({ home }))).toEqual(["unlisted"]);
  });

  test("a payment in two movements of one day is one payment", () => {
    expect(found([moved({ amount: money(1_000_000n) }), moved({ amount: money(500_000n) })], ours())).toEqual([]);
  });

  test("what names no checkout of ours, and a refund of what we do not know, are other sales of the merchant's", () => {
    const stranger = moved({ kind: "refund", reference: "cs_other", amount: money(-1n) });
    expect(found([moved({ reference: null }), stranger], [])).toEqual([]);
    expect(found([moved({ kind: "chargeback", amount: money(-1n) })], [])).toEqual([]);
  });

  test("only the day itself is judged, and a payment on its edge may be listed just outside", () => {
    const after = new Date(DAY.until.getTime());
    expect(found([moved({ at: after })], [])).toEqual([]);
    expect(found([moved({ at: after })], ours({ paidAt: new Date(after.getTime() - 1000) }))).toEqual([]);
    expect(found([], ours({ paidAt: after }))).toEqual([]);
    expect(found([], ours({ paidAt: DAY.from }))).toEqual(["unlisted"]);
  });
});

describe("a break is told", () => {
  const details = {
    provider: "stripe",
    paid: "1.00",
    currency: "AMD",
    expected: "2.00",
    expectedCurrency: "AMD",
    day: "2026-11-24",
  };

  test("with what the provider lists, what we have, and when a payment came; a refund has no such time", () => {
    const one = { what: "unknown", reference: "cs_1", listed: DUE, ours: null, at: NOW } as const;
    const [unknown, refund] = [one, { ...one, what: "refund", ours: money(0n) } as const].map(
      (each) => caseOfBreak("stripe", each).details,
    );
    const said = { provider: "stripe", reference: "cs_1", paid: "15000.00", currency: "AMD" };
    expect(unknown).toEqual({ ...said, break: "unknown", paidAt: NOW.toISOString() });
    expect(refund).toEqual({ ...said, break: "refund", expected: "0.00", expectedCurrency: "AMD" });
  });

  test("a payment that only the provider has says that we have none", () => {
    expect(breaksOf(DAY, [moved()], [])).toMatchObject([{ what: "unknown", ours: null }]);
  });

  test("one case for each cause and account", () => {
    const one = { what: "differs", reference: "cs_1", listed: DUE, ours: DUE, at: NOW } as const;
    const causes = [
      caseOfBreak("stripe", one),
      caseOfBreak("stripe/shop2", one),
      caseOfBreak("stripe", { ...one, what: "refund" }),
    ];
    expect(new Set(causes.map(({ cause }) => cause)).size).toBe(3);
  });

  test.each(LOCALES)("in %s, of an invoice and of none", (locale) => {
    const said = BREAKS.flatMap((kind) =>
      ["INV-1042", ""]
        .map((invoiceName) => ({ kind, invoiceName }))
        .filter(({ kind: of, invoiceName }) => invoiceName !== "" || ["unknown", "unread"].includes(of)),
    ).map(({ kind, invoiceName }) => {
      const one = openedCase("c", { kind: "reconciliation_break", details: { ...details, break: kind } });
      return sayCase(one, { locale, timeZone: "Asia/Yerevan", invoiceName });
    });
    expect(new Set(said).size).toBe(6); // only a payment that nobody knows is told of with a name and without
    for (const text of said) expect(sentenceFaults(text, locale)).toEqual([]);
  });
});
