import { dueOf, type Invoice, type Link, type Payment, wasOnlyHeld } from "../../domain/invoice.ts";
import type { LinkState } from "../../domain/states.ts";

/**
 * What a link means to its customer now. `checking`: money arrived that a person must look at. `settled`: this link is dead,
 * and the invoice was paid through another one. `outdated`: the amount changed. Only `payable` has the Pay button.
 */
export type CustomerStanding =
  | "payable"
  | "checking"
  | "paid"
  | "settled"
  | "refunded"
  | "part_refunded"
  | "expired"
  | "cancelled"
  | "replaced"
  | "outdated";

/** The customer's money first, then whether anything is owed, then the link itself. */
export function standingOf(invoice: Invoice, link: Link): CustomerStanding {
  const payments = invoice.payments.filter((payment) => payment.link === link.id);
  const counts = payments.filter(
    (one) => !(link.state === "active" && one.home === "refunded" && wasOnlyHeld(invoice, one)),
  );
  return moneyStanding(counts) ?? linkStanding(invoice, link);
}

/** A second payment that waits for a person does not take "paid" back, and is not the customer's to repeat either. */
function moneyStanding(payments: readonly Payment[]): CustomerStanding | undefined {
  const applied = payments.filter(({ home }) => home === "applied");
  if (applied.some(({ refunded }) => refunded.minor > 0n)) return "part_refunded";
  if (applied.length > 0) return "paid";
  if (payments.some(({ home }) => home === "held")) return "checking";
  return payments.length > 0 ? "refunded" : undefined;
}

function linkStanding(invoice: Invoice, link: Link): CustomerStanding {
  if (dueOf(invoice).minor === 0n) return "settled";
  if (link.state !== "active") return DEAD[link.state];
  if (invoice.state === "cancelled") return "cancelled";
  return link.stale ? "outdated" : "payable";
}

const DEAD: Record<Exclude<LinkState, "active">, CustomerStanding> = {
  paid: "paid",
  expired: "expired",
  cancelled: "cancelled",
  replaced: "replaced",
};
