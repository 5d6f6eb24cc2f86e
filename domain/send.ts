import { theLink } from "./apply.ts";
import type { Actor } from "./actor.ts";
import { already, type Decision, done, doneOrAlready, refused } from "./decision.ts";
import type { Fact } from "./facts.ts";
import { type Invoice, liveLink, type Send } from "./invoice.ts";
import type { Policy } from "./policy.ts";

export type SendRequest = {
  readonly by: Actor;
  readonly id: string;
  /** The request that asked: asked again with the same key, it is the same send. */
  readonly key: string;
  /** `telegram`: a chat of the customer is known. `copy`: the manager is given an address to pass on. */
  readonly channel: "telegram" | "copy";
};

/**
 * A delivery of the live link. Any number; two deliveries to the customer's chat are at least the cooldown apart
 * (product rule 5). Handing the address to the manager disturbs nobody and has no cooldown. Never changes the link.
 */
export function send(invoice: Invoice, request: SendRequest, policy: Policy, now: Date): Decision {
  const link = liveLink(invoice);
  if (!link) return refused("no_live_link");
  if (link.sends.some(({ key }) => key === request.key)) return already;
  if (link.stale) return refused("link_stale");
  const until = request.channel === "telegram" ? cooledDownAt(link.sends, policy) : undefined;
  if (until && now < until) return refused("resend_too_soon", { until });
  const { id, key, channel } = request;
  return done({
    is: "link_sent",
    link: link.id,
    send: { id, key, channel, at: now, by: request.by.name, outcome: "sent" },
  });
}

/** When the customer's chat may be written to again. A delivery that failed disturbed nobody. */
function cooledDownAt(sends: readonly Send[], policy: Policy): Date | undefined {
  const delivered = sends.filter(
    ({ channel, outcome }) => channel === "telegram" && (outcome === "sent" || outcome === "opened"),
  );
  const last = delivered.at(-1);
  return last && new Date(last.at.getTime() + policy.resendCooldownSeconds * 1000);
}

/** How a delivery ended. A late word about a send that already ended the same way is `already`. */
export function answerSend(invoice: Invoice, sendId: string, outcome: Send["outcome"]): Decision {
  const link = invoice.links.find(({ sends }) => sends.some(({ id }) => id === sendId));
  const known = link?.sends.find(({ id }) => id === sendId);
  if (!link || !known || known.outcome === outcome || known.outcome === "opened") return already;
  return done({ is: "send_answered", link: link.id, send: sendId, outcome });
}

/** The customer opened an invitation in their chat: the link is shown there, and that is a send that was opened. */
export function arrive(
  invoice: Invoice,
  arrival: { readonly link: string; readonly id: string; readonly key: string; readonly bound: boolean },
  now: Date,
): Decision {
  const { link, id, key, bound } = arrival;
  if (theLink(invoice, link).sends.some((one) => one.key === key)) return already;
  const opened: Send = { id, key, at: now, by: invoice.customer.name, channel: "telegram", outcome: "opened" };
  const facts: Fact[] = bound ? [{ is: "customer_bound", link, channel: "telegram" }] : [];
  return doneOrAlready([...facts, { is: "link_sent", link, send: opened }]);
}
