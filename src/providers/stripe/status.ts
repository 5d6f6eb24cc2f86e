import type { PaymentReport } from "../../ports.ts";
import type { Session } from "./schemas.ts";

type Status = PaymentReport["status"];

/**
 * A session that people have gone through before its money came, as by a bank transfer: Stripe's word for the payment says
 * what becomes of it. One that was not paid in the end cannot be paid any more.
 */
const COMPLETE: Readonly<Record<string, Status>> = {
  processing: "open",
  requires_action: "open",
  // The money is there, and the session will say so in a moment: nobody is believed before it does.
  succeeded: "open",
  requires_payment_method: "failed",
  canceled: "failed",
};

/** Stripe's words in ours. A declined card leaves a session open; a word that is not here is unrecognised, never guessed. */
export function statusOf(session: Session): Status {
  const { status, payment_status: paid, payment_intent: intent } = session;
  if (paid === "paid") return afterPaid(session);
  if (paid !== "unpaid") return "unrecognised";
  if (status === "open" || status === "expired") return status;
  if (status !== "complete") return "unrecognised";
  if (!intent) return "open";
  return Object.hasOwn(COMPLETE, intent.status) ? (COMPLETE[intent.status] ?? "unrecognised") : "unrecognised";
}

function afterPaid({ payment_intent: intent }: Session): Status {
  const refunded = intent?.latest_charge?.amount_refunded ?? 0;
  if (refunded === 0) return "paid";
  return refunded < (intent?.amount_received ?? 0) ? "part_refunded" : "refunded";
}
