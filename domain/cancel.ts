import { closeCases } from "./case.ts";
import { type Decision, done, refused } from "./decision.ts";
import { type Invoice, liveLink } from "./invoice.ts";

/**
 * Stops new attempts at once. `meant` names the link whose card was pressed: an old card never cancels a newer link.
 * An attempt that is open at the provider may still bring money: settle.ts says what then.
 */
export function cancel(invoice: Invoice, reason: string, meant?: string): Decision {
  const link = liveLink(invoice);
  if (!link || (meant !== undefined && meant !== link.id)) return refused("no_live_link");
  return done(
    { is: "link_cancelled", link: link.id, reason },
    ...closeCases(invoice, { kind: "link_stale", link: link.id }, "the link was cancelled"),
  );
}
