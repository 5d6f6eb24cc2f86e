import type { Actor } from "./actor.ts";
import { causeOfAttempt } from "./case.ts";
import { CASES, type CaseAction } from "./cases.ts";
import { already, type Decision, done, refused } from "./decision.ts";
import type { Fact } from "./facts.ts";
import { type Case, dueOf, type Invoice, type Payment, paymentOfCase } from "./invoice.ts";
import type { Policy } from "./policy.ts";
import { afterPaying } from "./settle.ts";

export type ResolveRequest = {
  readonly case: string;
  readonly action: CaseAction;
  readonly reason: string;
  readonly by: Actor;
};

/**
 * A person decides a case (product rule 13: always with actor, reason and audit). `apply` pays the invoice with the held
 * money; `refund` asks for it to go back, which is true only when the provider says so; `dismiss` moves no money. A case
 * that was dismissed while its money is held can still be decided. Above the policy's limit a second person must agree.
 */
export function resolve(invoice: Invoice, request: ResolveRequest, policy: Policy): Decision {
  const one = invoice.cases.find(({ id }) => id === request.case);
  if (!one) return refused("case_unknown");
  if (one.resolution?.action === request.action) return already;
  if (isOver(invoice, one)) return refused("case_closed");
  if (request.reason.trim() === "") return refused("reason_missing");
  if (!actionsOf(invoice, one).includes(request.action)) return refused("action_unavailable");
  const payment = paymentOfCase(invoice, one);
  const second = payment && secondPerson(one, payment, request, policy);
  if (second) return second;
  const { action, reason, by } = request;
  const resolution = { action, reason, by: by.name };
  const resolved = { is: "case_resolved", case: one.id, kind: one.kind, resolution } as const;
  return done(resolved, ...moved(invoice, payment, action), ...givenUp(invoice, one, reason));
}

/** What can be chosen for a case now: money is only moved while it is held, and applied only where something is owed. */
export function actionsOf(invoice: Invoice, one: Case): readonly CaseAction[] {
  if (isOver(invoice, one)) return [];
  const payment = paymentOfCase(invoice, one);
  const held = payment?.home === "held";
  const owed =
    held &&
    invoice.state === "open" &&
    payment.amount.currency === invoice.amount.currency &&
    dueOf(invoice).minor > 0n;
  const allowed: readonly CaseAction[] = CASES[one.kind].actions;
  return allowed.filter((action) => (action === "apply" ? owed : action === "refund" ? held : one.state === "open"));
}

/** Whether a case asks for a decision about money, which is not everybody's to take. */
export const isAboutMoney = (invoice: Invoice, one: Case): boolean => paymentOfCase(invoice, one)?.home === "held";

const isOver = (invoice: Invoice, one: Case): boolean =>
  one.state === "resolved" && !(one.resolution?.action === "dismiss" && isAboutMoney(invoice, one));

/** One person proposes, another one agrees to the same: nobody moves a large amount alone. */
function secondPerson(one: Case, payment: Payment, request: ResolveRequest, policy: Policy): Decision | undefined {
  const limit = policy.approvalAbove[payment.amount.currency];
  if (request.action === "dismiss" || limit === undefined || payment.amount.minor <= limit) return undefined;
  const { proposedAction, proposedBy } = one.details;
  const { action, reason, by } = request;
  if (proposedAction !== action) {
    return done({ is: "case_proposed", case: one.id, kind: one.kind, action, by, reason });
  }
  // A program proposes and never completes: two tokens may be in one hand.
  if (proposedBy !== by.id && by.kind !== "api") return undefined;
  return refused("second_person_needed", { limit: { minor: limit, currency: payment.amount.currency } });
}

function moved(invoice: Invoice, payment: Payment | undefined, action: CaseAction): Fact[] {
  if (!payment || action === "dismiss") return [];
  if (action === "refund") return [{ is: "refund_proposed", payment: payment.id }];
  return [{ is: "hold_applied", payment: payment.id, link: payment.link }, ...afterPaying(invoice, payment)];
}

/**
 * A person has looked at a checkout that the provider would not open and whose first call nobody answered: there is none, so
 * the attempt is over and the customer may try again. Nobody else could say so.
 */
function givenUp(invoice: Invoice, one: Case, because: string): Fact[] {
  const attempt = invoice.attempts.find((tried) => one.cause === causeOfAttempt(tried));
  if (one.kind !== "provider_refused" || attempt?.state !== "unknown") return [];
  return [{ is: "attempt_failed", attempt: attempt.id, because }];
}
