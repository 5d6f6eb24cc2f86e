import { EXPONENTS, isCurrency, type Money } from "../../../domain/money.ts";
import type { PaymentReport } from "../../ports.ts";
import { type AmdExponent, scaleOf } from "./contract-scale.ts";
import type { PaymentView, VposContract } from "./contract.ts";

/**
 * Our amount in VPOS.am's scale; null when it cannot be said there exactly (a part of a dram with exponent 0): such an
 * amount is refused, never rounded.
 */
export function toVposMinor({ minor, currency }: Money, amdExponent: AmdExponent): number | null {
  const step = stepOf(currency, amdExponent);
  if (minor % step !== 0n) return null;
  const theirs = Number(minor / step);
  return Number.isSafeInteger(theirs) ? theirs : null;
}

/** VPOS.am's amount as ours; null for a currency we do not know or an amount that is not a whole count of its units. */
export function fromVposMinor(amountMinor: unknown, currency: unknown, amdExponent: AmdExponent): Money | null {
  if (typeof currency !== "string" || !isCurrency(currency)) return null;
  if (typeof amountMinor !== "number" || !Number.isSafeInteger(amountMinor) || amountMinor < 0) return null;
  return { minor: BigInt(amountMinor) * stepOf(currency, amdExponent), currency };
}

/** What a lookup said, in our words. Nothing is compared here: the domain decides what a difference means. */
export function toReport(view: PaymentView, contract: VposContract, amdExponent: AmdExponent): PaymentReport {
  return {
    status: Object.hasOwn(contract.statusMap, view.status)
      ? (contract.statusMap[view.status] ?? "unrecognised")
      : "unrecognised",
    providerStatus: view.status,
    reference: view.reference,
    orderId: view.orderId,
    amount: fromVposMinor(view.amountMinor, view.currency, amdExponent),
    amountAsWritten: `${written(view.amountMinor)} ${written(view.currency)}`,
    refunded: fromVposMinor(view.refundedMinor, view.currency, amdExponent),
    paymentReference: view.bankReference === "" ? null : (view.bankReference ?? view.reference),
    paidAt: view.paidAt,
    dispute: null,
    fiscal: toFiscal(view.fiscalStatus, contract),
  };
}

function toFiscal(status: string | null, { fiscalMap }: VposContract): PaymentReport["fiscal"] {
  if (status === null) return null;
  return Object.hasOwn(fiscalMap, status) ? (fiscalMap[status] ?? "unknown") : "unknown";
}

/** How many of our smallest units one of theirs is worth: 100 for the dram with exponent 0, else 1. */
function stepOf(currency: Money["currency"], amdExponent: AmdExponent): bigint {
  const theirs = scaleOf(currency, amdExponent) ?? EXPONENTS[currency];
  return 10n ** BigInt(EXPONENTS[currency] - theirs);
}

/** A value of theirs as text for people: short, whatever they sent. */
export const written = (value: unknown): string =>
  (typeof value === "string" ? value : (JSON.stringify(value) ?? "nothing")).slice(0, 60);
