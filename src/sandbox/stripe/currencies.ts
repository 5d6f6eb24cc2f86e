/** What this stand-in takes money in, with the decimals that Stripe's amounts have there. */
const DECIMALS: Readonly<Record<string, number>> = {
  aed: 2,
  amd: 2,
  bhd: 3,
  cad: 2,
  chf: 2,
  cny: 2,
  eur: 2,
  gbp: 2,
  gel: 2,
  jod: 3,
  jpy: 0,
  krw: 0,
  kwd: 3,
  kzt: 2,
  omr: 3,
  pln: 2,
  rub: 2,
  tnd: 3,
  try: 2,
  uah: 2,
  usd: 2,
  vnd: 0,
};

/** Stripe's least amounts where it publishes one; elsewhere the amount must be worth about as much as 50 US cents. */
const LEAST: Readonly<Record<string, number>> = {
  aed: 200,
  amd: 20_000,
  eur: 50,
  gbp: 30,
  jpy: 50,
  krw: 700,
  kwd: 150,
  pln: 200,
  usd: 50,
  vnd: 13_000,
};

/** Eight digits, in whatever currency. */
const MOST = 99_999_999;

export const isCurrency = (text: string): boolean => Object.hasOwn(DECIMALS, text);

export const decimalsOf = (currency: string): number => DECIMALS[currency] ?? 2;

type AmountFlaw = { readonly code?: "amount_too_small" | "amount_too_large"; readonly message: string };

/** What Stripe has against an amount; null: nothing. */
export function flawOf(amount: number, currency: string): AmountFlaw | null {
  if (decimalsOf(currency) === 3 && amount % 10 !== 0) {
    return { message: "Amounts in a three-decimal currency must have 0 as their last digit." };
  }
  if (amount < (LEAST[currency] ?? 50)) {
    return { code: "amount_too_small", message: "The total amount must convert to at least 50 cents." };
  }
  return amount > MOST ? { code: "amount_too_large", message: "Amount must be no more than 99999999." } : null;
}
