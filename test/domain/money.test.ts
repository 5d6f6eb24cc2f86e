import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Currency,
  decimalOf,
  EXPONENTS,
  isCurrency,
  isWhole,
  type Money,
  type MoneyProblem,
  parseMoney,
  sameMoney,
} from "../../domain/money.ts";

/** Written by hand from ISO 4217, so that the code is not checked against itself. */
const WRITTEN: readonly (readonly [text: string, currency: Currency, minor: bigint])[] = [
  ["15000.00", "AMD", 1_500_000n],
  ["0.01", "AMD", 1n],
  ["500", "JPY", 500n],
  ["1", "KRW", 1n],
  ["70000", "VND", 70_000n],
  ["1.250", "KWD", 1250n],
  ["0.001", "BHD", 1n],
  ["12.345", "OMR", 12_345n],
  ["19.99", "USD", 1999n],
  ["0.10", "EUR", 10n],
  ["9999999999999.99", "AMD", 999_999_999_999_999n],
];

describe("an amount and its text", () => {
  test.each(WRITTEN)(
    "%s %s is exactly %s of the smallest unit, and is written back the same",
    (text, currency, minor) => {
      expect(parseMoney(text, currency)).toEqual({ minor, currency });
      expect(decimalOf({ minor, currency })).toBe(text);
    },
  );

  test("12 500 drams are 1 250 000 of the smallest unit, neither a hundred times more nor less", () => {
    expect(parseMoney("12500", "AMD")).toEqual({ minor: 1_250_000n, currency: "AMD" });
    expect(decimalOf({ minor: 1_250_000n, currency: "AMD" })).toBe("12500.00");
  });

  test("the same digits are worth what their currency says", () => {
    expect(["JPY", "USD", "KWD"].map((currency) => parseMoney("5", currency))).toEqual([
      { minor: 5n, currency: "JPY" },
      { minor: 500n, currency: "USD" },
      { minor: 5000n, currency: "KWD" },
    ]);
  });

  test("zeros beyond the smallest unit are no precision", () => {
    expect(parseMoney("500.00", "JPY")).toEqual({ minor: 500n, currency: "JPY" });
    expect(parseMoney("1.2000", "USD")).toEqual({ minor: 120n, currency: "USD" });
    expect(parseMoney("00015.5", "AMD")).toEqual({ minor: 1550n, currency: "AMD" });
  });

  test("a difference below zero is written with its sign", () => {
    expect(decimalOf({ minor: -5n, currency: "AMD" })).toBe("-0.05");
    expect(decimalOf({ minor: -1250n, currency: "KWD" })).toBe("-1.250");
    expect(decimalOf({ minor: -7n, currency: "JPY" })).toBe("-7");
  });

  test("nothing at all is written with all its decimals", () => {
    expect(decimalOf({ minor: 0n, currency: "AMD" })).toBe("0.00");
  });
});

describe("a text that is no amount we can collect", () => {
  // One list for each reason: a reason without a text does not compile.
  const REFUSED: Record<MoneyProblem, readonly (readonly [text: string, currency: string])[]> = {
    currency_unknown: [
      ["1", "XXX"],
      ["1", "amd"],
      ["1", ""],
      ["1", "toString"],
      ["x", "XXX"],
    ],
    amount_unreadable: [
      ["", "AMD"],
      ["1,5", "AMD"],
      ["1 000", "AMD"],
      ["1e3", "AMD"],
      ["+1", "AMD"],
      [".5", "AMD"],
      ["5.", "AMD"],
      ["0x10", "AMD"],
      ["١٢", "AMD"],
      ["--1", "AMD"],
      ["1\n", "AMD"],
      ["1234567890123456789", "AMD"],
      ["1.0000000000000000000", "AMD"],
    ],
    amount_too_precise: [
      ["1.001", "AMD"],
      ["1.5", "JPY"],
      ["1.2345", "KWD"],
      ["-1.001", "AMD"],
    ],
    amount_not_positive: [
      ["0", "AMD"],
      ["0.00", "AMD"],
      ["-0", "AMD"],
      ["-1", "AMD"],
      ["-999999999999999999", "AMD"],
    ],
    amount_too_large: [
      ["10000000000000.01", "AMD"],
      ["999999999999999999", "AMD"],
      ["1000000000000001", "JPY"],
    ],
  };
  const texts = Object.entries(REFUSED).flatMap(([why, all]) =>
    all.map(([text, currency]) => ({ why, text, currency })),
  );

  test.each(texts)("$why: '$text' $currency", ({ why, text, currency }) => {
    expect(parseMoney(text, currency)).toBe(why);
  });

  test("the largest amount is ten to the fifteenth of the smallest unit", () => {
    expect(parseMoney("10000000000000.00", "AMD")).toEqual({ minor: 10n ** 15n, currency: "AMD" });
    expect(parseMoney("1000000000000000", "JPY")).toEqual({ minor: 10n ** 15n, currency: "JPY" });
  });
});

const currencies = fc.constantFrom(...Object.keys(EXPONENTS).filter(isCurrency));
const amounts: fc.Arbitrary<Money> = fc.record({
  minor: fc.bigInt({ min: 1n, max: 10n ** 15n }),
  currency: currencies,
});

describe("any amount in any currency", () => {
  test("comes back the same from its text", () => {
    fc.assert(
      fc.property(amounts, (one) => {
        expect(parseMoney(decimalOf(one), one.currency)).toEqual(one);
      }),
    );
  });

  test("has as many decimals as its currency", () => {
    fc.assert(
      fc.property(amounts, (one) => {
        expect(decimalOf(one).split(".")[1]?.length ?? 0).toBe(EXPONENTS[one.currency]);
      }),
    );
  });

  test("is refused once a digit stands below its smallest unit", () => {
    fc.assert(
      fc.property(amounts, fc.integer({ min: 1, max: 9 }), (one, digit) => {
        const text = decimalOf(one);
        const finer = text.includes(".") ? `${text}${digit}` : `${text}.${digit}`;
        expect(parseMoney(finer, one.currency)).toBe("amount_too_precise");
      }),
    );
  });
});

describe("comparing amounts", () => {
  test("the same number in another currency is another amount", () => {
    expect(sameMoney({ minor: 5n, currency: "AMD" }, { minor: 5n, currency: "AMD" })).toBe(true);
    expect(sameMoney({ minor: 5n, currency: "AMD" }, { minor: 5n, currency: "USD" })).toBe(false);
    expect(sameMoney({ minor: 5n, currency: "AMD" }, { minor: 6n, currency: "AMD" })).toBe(false);
  });

  test("whole means whole units of that currency", () => {
    expect(isWhole({ minor: 1500n, currency: "AMD" })).toBe(true);
    expect(isWhole({ minor: 1550n, currency: "AMD" })).toBe(false);
    expect(isWhole({ minor: 1500n, currency: "KWD" })).toBe(false);
    expect(isWhole({ minor: 1501n, currency: "JPY" })).toBe(true);
  });
});
