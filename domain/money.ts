/**
 * The currencies a link can be made out in, with their ISO 4217 exponents (how many decimals the smallest unit has).
 * Our own table: `Intl` follows CLDR, which differs from ISO 4217 for many currencies. A provider's scale is its adapter's matter.
 */
export const EXPONENTS = {
  AED: 2,
  AMD: 2,
  BHD: 3,
  BYN: 2,
  CAD: 2,
  CHF: 2,
  CNY: 2,
  EUR: 2,
  GBP: 2,
  GEL: 2,
  JOD: 3,
  JPY: 0,
  KRW: 0,
  KWD: 3,
  KZT: 2,
  OMR: 3,
  PLN: 2,
  RUB: 2,
  TND: 3,
  TRY: 2,
  UAH: 2,
  USD: 2,
  VND: 0,
} as const;

export type Currency = keyof typeof EXPONENTS;

/** An amount in the smallest unit of its currency, so that no sum is ever rounded: 12 500 ֏ is 1250000n AMD. */
export type Money = { readonly minor: bigint; readonly currency: Currency };

/** Why a text is not an amount we can collect, in order of precedence. */
export type MoneyProblem =
  | "currency_unknown"
  | "amount_unreadable"
  | "amount_too_precise"
  | "amount_not_positive"
  | "amount_too_large";

/** The largest amount a link can carry: what fits a PostgreSQL bigint with room for sums of many payments. */
const MOST_MINOR = 10n ** 15n;

const DECIMAL = /^(?<sign>-?)(?<whole>\d{1,18})(?:\.(?<fraction>\d{1,18}))?$/;

export const isCurrency = (text: string): text is Currency => Object.hasOwn(EXPONENTS, text);

/**
 * Reads a decimal text such as `15000.00` exactly. Digits beyond the currency's exponent are refused unless they are
 * zeros: nothing is ever rounded. Zero, negative and unreasonably large amounts are refused.
 */
export function parseMoney(amount: string, currency: string): Money | MoneyProblem {
  if (!isCurrency(currency)) return "currency_unknown";
  const read = DECIMAL.exec(amount)?.groups;
  if (!read) return "amount_unreadable";
  const exponent = EXPONENTS[currency];
  const fraction = (read["fraction"] ?? "").replace(/0+$/, "");
  if (fraction.length > exponent) return "amount_too_precise";
  const minor = BigInt(`${read["whole"] ?? ""}${fraction.padEnd(exponent, "0")}`);
  if (read["sign"] === "-" || minor === 0n) return "amount_not_positive";
  if (minor > MOST_MINOR) return "amount_too_large";
  return { minor, currency };
}

/** The exact decimal text of an amount, with all the decimals of its currency: `15000.00` AMD, `500` JPY, `1.250` KWD. */
export function decimalOf({ minor, currency }: Money): string {
  const exponent = EXPONENTS[currency];
  const digits = (minor < 0n ? -minor : minor).toString().padStart(exponent + 1, "0");
  const whole = digits.slice(0, digits.length - exponent);
  const fraction = digits.slice(digits.length - exponent);
  return `${minor < 0n ? "-" : ""}${whole}${exponent > 0 ? `.${fraction}` : ""}`;
}

export const sameMoney = (a: Money, b: Money): boolean => a.minor === b.minor && a.currency === b.currency;

/** Whether an amount has no fraction: `wholeUnits` currencies (the dram by default) are collected in whole units only. */
export const isWhole = ({ minor, currency }: Money): boolean => minor % 10n ** BigInt(EXPONENTS[currency]) === 0n;
