import type { FactName } from "./facts.ts";

/**
 * `card`: the manager's card, edited in place. `customer`: the customer's message, edited in place. `receipt`: a new message
 * to the customer. `thread` and `ops`: a case, one message each, edited until resolved. `crm`: told once.
 */
export const AUDIENCES = ["card", "customer", "receipt", "thread", "ops", "crm"] as const;
export type Audience = (typeof AUDIENCES)[number];

/** Who hears of each fact. A clean payment posts nothing to managers: what is missing here is the point (product rule 13). */
export const HEARS = {
  policy_adopted: [],
  account_linked: [],
  account_unlinked: [],
  invoice_learned: [],
  invoice_changed: ["card"],
  link_issued: ["card"],
  link_amended: ["card"],
  link_went_stale: ["card", "customer"],
  link_sent: ["card", "customer"],
  send_answered: ["card"],
  link_cancelled: ["card", "customer"],
  link_replaced: ["card", "customer"],
  link_withdrawn: ["card", "customer"],
  link_expired: ["card", "customer"],
  customer_bound: [],
  attempt_opening: [],
  attempt_opened: ["card"],
  attempt_unanswered: ["card"],
  attempt_checked: [],
  attempt_failed: ["card"],
  attempt_expired: ["card"],
  checkout_closed: ["card"],
  checkout_left_open: ["card"],
  payment_applied: ["card", "customer", "receipt"],
  payment_held: ["card"],
  hold_applied: ["card", "customer", "receipt"],
  refund_proposed: ["card"],
  refund_taken: ["card"],
  payment_refunded: ["card", "customer"],
  refund_came_back: ["card", "customer"],
  payment_disputed: ["card"],
  payment_charged_back: ["card"],
  fiscal_changed: ["card"],
  invoice_paid: ["card", "customer", "crm"],
  crm_told: [],
  case_opened: ["card", "thread", "ops"],
  case_proposed: ["thread", "ops"],
  case_resolved: ["card", "thread", "ops"],
  case_updated: ["thread", "ops"],
} as const satisfies Record<FactName, readonly Audience[]>;
