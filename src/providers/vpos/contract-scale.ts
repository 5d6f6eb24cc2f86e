import { EXPONENTS, isCurrency } from "../../../domain/money.ts";

/** How many decimals VPOS.am's `amountMinor` has for the dram: nowhere stated, so it is a setting without a default. */
export type AmdExponent = 0 | 2;

/** The decimals of `amountMinor` in a currency; null for a currency that VPOS.am would not know. */
export function scaleOf(currency: string, amdExponent: AmdExponent): number | null {
  if (!isCurrency(currency)) return null;
  return currency === "AMD" ? amdExponent : EXPONENTS[currency];
}
