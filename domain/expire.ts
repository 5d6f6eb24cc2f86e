import { already, type Decision, done } from "./decision.ts";
import { type Invoice, openAttempt } from "./invoice.ts";
import type { Policy } from "./policy.ts";

/**
 * The deadline has come. An attempt begun before it may still finish: while one is open and within the grace, the link
 * stays payable for it (product rule 4).
 */
export function expire(invoice: Invoice, linkId: string, policy: Policy, now: Date): Decision {
  const ends = expiryOf(invoice, linkId, policy);
  return ends && ends <= now ? done({ is: "link_expired", link: linkId }) : already;
}

/** When an active link ends for good; undefined: it has ended already. */
export function expiryOf(invoice: Invoice, linkId: string, policy: Policy): Date | undefined {
  const link = invoice.links.find(({ id }) => id === linkId);
  if (link?.state !== "active") return undefined;
  const attempt = openAttempt(invoice, linkId);
  const graceEnds = attempt ? attempt.openedAt.getTime() + policy.attemptGraceSeconds * 1000 : 0;
  return new Date(Math.max(link.expiresAt.getTime(), graceEnds));
}
