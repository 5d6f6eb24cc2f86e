import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Locale, LOCALES } from "../../domain/locale.ts";
import { type Currency, EXPONENTS, isCurrency, type Money } from "../../domain/money.ts";
import { sayDecimal, sayMoney } from "../../domain/words/money.ts";
import { sayClock, sayTime } from "../../domain/words/time.ts";

/** The spaces of an amount do not break; told here as plain ones, so that a reader sees what is said. */
const said = (money: Money, locale: Locale): string => sayMoney(money, locale).replaceAll(/\s/gu, " ");

const CURRENCIES = Object.keys(EXPONENTS).filter(isCurrency);
const digitsOf = (text: string): string => text.replaceAll(/\D/g, "");

describe("an amount is said to a person", () => {
  test.each<[bigint, Currency, Record<Locale, string>]>([
    [1_500_000n, "AMD", { hy: "15 000 ֏", ru: "15 000 AMD", en: "AMD 15,000" }],
    [15_000n, "AMD", { hy: "150 ֏", ru: "150 AMD", en: "AMD 150" }],
    [150n, "AMD", { hy: "1,50 ֏", ru: "1,50 AMD", en: "AMD 1.50" }],
    [100n, "USD", { hy: "1,00 $", ru: "1,00 $", en: "$1.00" }],
    [10_000n, "USD", { hy: "100,00 $", ru: "100,00 $", en: "$100.00" }],
    [1n, "EUR", { hy: "0,01 €", ru: "0,01 €", en: "€0.01" }],
    [500n, "JPY", { hy: "500 JP¥", ru: "500 ¥", en: "¥500" }],
    [50_000n, "JPY", { hy: "50 000 JP¥", ru: "50 000 ¥", en: "¥50,000" }],
    [1_250n, "KWD", { hy: "1,250 KWD", ru: "1,250 KWD", en: "KWD 1.250" }],
    [125_000n, "KWD", { hy: "125,000 KWD", ru: "125,000 KWD", en: "KWD 125.000" }],
  ])("%s of the smallest unit of %s is neither a hundred times more nor less", (minor, currency, words) => {
    for (const locale of LOCALES) expect(said({ minor, currency }, locale)).toBe(words[locale]);
  });

  test("beyond 2^53 it is still exact to the last digit", () => {
    expect(said({ minor: 9_007_199_254_740_993n, currency: "AMD" }, "en")).toBe("AMD 90,071,992,547,409.93");
    expect(said({ minor: 900_719_925_474_099_312_345n, currency: "USD" }, "ru")).toBe("9 007 199 254 740 993 123,45 $");
    expect(said({ minor: 9_007_199_254_740_993n, currency: "VND" }, "en")).toBe("₫9,007,199,254,740,993");
    expect(said({ minor: 9_007_199_254_740_993n, currency: "BHD" }, "hy")).toBe("9 007 199 254 740,993 BHD");
  });

  test("money that goes the other way keeps its sign", () => {
    expect(said({ minor: -500_000n, currency: "AMD" }, "en")).toBe("-AMD 5,000");
  });

  test("in every language and currency it has exactly its own digits, and never breaks over two lines", () => {
    const money = fc.record({
      minor: fc.bigInt({ min: 1n, max: 10n ** 24n }),
      currency: fc.constantFrom(...CURRENCIES),
    });
    fc.assert(
      fc.property(money, fc.constantFrom(...LOCALES), ({ minor, currency }, locale) => {
        const words = sayMoney({ minor, currency }, locale);
        const whole = currency === "AMD" && minor % 100n === 0n;
        const digits = whole ? (minor / 100n).toString() : minor.toString().padStart(EXPONENTS[currency] + 1, "0");
        expect(digitsOf(words)).toBe(digits);
        expect(words).not.toContain(" ");
      }),
    );
  });

  test("a text that is no exact amount of a known currency is said as it was written, never rounded", () => {
    expect(sayDecimal("15000.005", "USD", "en")).toBe("15000.005 USD");
    expect(sayDecimal("12.50", "XYZ", "ru")).toBe("12.50 XYZ");
    expect(sayDecimal("much", "AMD", "hy")).toBe("much AMD");
    expect(sayDecimal("0.00", "AMD", "en").replaceAll(/\s/gu, " ")).toBe("AMD 0");
  });
});

describe("a moment is said to a person", () => {
  const deadline = new Date("2026-11-27T19:59:59Z");

  test("as it is where the merchant is, with the month as a word", () => {
    expect(sayTime(deadline, "en", "Asia/Yerevan")).toBe("27 Nov 2026, 23:59");
    expect(sayTime(deadline, "ru", "Asia/Yerevan")).toBe("27 ноября 2026 г., 23:59");
    expect(sayTime(deadline, "hy", "Asia/Yerevan")).toBe("27 նոյեմբերի, 2026 թ., 23:59");
    expect(sayTime(deadline, "en", "America/New_York")).toBe("27 Nov 2026, 14:59");
  });

  test("midnight is 00:00, not 24:00 and not 12:00 of anything", () => {
    for (const locale of LOCALES)
      expect(sayClock(new Date("2026-11-27T20:00:00Z"), locale, "Asia/Yerevan")).toBe("00:00");
  });
});
