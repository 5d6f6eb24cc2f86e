import type { Money } from "./money.ts";

/** What a provider's lookup said of one attempt, in our words. */
export type LookedUp = {
  readonly status: "open" | "paid" | "failed" | "expired" | "refunded" | "part_refunded" | "unrecognised";
  readonly providerStatus: string;
  readonly reference: string;
  readonly orderId: string;
  readonly amount: Money | null;
  readonly amountAsWritten: string;
  readonly refunded: Money | null;
  readonly paymentReference: string | null;
  readonly paidAt: Date | null;
};
