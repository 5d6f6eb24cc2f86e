import type { Fact } from "./facts.ts";
import type { Money } from "./money.ts";

/**
 * Every no of our own rules, in order of precedence: where several apply, the first one is given.
 * Words for each, in every language, stand in words/refusals.ts.
 */
export const REFUSALS = [
  "not_a_member",
  "invoice_unknown",
  "not_allowed",
  "not_yours_to_decide",
  "over_your_limit",
  "invoice_cancelled",
  "invoice_paid",
  "part_unreadable",
  "part_too_small",
  "part_too_large",
  "part_too_many",
  "part_leaves_too_little",
  "amount_not_whole",
  "deadline_passed",
  "deadline_too_far",
  "no_live_link",
  "link_not_payable",
  "link_stale",
  "resend_too_soon",
  "attempt_being_checked",
  "nothing_to_verify",
  "case_unknown",
  "case_closed",
  "reason_missing",
  "action_unavailable",
  "second_person_needed",
] as const;

export type RefusalCode = (typeof REFUSALS)[number];

/** A no with what makes it useful: who may do it instead, or from when it may be done. */
export type Refusal = {
  readonly because: RefusalCode;
  readonly who?: string;
  readonly until?: Date;
  /** The limit that was passed. */
  readonly limit?: Money;
};

/** What a rule answers: what is now true, that it was true before, or no and why. */
export type Decision =
  | { readonly kind: "done"; readonly facts: readonly [Fact, ...Fact[]] }
  | { readonly kind: "already" }
  | ({ readonly kind: "refused" } & Refusal);

export const done = (...facts: [Fact, ...Fact[]]): Decision => ({ kind: "done", facts });
export const already: Decision = { kind: "already" };
export const refused = (because: RefusalCode, more: Omit<Refusal, "because"> = {}): Decision => ({
  kind: "refused",
  because,
  ...more,
});

/** `done` with the facts there are, `already` when there are none. */
export const doneOrAlready = (facts: readonly Fact[]): Decision => {
  const [first, ...rest] = facts;
  return first ? done(first, ...rest) : already;
};
