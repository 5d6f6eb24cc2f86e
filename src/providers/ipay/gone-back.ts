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
  const of = (minor: bigint): Money => ({ ...whole, minor });
  if (order.orderStatus === REVERSED) return { total: whole, refunds: null };
  const told = fromIpayAmount(order.paymentAmountInfo?.refundedAmount, order.currency, contract)?.minor ?? null;
  const refunds = listed(order, contract);
  const sum = refunds?.reduce((all, { minor }) => all + minor, 0n) ?? null;
  if (told !== null && (sum === null || told > sum)) return { total: of(told), refunds: told === 0n ? [] : null };
  if (sum !== null) return { total: of(sum), refunds };
  // Any refund makes another status of a paid order, so one that has none of them has given nothing back.
  return order.orderStatus === REFUNDED ? null : { total: of(0n), refunds: [] };
}

const REVERSED = "3";
const REFUNDED = "4";

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
