import { theAttempt, theLink } from "./apply.ts";
import { already, type Decision, done } from "./decision.ts";
import type { Attempt, Invoice } from "./invoice.ts";

/**
 * The open checkouts of a link that must not be paid any more: it was cancelled, replaced, withdrawn, or paid (product rule 6). One
 * of an expired link is left alone: an attempt that began in time may finish.
 */
export const checkoutsToClose = (invoice: Invoice, link: string): readonly Attempt[] =>
  ["cancelled", "replaced", "paid"].includes(theLink(invoice, link).state)
    ? invoice.attempts.filter((one) => one.link === link && one.state === "pending")
    : [];

/** The provider ended a checkout. One that has moved on in the meantime stays what it is. */
export const checkoutClosed = (invoice: Invoice, attemptId: string, requestId: string | null): Decision =>
  theAttempt(invoice, attemptId).state === "pending"
    ? done({ is: "checkout_closed", attempt: attemptId, requestId })
    : already;

/** The provider would not end a checkout: the ladder goes on asking about it. */
export const checkoutLeftOpen = (invoice: Invoice, attemptId: string, because: string): Decision =>
  theAttempt(invoice, attemptId).state === "pending"
    ? done({ is: "checkout_left_open", attempt: attemptId, because })
    : already;
