import type { Locale } from "../locale.ts";
import { type Currency, decimalOf, EXPONENTS, isCurrency, type Money } from "../money.ts";

const DECIMAL = /^-?\d+(?:\.(?<fraction>\d+))?$/;

/**
 * An amount for people, exact to the last digit: `15 000 ֏`, `15 000 AMD`, `AMD 15,000`. Its spaces do not break, so that an
 * amount stays on one line. Whole drams have no decimals; every other currency has all of its ISO 4217 decimals.
 */
export const sayMoney = (money: Money, locale: Locale): string => sayDecimal(decimalOf(money), money.currency, locale);

/** The same for a decimal text that a case carries. What cannot be read exactly is said as it is written. */
export function sayDecimal(decimal: string, currency: string, locale: Locale): string {
  if (!isCurrency(currency) || !fits(decimal, currency)) return `${decimal} ${currency}`.trim();
  const digits = digitsOf(decimal, currency);
  return new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(decimal);
}

/** A decimal text goes to `Intl` as it is: as a number it would lose its last digits beyond 2^53. */
const fits = (decimal: string, currency: Currency): decimal is Intl.StringNumericLiteral => {
  const read = DECIMAL.exec(decimal);
  return read !== null && (read.groups?.["fraction"] ?? "").length <= EXPONENTS[currency];
};

const digitsOf = (decimal: string, currency: Currency): number =>
  currency === "AMD" && /^[^.]*(?:\.0*)?$/.test(decimal) ? 0 : EXPONENTS[currency];
