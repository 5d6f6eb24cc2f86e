import type { Answer, PaymentReport } from "../../ports.ts";
import { fromStripeAmount, written } from "./amount.ts";
import { ask, askForAll } from "./ask.ts";
import { disputeOf } from "./dispute.ts";
import { unknown } from "./meaning.ts";
import { disputeSchema, type Intent, type ListedDispute, type Session, sessionSchema } from "./schemas.ts";
import type { Patience, Sdk } from "./sdk.ts";
import { statusOf } from "./status.ts";

/** What became of a session: it says whether it is paid, and its payment says how much, when, and what went back. */
export async function lookUp(sdk: Sdk, reference: string, { readMs }: Patience): Promise<Answer<PaymentReport>> {
  const options = { timeout: readMs };
  const answer = await ask("read", sessionSchema, () =>
    sdk.checkout.sessions.retrieve(reference, { expand: ["payment_intent.latest_charge"] }, options),
  );
  if (answer.is !== "happened") return answer;
  const session = answer.value;
  if (session.id !== reference) return unknown("Stripe answered about another checkout than ours.");
  const intent = session.payment_intent ?? null;
  if (session.payment_status === "paid" && !intent?.latest_charge) {
    return unknown("Stripe says that this checkout is paid but names no payment. It is not counted as paid.");
  }
  const disputes = await disputesOf(sdk, intent, options);
  if (disputes.is !== "happened") return disputes;
  const { dispute, isClear } = disputeOf(disputes.value);
  const status = isClear ? statusOf(session) : "unrecognised";
  const value = { ...reportOf(session, intent), status, dispute, fiscal: null };
  return { is: "happened", value, requestId: answer.requestId };
}

/** A charge only says that it is disputed; how, its disputes say. */
async function disputesOf(
  sdk: Sdk,
  intent: Intent | null,
  options: { readonly timeout: number },
): Promise<Answer<readonly ListedDispute[]>> {
  if (!intent?.latest_charge?.disputed) return { is: "happened", value: [], requestId: null };
  return askForAll(disputeSchema, () => sdk.disputes.list({ payment_intent: intent.id, limit: 100 }, options));
}

type Told = Omit<PaymentReport, "status" | "dispute" | "fiscal">;

function reportOf(session: Session, intent: Intent | null): Told {
  const charge = intent?.latest_charge;
  const paidAt = session.payment_status === "paid" ? charge?.created : undefined;
  return {
    providerStatus: saidStatus(session, intent),
    reference: session.id,
    orderId: session.client_reference_id ?? "",
    ...amountsOf(session, intent),
    refunded: fromStripeAmount(charge?.amount_refunded, intent?.currency),
    paymentReference: intent?.id ?? null,
    paidAt: paidAt ?? null,
  };
}

/** Once there is money, what was received counts and not what was asked for; where they differ both are quoted. */
function amountsOf(session: Session, intent: Intent | null): Pick<Told, "amount" | "amountAsWritten"> {
  const asked = `${written(session.amount_total)} ${written(session.currency)}`;
  if (session.payment_status !== "paid" || !intent) {
    return { amount: fromStripeAmount(session.amount_total, session.currency), amountAsWritten: asked };
  }
  const received = `${intent.amount_received} ${written(intent.currency)}`;
  return {
    amount: fromStripeAmount(intent.amount_received, intent.currency),
    amountAsWritten: received === asked ? received : `${received} (asked for ${asked})`,
  };
}

/** Stripe's words: of the session, of its money, and of its payment where only that tells them apart. */
const saidStatus = ({ status, payment_status: paid }: Session, intent: Intent | null): string =>
  [status, paid, ...(status === "complete" && paid !== "paid" && intent ? [intent.status] : [])]
    .map((word) => word.slice(0, 40))
    .join("/");
