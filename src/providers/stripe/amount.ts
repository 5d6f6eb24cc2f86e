import { type Currency, EXPONENTS, isCurrency, type Money } from "../../../domain/money.ts";

/**
 * Stripe's own scales where they are not two decimals (docs.stripe.com/currencies). They are not ISO 4217's: MGA has
 * two decimals there and none here. A currency this table gets wrong is a hundredfold error.
 */
const ZERO_DECIMALS = new Set("BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF".split(" "));
const THREE_DECIMALS = new Set("BHD JOD KWD OMR TND".split(" "));

/** Written with two decimals that must be zeros: they had some when Stripe began, and no longer do. */
const HOLLOW_DECIMALS = new Set(["ISK", "UGX"]);

/** How many decimals Stripe's amounts have in a currency. */
export function stripeDecimals(currency: string): 0 | 2 | 3 {
  if (ZERO_DECIMALS.has(currency)) return 0;
  return THREE_DECIMALS.has(currency) ? 3 : 2;
}

/** Card networks round the third decimal, so Stripe wants it to be 0; the decimals of a hollow currency are all 0. */
function stripeStep(currency: string): bigint {
  if (HOLLOW_DECIMALS.has(currency)) return 100n;
  return THREE_DECIMALS.has(currency) ? 10n : 1n;
}

/**
 * Our amount in Stripe's scale; null when it cannot be said there exactly (the third decimal of a Kuwaiti dinar): such
 * an amount is refused, never rounded.
 */
export function toStripeAmount({ minor, currency }: Money): number | null {
  const ours = 10n ** BigInt(EXPONENTS[currency]);
  const scaled = minor * 10n ** BigInt(stripeDecimals(currency));
  if (scaled % ours !== 0n) return null;
  const theirs = scaled / ours;
  if (theirs % stripeStep(currency) !== 0n) return null;
  return Number.isSafeInteger(Number(theirs)) ? Number(theirs) : null;
}

/** Stripe's amount as ours; null for a currency we do not know or an amount that is no whole count of our units. */
export function fromStripeAmount(amount: unknown, currency: unknown): Money | null {
  const ours = currencyOf(currency);
  if (ours === null || typeof amount !== "number" || !Number.isSafeInteger(amount)) return null;
  const scaled = BigInt(amount) * 10n ** BigInt(EXPONENTS[ours]);
  const theirs = 10n ** BigInt(stripeDecimals(ours));
  return scaled % theirs === 0n ? { minor: scaled / theirs, currency: ours } : null;
}

/** Stripe writes currencies in lower case. */
function currencyOf(text: unknown): Currency | null {
  const upper = typeof text === "string" ? text.toUpperCase() : "";
  return isCurrency(upper) ? upper : null;
}

/** A value of theirs as text for people: short, whatever they sent. */
export const written = (value: unknown): string =>
  (typeof value === "string" ? value : (JSON.stringify(value) ?? "nothing")).slice(0, 60);
