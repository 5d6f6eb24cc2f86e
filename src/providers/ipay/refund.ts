import { sameMoney } from "../../../domain/money.ts";
import type { Answer, RefundRequest } from "../../ports.ts";
import { fromIpayAmount, toIpayAmount } from "./amount.ts";
import { acceptedSchema, type IpayOrder } from "./contract-schemas.ts";
import { type GoneBack, goneBack } from "./gone-back.ts";
import { ask, type Merchant } from "./merchant.ts";
import { idOf, readOrder } from "./order.ts";

type Taken = { readonly id: string | null };

/**
 * Gives a payment back, or a part of it. iPay has no idempotency key, so every time it is first asked what has gone back:
 * a refund whose answer was lost is found there and not asked for again.
 *
 * Between that question and the refund the same order could be refunded from elsewhere. Of our own, the outbox does one
 * case's work at a time; what a person does in the bank's cabinet in that very second only iPay's own limit holds: never
 * more than was paid.
 */
export async function giveBack(merchant: Merchant, request: RefundRequest): Promise<Answer<Taken>> {
  const unfit = unfitness(request, merchant);
  if (unfit) return unfit;
  const looked = await readOrder(merchant, request.reference);
  if (looked.is === "unknown") {
    return { ...looked, is: "did_not_happen", because: `${looked.because} Nothing was given back.` };
  }
  if (looked.is !== "happened") return looked;
  const order = looked.value;
  const settled = settledAlready(merchant, order, request);
  if (settled) return settled;
  const orderId = idOf(order, merchant.contract);
  if (orderId === null) {
    return no("order_id_untold", "iPay does not tell its own id of this order. Give it back in the bank's cabinet.");
  }
  if (isReversible(merchant, order, request)) {
    const undone = await asked(merchant, "reverse", { orderId });
    // Without the right nothing was begun. After any other no a person looks: a reversal can be asked for only once.
    if (undone.is !== "refused" || undone.code !== "not_allowed") return undone;
  }
  return asked(merchant, "refund", { orderId, amount: toIpayAmount(request.amount, merchant.contract) ?? "" });
}

function unfitness({ amount }: RefundRequest, { contract }: Merchant): Answer<Taken> | null {
  if (amount.currency !== "AMD" || toIpayAmount(amount, contract) === null) {
    return no("amount_not_exact", "iPay cannot give this amount back exactly, and it is never rounded.");
  }
  if (amount.minor >= contract.smallestRefundMinor) return null;
  return no("amount_too_small", "iPay gives nothing back that is less than one dram.");
}

/** The answer where nothing is left to be asked for; null: it is asked for. */
function settledAlready({ contract }: Merchant, order: IpayOrder, request: RefundRequest): Answer<Taken> | null {
  const { amount, paid } = request;
  if (!Object.values(contract.moneyStatuses).includes(order.orderStatus)) {
    return no("nothing_paid", "Nothing was paid through this order, so nothing can go back.");
  }
  const whole = fromIpayAmount(order.amount, order.currency, contract);
  if (!whole || !sameMoney(whole, paid)) {
    return no("paid_differs", "iPay has another amount for this payment than we have. A person must look.");
  }
  const back = goneBack(order, contract);
  return back ? found(back, amount.minor, paid.minor) : UNCLEAR;
}

/** Whether what has gone back is what is asked for now, after an answer that was lost. */
function found({ total, refunds }: GoneBack, minor: bigint, paid: bigint): Answer<Taken> | null {
  const same = refunds?.find((one) => one.minor === minor);
  if (same) return taken(same.id);
  if (total.minor >= paid) return taken(null);
  if (refunds === null && total.minor >= minor) return total.minor === minor ? taken(null) : UNCLEAR;
  if (total.minor + minor <= paid) return null;
  return no("refund_exceeds", "A part of this has gone back already: there is less left than is to go back.");
}

/** All of a payment on the day it was made: it is undone, and the customer has the money back at once. */
function isReversible({ contract, clock }: Merchant, order: IpayOrder, { amount, paid }: RefundRequest): boolean {
  if (order.orderStatus !== contract.moneyStatuses.paid || !sameMoney(amount, paid)) return false;
  return isPaidToday(order, clock(), contract.reversibleDayIn);
}

/** A registration before midnight and a payment after it count as yesterday: a refund is possible on any day. */
function isPaidToday({ authDateTime, date }: IpayOrder, now: Date, timeZone: string | null): boolean {
  const at = authDateTime ?? date ?? null;
  if (timeZone === null || at === null) return false;
  const dayOf = (time: Date): string => time.toLocaleDateString("en-CA", { timeZone });
  return dayOf(at) === dayOf(now);
}

async function asked(
  merchant: Merchant,
  call: "reverse" | "refund",
  fields: Readonly<Record<string, string>>,
): Promise<Answer<Taken>> {
  const answer = await ask(merchant, { asked: call, fields, schema: acceptedSchema });
  return answer.is === "happened" ? taken(null) : answer;
}

const taken = (id: string | null): Answer<Taken> => ({ is: "happened", value: { id }, requestId: null });

const no = (code: string, because: string): Answer<never> => ({
  is: "refused",
  code,
  because,
  alarm: false,
  mayExist: false,
});

const UNCLEAR = no("refund_unclear", "iPay does not say clearly how much has gone back. Look in the bank's cabinet.");
