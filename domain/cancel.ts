import { type Decision, done, refused } from "./decision.ts";
import { type Invoice, liveLink } from "./invoice.ts";

/** Stops new attempts at once. An attempt that is open at the provider may still bring money: settle.ts says what then. */
export function cancel(invoice: Invoice, reason: string): Decision {
  const link = liveLink(invoice);
  if (!link) return refused("no_live_link");
  return done({ is: "link_cancelled", link: link.id, reason });
}
