import { appliedTo, dueOf, type Invoice, liveLink, openAttempt, wasOnlyHeld } from "./invoice.ts";
import { isBeingLookedAt } from "./open-attempt.ts";

/** The one status a manager sees. Never a column: always worked out from the facts. */
export const STATUSES = [
  "awaiting",
  "pending",
  "paid",
  "part paid",
  "failed",
  "expired",
  "cancelled",
  "refunded",
  "part refunded",
  "manual review",
] as const;
export type Status = (typeof STATUSES)[number];

/**
 * A dispute that is open first, then money, then doubt, then what the live link is doing, then how the last one ended. A paid invoice stays paid while a
 * second payment for it waits for a person: that is a case, not another status.
 */
export function statusOf(invoice: Invoice): Status {
  return moneyStatus(invoice) ?? linkStatus(invoice);
}

function moneyStatus(invoice: Invoice): Status | undefined {
  const applied = appliedTo(invoice);
  if (invoice.payments.some(({ dispute }) => dispute === "open")) return "manual review";
  const held = invoice.payments.some(({ home }) => home === "held");
  if (dueOf(invoice).minor === 0n && (applied > 0n || paidElsewhere(invoice, held))) return "paid";
  if (held || liveLink(invoice)?.stale) return "manual review";
  return wentBack(invoice, applied) ?? (applied > 0n ? "part paid" : undefined);
}

const paidElsewhere = ({ state }: Invoice, held: boolean): boolean => state === "settled" && !held;

/** An applied payment that was given back, wholly or in part. */
function wentBack(invoice: Invoice, applied: bigint): Status | undefined {
  const { payments } = invoice;
  if (applied === 0n)
    return payments.some((one) => one.home === "refunded" && !wasOnlyHeld(invoice, one)) ? "refunded" : undefined;
  return payments.some(({ home, refunded }) => home === "applied" && refunded.minor > 0n) ? "part refunded" : undefined;
}

function linkStatus(invoice: Invoice): Status {
  if (invoice.state === "cancelled") return "cancelled";
  const live = liveLink(invoice);
  if (!live) return endOf(invoice);
  const open = openAttempt(invoice, live.id);
  if (open) return isBeingLookedAt(invoice, open) ? "manual review" : "pending";
  const last = invoice.attempts.findLast(({ link }) => link === live.id);
  return last?.state === "failed" ? "failed" : "awaiting";
}

/** How the last link ended; an invoice that never had one awaits its first. */
function endOf(invoice: Invoice): Status {
  switch (invoice.links.at(-1)?.state) {
    case "expired":
      return "expired";
    case "cancelled":
    case "replaced":
      return "cancelled";
    case "active":
    case "paid":
    case undefined:
      return "awaiting";
  }
}
