import type { Actor } from "./actor.ts";
import { deadlineOf, type DeadlineAsked } from "./deadline.ts";
import { already, type Decision, done, type Refusal, refused } from "./decision.ts";
import { dueOf, type Invoice, type Link, liveLink, type Origin } from "./invoice.ts";
import type { Locale } from "./locale.ts";
import { isWhole, type Money, sameMoney } from "./money.ts";
import { partOf } from "./part.ts";
import type { Policy } from "./policy.ts";

/** What a manager asks for, with the ids drawn for it beforehand. */
export type IssueRequest = {
  readonly by: Actor;
  readonly id: string;
  readonly token: string;
  /** `20000` or `50%`; absent: all that is owed. */
  readonly part?: string;
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
  const amount = amountToAsk(invoice, request, policy, now);
  if ("because" in amount) return refused(amount.because, amount);
  if (liveLink(invoice)) return already;
  return done({
    is: "link_issued",
    link: newLink(invoice, amount, { ...request, expiresAt: deadlineOf(now, policy, request.deadline) }, now),
  });
}

type NewLink = Pick<Link, "id" | "token" | "expiresAt" | "origin"> & { readonly by: Actor; readonly language?: Locale };

/** A link nobody has seen yet. Amount and purpose come from the CRM; less than is owed is a part. */
export const newLink = (invoice: Invoice, amount: Money, request: NewLink, now: Date): Link => ({
  id: request.id,
  token: request.token,
  state: "active",
  stale: false,
  amount,
  part: amount.minor < dueOf(invoice).minor,
  purpose: invoice.purpose,
  language: request.language ?? null,
  expiresAt: request.expiresAt,
  issuedBy: request.by,
  issuedAt: now,
  origin: request.origin,
  sends: [],
});

/** The words after which a manager says how a link shall be. */
export type LinkWord = "part" | "expires" | "lang";

/**
 * Which of the words asked for the link that is there does not follow. It is never edited by asking again (product rule 1),
 * and whoever asked for something else must be told that they did not get it.
 */
export function unheeded(
  invoice: Invoice,
  link: Link,
  asked: Pick<IssueRequest, "part" | "deadline" | "language">,
  { policy, now }: { readonly policy: Policy; readonly now: Date },
): readonly LinkWord[] {
  const { part, deadline, language = link.language } = asked;
  const amount = part === undefined ? link.amount : partOf(invoice, part, policy);
  const ends = deadline ? deadlineOf(now, policy, deadline) : link.expiresAt;
  return [
    ...("because" in amount || !sameMoney(amount, link.amount) ? (["part"] as const) : []),
    ...(ends.getTime() === link.expiresAt.getTime() ? [] : (["expires"] as const)),
    ...(language === link.language ? [] : (["lang"] as const)),
  ];
}

/** What a link would ask for, or the first reason why there can be none; the order is that of `REFUSALS`. */
export function amountToAsk(
  invoice: Invoice,
  { part, deadline }: Pick<IssueRequest, "part" | "deadline">,
  policy: Policy,
  now: Date,
): Money | Refusal {
  const due = dueOf(invoice);
  if (invoice.state === "cancelled") return { because: "invoice_cancelled" };
  if (due.minor === 0n) return { because: "invoice_paid" };
  const amount = part === undefined ? due : partOf(invoice, part, policy);
  if ("because" in amount) return amount;
  if (policy.wholeUnits.includes(due.currency) && !isWhole(amount)) return { because: "amount_not_whole" };
  const ends = deadlineOf(now, policy, deadline).getTime();
  if (ends <= now.getTime()) return { because: "deadline_passed" };
  return ends - now.getTime() > LONGEST_MS ? { because: "deadline_too_far" } : amount;
}
