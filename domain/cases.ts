/**
 * `apply`: held money pays the invoice after all. `refund`: it goes back to the customer. `dismiss`: there is nothing to do
 * here; money that is held stays held.
 */
export const CASE_ACTIONS = ["apply", "refund", "dismiss"] as const;
export type CaseAction = (typeof CASE_ACTIONS)[number];

const MONEY = ["apply", "refund", "dismiss"] as const;
const BACK = ["refund", "dismiss"] as const;
const SEEN = ["dismiss"] as const;

type CaseTerms = {
  readonly severity: "low" | "medium" | "high";
  readonly owner: "manager" | "accountant" | "ops";
  readonly days: number;
  readonly actions: readonly CaseAction[];
};

/**
 * Everything a person must look at. The sentence of each kind stands in words/cases.ts, in every language.
 * `severity` orders the ops channel; `owner` is the role that resolves it, within `days`; `actions` is what that role can choose.
 */
export const CASES = {
  order_differs: { severity: "high", owner: "accountant", days: 1, actions: MONEY },
  currency_differs: { severity: "high", owner: "accountant", days: 1, actions: BACK },
  amount_differs: { severity: "high", owner: "accountant", days: 1, actions: BACK },
  overpaid: { severity: "medium", owner: "accountant", days: 2, actions: MONEY },
  underpaid: { severity: "medium", owner: "accountant", days: 2, actions: MONEY },
  paid_twice: { severity: "high", owner: "accountant", days: 1, actions: BACK },
  paid_cancelled_link: { severity: "medium", owner: "accountant", days: 2, actions: MONEY },
  paid_stale_link: { severity: "medium", owner: "accountant", days: 2, actions: MONEY },
  paid_expired_link: { severity: "medium", owner: "accountant", days: 2, actions: MONEY },
  paid_replaced_link: { severity: "medium", owner: "accountant", days: 2, actions: MONEY },
  unknown_payment: { severity: "high", owner: "accountant", days: 1, actions: SEEN },
  refund_unannounced: { severity: "medium", owner: "accountant", days: 2, actions: SEEN },
  refund_overdue: { severity: "high", owner: "accountant", days: 1, actions: SEEN },
  refund_refused: { severity: "high", owner: "accountant", days: 1, actions: SEEN },
  refund_came_back: { severity: "high", owner: "accountant", days: 1, actions: MONEY },
  refund_reversed: { severity: "high", owner: "accountant", days: 1, actions: SEEN },
  reconciliation_break: { severity: "high", owner: "accountant", days: 1, actions: SEEN },
  chargeback: { severity: "high", owner: "accountant", days: 1, actions: SEEN },
  fiscal_failed: { severity: "medium", owner: "accountant", days: 2, actions: SEEN },
  refund_exceeds: { severity: "high", owner: "accountant", days: 1, actions: SEEN },
  link_stale: { severity: "low", owner: "manager", days: 5, actions: SEEN },
  part_overdue: { severity: "low", owner: "manager", days: 5, actions: SEEN },
  provider_refused: { severity: "high", owner: "ops", days: 1, actions: SEEN },
  provider_unclear: { severity: "medium", owner: "ops", days: 2, actions: SEEN },
  provider_silent: { severity: "medium", owner: "ops", days: 2, actions: SEEN },
  provider_down: { severity: "high", owner: "ops", days: 1, actions: SEEN },
  provider_stopped: { severity: "high", owner: "ops", days: 1, actions: SEEN },
  webhook_altered: { severity: "high", owner: "ops", days: 1, actions: SEEN },
  crm_unknown: { severity: "high", owner: "ops", days: 1, actions: SEEN },
  crm_refused: { severity: "medium", owner: "ops", days: 2, actions: SEEN },
  delivery_failed: { severity: "low", owner: "manager", days: 5, actions: SEEN },
} as const satisfies Record<string, CaseTerms>;

export type CaseKind = keyof typeof CASES;

export const isCaseKind = (text: string): text is CaseKind => Object.hasOwn(CASES, text);

/** Why verified money is held instead of applied. Each opens the case of its name. */
export type Doubt = Extract<
  CaseKind,
  | "order_differs"
  | "currency_differs"
  | "amount_differs"
  | "overpaid"
  | "underpaid"
  | "paid_twice"
  | "paid_cancelled_link"
  | "paid_stale_link"
  | "paid_expired_link"
  | "paid_replaced_link"
>;
