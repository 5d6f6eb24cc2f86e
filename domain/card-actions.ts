import { dueOf, type Invoice, type Link } from "./invoice.ts";

export const CARD_ACTIONS = ["send", "copy", "verify", "reissue", "cancel", "why"] as const;
export type CardAction = (typeof CARD_ACTIONS)[number];

/** What makes sense to ask for on the card of a link now. Whether somebody may do it is decided when they ask. */
export function cardActions(invoice: Invoice, link: Link): readonly CardAction[] {
  const live = link.state === "active";
  const payable = live && !link.stale;
  const sensible: Readonly<Record<CardAction, boolean>> = {
    send: payable,
    copy: payable,
    // Money may come for any attempt that has not brought it yet, also when its link is dead.
    verify: invoice.attempts.some((attempt) => attempt.link === link.id && attempt.state !== "paid"),
    reissue: live && invoice.state === "open" && dueOf(invoice).minor > 0n,
    cancel: live,
    why: true,
  };
  return CARD_ACTIONS.filter((action) => sensible[action]);
}
