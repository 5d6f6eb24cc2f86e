import type { Money } from "../../../domain/money.ts";
import type { Answer, PaymentReport } from "../../ports.ts";
import { fromIpayAmount, written } from "./amount.ts";
import type { IpayOrder } from "./contract-schemas.ts";
import type { IpayContract } from "./contract.ts";
import { goneBack } from "./gone-back.ts";
import type { Merchant } from "./merchant.ts";
import { orderIdOf, readOrder } from "./order.ts";

/** What became of the order under one of our numbers. */
export async function lookUp(merchant: Merchant, reference: string): Promise<Answer<PaymentReport>> {
  const answer = await readOrder(merchant, reference);
  return answer.is === "happened" ? { ...answer, value: toReport(answer.value, merchant.contract) } : answer;
}

/** What a lookup said, in our words. Nothing is compared here: the domain decides what a difference means. */
function toReport(order: IpayOrder, contract: IpayContract): PaymentReport {
  const refunded = goneBack(order, contract)?.total ?? null;
  const money = moneyOf(order, contract, refunded?.minor ?? 0n);
  const status = statusOf(order, contract, { amount: money.amount, refunded });
  return {
    status,
    providerStatus: saidStatus(order, contract),
    reference: order.orderNumber,
    orderId: orderIdOf(order),
    ...money,
    refunded,
    ...receiptOf(order, status),
    dispute: null,
    fiscal: null,
  };
}

/** The bank's reference of a payment (RRN) and its time, where the bank lets iPay tell them. */
function receiptOf(
  { authRefNum, authDateTime }: IpayOrder,
  status: PaymentReport["status"],
): Pick<PaymentReport, "paymentReference" | "paidAt"> {
  const hadMoney = status === "paid" || status === "refunded" || status === "part_refunded";
  if (!hadMoney) return { paymentReference: null, paidAt: null };
  return { paymentReference: authRefNum ? authRefNum : null, paidAt: authDateTime ?? null };
}

type Sums = { readonly amount: Money | null; readonly refunded: Money | null };

function statusOf(order: IpayOrder, contract: IpayContract, sums: Sums): PaymentReport["status"] {
  const ours = knownStatus(order, contract)?.ours ?? "unrecognised";
  if (ours === "failed" && order.actionCode === contract.expiredAction) return "expired";
  return ours === "paid" || ours === "refunded" ? afterPaid(ours, sums) : ours;
}

function afterPaid(ours: "paid" | "refunded", { amount, refunded }: Sums): PaymentReport["status"] {
  const back = refunded?.minor ?? 0n;
  // Given back, but nobody says how much: a part, and an amount that the domain calls unclear.
  if (back === 0n) return ours === "paid" ? "paid" : "part_refunded";
  return amount && back >= amount.minor ? "refunded" : "part_refunded";
}

/** iPay's name of a status, with the code that explains why a payment was declined. */
function saidStatus(order: IpayOrder, contract: IpayContract): string {
  const known = knownStatus(order, contract);
  const said = known?.name ?? order.orderStatus.slice(0, 40);
  return known?.ours === "failed" && order.actionCode ? `${said} (${order.actionCode.slice(0, 20)})` : said;
}

const knownStatus = ({ orderStatus }: IpayOrder, { statuses }: IpayContract): IpayContract["statuses"][string] | null =>
  Object.hasOwn(statuses, orderStatus) ? (statuses[orderStatus] ?? null) : null;

type Told = Pick<PaymentReport, "amount" | "amountAsWritten">;

/** Once there is money, what was received counts and not what was asked for. */
function moneyOf(order: IpayOrder, contract: IpayContract, back: bigint): Told {
  const { amount, currency, orderStatus } = order;
  const { moneyStatuses } = contract;
  const asked = {
    amount: fromIpayAmount(amount, currency, contract),
    amountAsWritten: `${written(amount)} ${written(currency)}`,
  };
  const deposited = order.paymentAmountInfo?.depositedAmount ?? null;
  if (deposited === null || ![moneyStatuses.paid, moneyStatuses.refunded].includes(orderStatus)) return asked;
  const received = fromIpayAmount(deposited, currency, contract);
  const both = `${written(deposited)} received (asked for ${asked.amountAsWritten})`;
  if (!asked.amount || !received) return { amount: null, amountAsWritten: both };
  // What was received may be told without what has gone back since.
  if ([received.minor, received.minor + back].includes(asked.amount.minor)) return asked;
  // iPay never takes more than was asked for, so the smaller is the one to believe.
  return { amount: received.minor < asked.amount.minor ? received : asked.amount, amountAsWritten: both };
}
