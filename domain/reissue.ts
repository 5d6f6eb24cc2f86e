import type { Actor } from "./actor.ts";
import { closeCases } from "./case.ts";
import { deadlineOf } from "./deadline.ts";
import { type Decision, done, refused } from "./decision.ts";
import { type Invoice, type Link, liveLink, type Origin } from "./invoice.ts";
import { amountToAsk, newLink } from "./issue.ts";
import type { Money } from "./money.ts";
import type { Policy } from "./policy.ts";

export type ReissueRequest = {
  readonly by: Actor;
  readonly id: string;
  readonly token: string;
  readonly reason: string;
  readonly origin: Origin | null;
  /** The link whose card was pressed: an old card never replaces a newer link. */
  readonly meant?: string;
};

/**
 * A new link for what is owed now, and the old one replaced by it, in one decision (product rule 6): there is no moment
 * with two live links or none. A part stays the same part while that much is owed. An attempt that is open on the old
 * link may still bring money: settle.ts says what then.
 */
export function reissue(invoice: Invoice, request: ReissueRequest, policy: Policy, now: Date): Decision {
  const old = liveLink(invoice);
  if (!old || (request.meant !== undefined && request.meant !== old.id)) return refused("no_live_link");
  const due = amountToAsk(invoice, {}, policy, now);
  if ("because" in due) return refused(due.because, due);
  const link = newLink(invoice, amountAfter(old, due), againLike(old, request, policy, now), now);
  return done(
    { is: "link_replaced", link: old.id, by: link.id, reason: request.reason },
    { is: "link_issued", link },
    ...closeCases(invoice, { kind: "link_stale", link: old.id }, "the link was reissued"),
  );
}

const amountAfter = ({ part, amount }: Link, due: Money): Money =>
  part && amount.currency === due.currency && amount.minor <= due.minor ? amount : due;

/** A later deadline than the usual one, which a manager had chosen, is kept. */
function againLike(old: Link, { by, id, token, origin }: ReissueRequest, policy: Policy, now: Date) {
  const usual = deadlineOf(now, policy);
  const expiresAt = old.expiresAt > usual ? old.expiresAt : usual;
  return {
    by,
    id,
    token,
    origin: origin ?? old.origin,
    expiresAt,
    ...(old.language ? { language: old.language } : {}),
  };
}
