import type { DisputeState } from "../../../domain/states.ts";
import type { Money } from "../../../domain/money.ts";
import type { PaymentReport } from "../../ports.ts";
import { fromStripeAmount } from "./amount.ts";
import type { ListedDispute } from "./schemas.ts";

/**
 * Stripe's words for a dispute in ours; null: no money has moved. A warning is a bank's question before any dispute, and a
 * prevented one was settled by a refund. An appeal is a lost one that may still come back.
 */
const STATES: Readonly<Record<string, DisputeState | null>> = {
  warning_needs_response: null,
  warning_under_review: null,
  warning_closed: null,
  prevented: null,
  needs_response: "open",
  under_review: "open",
  appeal_needs_response: "open",
  appeal_under_review: "open",
  won: "won",
  lost: "lost",
};

/** What somebody must know first: money that may still come back, then money that is gone. */
const ORDER = ["open", "lost", "won"] as const satisfies readonly DisputeState[];

type Heard = { readonly dispute: PaymentReport["dispute"]; readonly isClear: boolean };

/** A payment's disputes as one: of those in the state that matters most, together. Not clear: a word or a currency we do not know. */
export function disputeOf(listed: readonly ListedDispute[]): Heard {
  const read = listed.map(({ status, amount, currency }) => ({
    state: Object.hasOwn(STATES, status) ? STATES[status] : undefined,
    amount: fromStripeAmount(amount, currency),
  }));
  const isClear = read.every(({ state, amount }) => state !== undefined && (state === null || amount !== null));
  const state = ORDER.find((one) => read.some((dispute) => dispute.state === one));
  const amount = together(read.flatMap((one) => (one.state === state && one.amount ? [one.amount] : [])));
  return { dispute: isClear && state && amount ? { state, amount } : null, isClear };
}

const together = ([first, ...rest]: readonly Money[]): Money | null =>
  first === undefined
    ? null
    : { minor: rest.reduce((sum, { minor }) => sum + minor, first.minor), currency: first.currency };
