export type LinkChange = "paid" | "expired" | "cancelled" | "replaced";

/** Every move a link can make: where it stands, what happens, where it goes. No cell, no move. */
export const LINK_MOVES = {
  active: { paid: "paid", expired: "expired", cancelled: "cancelled", replaced: "replaced" },
  expired: { paid: "paid" },
  replaced: { paid: "paid" },
  cancelled: {},
  paid: {},
} as const satisfies Record<string, Partial<Record<LinkChange, string>>>;

export type LinkState = keyof typeof LINK_MOVES;

export type AttemptChange = "opened" | "unanswered" | "failed" | "expired" | "paid";

/**
 * Every move an attempt can make. `opening`: written down, the provider not yet asked or not yet answered.
 * `unknown`: asked, and nobody knows whether a checkout exists. Money may still arrive after `failed` and `expired`: it is
 * the provider's lookup that says so, never a hint.
 */
export const ATTEMPT_MOVES = {
  opening: { opened: "pending", unanswered: "unknown", failed: "failed" },
  unknown: { opened: "pending", failed: "failed", paid: "paid" },
  pending: { failed: "failed", expired: "expired", paid: "paid" },
  failed: { paid: "paid" },
  expired: { paid: "paid" },
  paid: {},
} as const satisfies Record<string, Partial<Record<AttemptChange, string>>>;

export type AttemptState = keyof typeof ATTEMPT_MOVES;

/** Where a verified payment's money stands. Exactly one of these, always; the database refuses a payment without one. */
export const PAYMENT_HOMES = ["applied", "held", "refunded"] as const;
export type PaymentHome = (typeof PAYMENT_HOMES)[number];

/** How a cardholder's bank disputes a payment. `open`: the money is withheld and may still come back. */
export const DISPUTE_STATES = ["open", "won", "lost"] as const;
export type DisputeState = (typeof DISPUTE_STATES)[number];

/**
 * Where a payment's fiscal receipt stands. It is apart from the payment: a receipt that fails makes no payment fail, and is
 * never issued again blindly.
 */
export const FISCAL_STATES = [
  "none",
  "required",
  "queued",
  "issued",
  "failed",
  "unknown",
  "manual",
  "part returned",
  "returned",
] as const;

export type FiscalState = (typeof FISCAL_STATES)[number];

/** The same states as lists, for the check constraints of the tables and for the API. */
export const LINK_STATES = [
  "active",
  "paid",
  "expired",
  "cancelled",
  "replaced",
] as const satisfies readonly LinkState[];
export const ATTEMPT_STATES = [
  "opening",
  "pending",
  "paid",
  "failed",
  "expired",
  "unknown",
] as const satisfies readonly AttemptState[];

/** Where a link goes when `change` happens to it; undefined: this move does not exist. */
export const afterLinkChange = (state: LinkState, change: LinkChange): LinkState | undefined => {
  const moves: Partial<Record<LinkChange, LinkState>> = LINK_MOVES[state];
  return moves[change];
};

/** Where an attempt goes when `change` happens to it; undefined: this move does not exist. */
export const afterAttemptChange = (state: AttemptState, change: AttemptChange): AttemptState | undefined => {
  const moves: Partial<Record<AttemptChange, AttemptState>> = ATTEMPT_MOVES[state];
  return moves[change];
};

/** An open attempt may still become a payment by itself: there is at most one for an invoice's live link. */
export const isOpen = (state: AttemptState): boolean =>
  state === "opening" || state === "pending" || state === "unknown";
