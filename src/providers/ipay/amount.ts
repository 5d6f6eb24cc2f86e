import { EXPONENTS, type Money } from "../../../domain/money.ts";
import type { IpayContract } from "./contract.ts";

type Scale = Pick<IpayContract, "amountExponent" | "currencies">;

/**
 * Our drams in iPay's scale; null when they cannot be said there exactly (a part of a unit): such an amount is refused,
 * never rounded.
 */
export function toIpayAmount({ minor }: Money, { amountExponent }: Scale): string | null {
  const step = stepOf("AMD", amountExponent);
  return minor % step === 0n ? String(minor / step) : null;
}

/** iPay's amount as ours; null for a currency we do not know or an amount that is not a whole count of its units. */
export function fromIpayAmount(
  amount: unknown,
  currency: unknown,
  { amountExponent, currencies }: Scale,
): Money | null {
  const text = typeof amount === "number" && Number.isSafeInteger(amount) ? String(amount) : amount;
  if (typeof text !== "string" || !/^\d{1,20}$/.test(text)) return null;
  const code = numericCode(currency);
  const ours = Object.hasOwn(currencies, code) ? currencies[code] : undefined;
  return ours === undefined ? null : { minor: BigInt(text) * stepOf(ours, amountExponent), currency: ours };
}

/** Three digits: a number has lost the zero of 051. */
const numericCode = (currency: unknown): string =>
  typeof currency === "string" || typeof currency === "number" ? String(currency).padStart(3, "0") : "";

const stepOf = (currency: Money["currency"], theirs: number): bigint => 10n ** BigInt(EXPONENTS[currency] - theirs);

/** A value of theirs as text for people: short, whatever they sent. */
export const written = (value: unknown): string =>
  (typeof value === "string" ? value : (JSON.stringify(value) ?? "nothing")).slice(0, 60);
