import type { Money } from "../../../domain/money.ts";
import { fromIpayAmount } from "./amount.ts";
import type { IpayOrder } from "./contract-schemas.ts";
import type { IpayContract } from "./contract.ts";

type Listed = { readonly minor: bigint; readonly id: string | null };

export type GoneBack = {
  readonly total: Money;
  /** Every refund there was; null: they are not listed, or not all of them. */
  readonly refunds: readonly Listed[] | null;
};

/**
 * What has gone back of an order; null: iPay does not say. The bank decides whether sums are told, so the list of refunds is
 * read too, and the larger counts: what has gone back is never given back again.
 */
export function goneBack(order: IpayOrder, contract: IpayContract): GoneBack | null {
  const whole = fromIpayAmount(order.amount, order.currency, contract);
  if (!whole) return null;
  if (order.orderStatus === contract.moneyStatuses.reversed) return { total: whole, refunds: null };
  const refunds = listed(order, contract);
  const sum = refunds && refunds.reduce((all, { minor }) => all + minor, 0n);
  const minor = larger(toldSum(order, contract), sum) ?? 0n;
  // A refund makes another status of a paid order: one without it has given nothing back, and one with it has.
  if (minor === 0n)
    return order.orderStatus === contract.moneyStatuses.refunded ? null : { total: { ...whole, minor }, refunds: [] };
  return { total: { ...whole, minor }, refunds: sum === minor ? refunds : null };
}

const toldSum = ({ paymentAmountInfo: sums, currency }: IpayOrder, contract: IpayContract): bigint | null =>
  fromIpayAmount(sums?.refundedAmount, currency, contract)?.minor ?? null;

const larger = (a: bigint | null, b: bigint | null): bigint | null => (a !== null && (b === null || a > b) ? a : b);

/** The refunds that went through; null: there is no list, or none that can be read. */
function listed({ refunds, currency }: IpayOrder, contract: IpayContract): readonly Listed[] | null {
  const all = refunds
    ?.filter(({ actionCode }) => /^0*$/.test(actionCode ?? ""))
    .map(({ amount, referenceNumber }) => {
      const minor = fromIpayAmount(amount, currency, contract)?.minor;
      return minor === undefined ? null : { minor, id: referenceNumber ?? null };
    });
  return all?.every((one) => one !== null) ? all : null;
}
