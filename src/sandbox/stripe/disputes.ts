import { newId } from "./answers.ts";
import { note } from "./balance.ts";
import type { DisputeStatus, StripeDispute, StripeSession } from "./books.ts";
import { type Context, secondsNow } from "./context.ts";
import { disputeBody } from "./shapes.ts";
import { announce } from "./webhooks.ts";

/** What Stripe takes for a dispute, in the smallest unit of whatever currency. */
const DISPUTE_FEE = 1500;

/** How it begins: as a bank's question, or at once. */
const FIRST: readonly DisputeStatus[] = ["warning_needs_response", "needs_response"];

/** How a dispute may go on. A missing cell is a move that does not exist. */
const MOVES: Readonly<Record<DisputeStatus, readonly DisputeStatus[]>> = {
  warning_needs_response: ["warning_closed", "needs_response"],
  warning_closed: [],
  needs_response: ["under_review", "won", "lost"],
  under_review: ["won", "lost"],
  won: [],
  // Stripe may still put the money back after a dispute was closed (charge.dispute.funds_reinstated).
  lost: ["won"],
};

const CLOSED: ReadonlySet<DisputeStatus> = new Set(["warning_closed", "won", "lost"]);

const MONEY_IS_AWAY: ReadonlySet<DisputeStatus> = new Set(["needs_response", "under_review", "lost"]);

/** Opens a dispute over a whole payment, or takes the one there is a step further. */
export function disputeSession(context: Context, session: StripeSession, status: DisputeStatus): void {
  const known = [...context.books.disputes.values()].find(({ sessionId }) => sessionId === session.id);
  const can = known ? MOVES[known.status] : FIRST;
  if (!session.payment?.charge || !can.includes(status)) {
    throw new Error(`Stripe would not do this: this session's dispute does not become ${status}.`);
  }
  const dispute = known ? { ...known, status } : anew(context, session, status);
  context.books.disputes.set(dispute.id, dispute);
  moveMoney(context, session, { dispute, wasAway: known !== undefined && MONEY_IS_AWAY.has(known.status) });
  const type = known ? (CLOSED.has(status) ? "closed" : "updated") : "created";
  announce(context, session, { type: `charge.dispute.${type}`, object: disputeBody(dispute, session) });
  context.changed();
}

const anew = (context: Context, { id: sessionId, amount }: StripeSession, status: DisputeStatus): StripeDispute => ({
  id: newId("du"),
  sessionId,
  amount,
  status,
  created: secondsNow(context),
});

type Turn = { readonly dispute: StripeDispute; readonly wasAway: boolean };

function moveMoney(context: Context, session: StripeSession, { dispute, wasAway }: Turn): void {
  const { id: source, amount, status } = dispute;
  const isAway = MONEY_IS_AWAY.has(status);
  if (isAway && !wasAway) note(context, session, { category: "dispute", amount: -amount, fee: DISPUTE_FEE, source });
  if (!isAway && wasAway) note(context, session, { category: "dispute_reversal", amount, fee: 0, source });
}
