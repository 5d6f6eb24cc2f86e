import type { Money } from "../../../domain/money.ts";
import type { Answer, Movement } from "../../ports.ts";
import { fromStripeAmount } from "./amount.ts";
import { askForAll } from "./ask.ts";
import { type ListedMovement, movementSchema, type PlainSession, plainSessionSchema } from "./schemas.ts";
import type { Patience, Sdk } from "./sdk.ts";

type Span = { readonly from: Date; readonly until: Date };

/** Stripe's words for accounting (docs.stripe.com/reports/reporting-categories) in ours; all others are `other`. */
const KINDS: Readonly<Record<string, Movement["kind"]>> = {
  charge: "payment",
  refund: "refund",
  // A refund that did not arrive comes back: the same kind with the other sign, so that the sum holds.
  refund_failure: "refund",
  dispute: "chargeback",
  dispute_reversal: "chargeback_reversed",
};

/** A session lives a day, and is mostly paid within it: whichever is older is asked for by its payment. */
const SESSION_LIFE_MS = 86_400_000;

/**
 * Everything that moved on the account's balance. An amount is the customer's, in the currency paid in; its fee is in
 * the currency of the balance. What is in a currency no link can be made out in cannot be ours and is left out.
 */
export async function movements(sdk: Sdk, span: Span, { readMs }: Patience): Promise<Answer<readonly Movement[]>> {
  const options = { timeout: readMs };
  const created = { gte: secondsOf(span.from), lt: secondsOf(span.until) };
  const listed = await askForAll(movementSchema, () =>
    sdk.balanceTransactions.list({ created, limit: 100, expand: ["data.source"] }, options),
  );
  if (listed.is !== "happened") return listed;
  const sessions = await sessionsOf(sdk, span, { listed: listed.value, options });
  if (sessions.is !== "happened") return sessions;
  const value = listed.value.flatMap((one) => toMovement(one, sessions.value) ?? []);
  return { is: "happened", value, requestId: null };
}

type Sessions = ReadonlyMap<string, PlainSession>;
type Which = { readonly listed: readonly ListedMovement[]; readonly options: { readonly timeout: number } };

/** The sessions behind the movements, by their payment: the day's own in one list, older ones each by itself. */
async function sessionsOf(sdk: Sdk, { from, until }: Span, { listed, options }: Which): Promise<Answer<Sessions>> {
  const wanted = new Set(listed.flatMap((one) => ourPaymentOf(one) ?? []));
  if (wanted.size === 0) return { is: "happened", value: new Map(), requestId: null };
  const created = { gte: secondsOf(from) - SESSION_LIFE_MS / 1000, lt: secondsOf(until) };
  const recent = await askForAll(plainSessionSchema, () =>
    sdk.checkout.sessions.list({ created, limit: 100 }, options),
  );
  if (recent.is !== "happened") return recent;
  const found = new Map(recent.value.map((session) => [session.payment_intent ?? "", session]));
  for (const payment of wanted) {
    if (found.has(payment)) continue;
    const one = await askForAll(plainSessionSchema, () =>
      sdk.checkout.sessions.list({ payment_intent: payment, limit: 1 }, options),
    );
    if (one.is !== "happened") return one;
    if (one.value[0]) found.set(payment, one.value[0]);
  }
  return { is: "happened", value: found, requestId: null };
}

/** A charge without our metadata is the merchant's own; a refund or a dispute may be ours whatever it carries. */
function ourPaymentOf({ source }: ListedMovement): string | null {
  if (!source) return null;
  const isOurs = source.object !== "charge" || source.metadata["attemptId"] !== undefined;
  return isOurs ? (source.payment_intent ?? null) : null;
}

function toMovement(one: ListedMovement, sessions: Sessions): Movement | null {
  const { source } = one;
  const kind = kindOf(one);
  const amount = kind === "other" ? fromStripeAmount(one.amount, one.currency) : customerAmount(one);
  if (!amount) return null;
  const session = sessions.get(ourPaymentOf(one) ?? "none");
  return {
    id: one.id,
    kind,
    reference: session?.id ?? null,
    orderId: session?.client_reference_id ?? source?.metadata["orderId"] ?? null,
    amount,
    fee: fromStripeAmount(one.fee, one.currency),
    at: one.created,
  };
}

const kindOf = ({ reporting_category: word }: ListedMovement): Movement["kind"] =>
  Object.hasOwn(KINDS, word) ? (KINDS[word] ?? "other") : "other";

/** The balance says in which direction, its source how much the customer paid or got back. */
function customerAmount({ amount, currency, source }: ListedMovement): Money | null {
  if (!source) return fromStripeAmount(amount, currency);
  return fromStripeAmount(amount < 0 ? -Math.abs(source.amount) : Math.abs(source.amount), source.currency);
}

const secondsOf = (moment: Date): number => Math.ceil(moment.getTime() / 1000);
