/**
 * Everything a person must look at. The sentence of each kind stands in words/cases.ts, in every language.
 * `severity` orders the ops channel; `owner` is the role that resolves it.
 */
export const CASES = {
  order_differs: { severity: "high", owner: "accountant" },
  currency_differs: { severity: "high", owner: "accountant" },
  amount_differs: { severity: "high", owner: "accountant" },
  overpaid: { severity: "medium", owner: "accountant" },
  underpaid: { severity: "medium", owner: "accountant" },
  paid_twice: { severity: "high", owner: "accountant" },
  paid_cancelled_link: { severity: "medium", owner: "accountant" },
  paid_stale_link: { severity: "medium", owner: "accountant" },
  paid_expired_link: { severity: "medium", owner: "accountant" },
  paid_replaced_link: { severity: "medium", owner: "accountant" },
  unknown_payment: { severity: "high", owner: "accountant" },
  refund_unannounced: { severity: "medium", owner: "accountant" },
  link_stale: { severity: "low", owner: "manager" },
  provider_refused: { severity: "high", owner: "ops" },
  provider_unclear: { severity: "medium", owner: "ops" },
  provider_silent: { severity: "medium", owner: "ops" },
  crm_refused: { severity: "medium", owner: "ops" },
  delivery_failed: { severity: "low", owner: "manager" },
} as const satisfies Record<string, { severity: "low" | "medium" | "high"; owner: "manager" | "accountant" | "ops" }>;

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
