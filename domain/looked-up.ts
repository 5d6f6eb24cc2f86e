import type { Money } from "./money.ts";
import type { DisputeState, FiscalState } from "./states.ts";

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
  /** A cardholder's bank takes the money back. `open`: it is taken and may still come back; null: nobody disputes. */
  readonly dispute: { readonly state: DisputeState; readonly amount: Money } | null;
  /** What became of the fiscal receipt, where the provider reports it. */
  readonly fiscal: FiscalState | null;
};
