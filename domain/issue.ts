import type { Actor } from "./actor.ts";
import { deadlineOf, type DeadlineAsked } from "./deadline.ts";
import { already, type Decision, done, type Refusal, refused } from "./decision.ts";
import { dueOf, type Invoice, liveLink, type Origin } from "./invoice.ts";
import type { Locale } from "./locale.ts";
import { isWhole } from "./money.ts";
import type { Policy } from "./policy.ts";

/** What a manager asks for, with the ids drawn for it beforehand. */
export type IssueRequest = {
  readonly by: Actor;
  readonly id: string;
  readonly token: string;
  readonly part: boolean;
  readonly deadline?: DeadlineAsked;
  readonly language?: Locale;
  readonly origin: Origin | null;
};

/** A link that nobody could use before it ends, or that outlives everybody's memory, is a slip of the pen. */
const LONGEST_MS = 366 * 86_400_000;

/**
 * A link for what is still owed. One live link per invoice: asking again is `already`, whoever asks (product rule 1).
 * Amount, currency and purpose are the CRM's (rule 2).
 */
export function issue(invoice: Invoice, request: IssueRequest, policy: Policy, now: Date): Decision {
  const no = refusal(invoice, request, policy, now);
  if (no) return refused(no.because, no);
  if (liveLink(invoice)) return already;
  return done({
    is: "link_issued",
    link: {
      id: request.id,
      token: request.token,
      state: "active",
      stale: false,
      amount: dueOf(invoice),
      purpose: invoice.purpose,
      language: request.language ?? null,
      expiresAt: deadlineOf(now, policy, request.deadline),
      issuedBy: request.by,
      issuedAt: now,
      origin: request.origin,
      sends: [],
    },
  });
}

/** The first reason that applies is the one given; the order is that of `REFUSALS`. */
function refusal(invoice: Invoice, request: IssueRequest, policy: Policy, now: Date): Refusal | undefined {
  const due = dueOf(invoice);
  if (invoice.state === "cancelled") return { because: "invoice_cancelled" };
  if (due.minor === 0n) return { because: "invoice_paid" };
  if (request.part) return { because: "part_unavailable" };
  if (policy.wholeUnits.includes(due.currency) && !isWhole(due)) return { because: "amount_not_whole" };
  const ends = deadlineOf(now, policy, request.deadline).getTime();
  if (ends <= now.getTime()) return { because: "deadline_passed" };
  if (ends - now.getTime() > LONGEST_MS) return { because: "deadline_too_far" };
  return undefined;
}
