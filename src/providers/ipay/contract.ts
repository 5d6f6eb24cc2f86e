import type { Currency } from "../../../domain/money.ts";
import type { PaymentReport } from "../../ports.ts";
import { orderNumberOf } from "./contract-order-number.ts";

type Status = {
  /** The manual's own name of it. */
  readonly name: string;
  readonly ours: Extract<PaymentReport["status"], "open" | "paid" | "failed" | "refunded" | "unrecognised">;
};

/** Everything we take for granted about iPay, in one replaceable place: the adapter and the stand-in both import it. */
export type IpayContract = {
  readonly name: string;
  /** True: the provider's own manual states it, except for what `assumed` names. */
  readonly confirmedByProvider: boolean;
  /** What the manual leaves open, or shows in a sample only: compare these with the bank before going live. */
  readonly assumed: readonly string[];
  readonly paths: {
    readonly register: string;
    readonly status: string;
    readonly reverse: string;
    readonly refund: string;
  };
  /** Our order number for an attempt: what every lookup asks for. */
  readonly orderNumberOf: (attemptId: string) => string;
  readonly form: {
    readonly orderNumber: RegExp;
    readonly returnUrl: { readonly most: number };
    /** What reaches the processing whole, and so comes back as it was sent. */
    readonly description: RegExp;
    readonly jsonParams: { readonly most: number };
  };
  /** Whether our order and link are sent in `jsonParams`, too: the bank must have agreed to it. */
  readonly sendsParams: boolean;
  /** Always sent: without it iPay takes roubles. */
  readonly currency: string;
  readonly currencies: Readonly<Record<string, Currency>>;
  /** The decimals of an amount: 2 is luma. */
  readonly amountExponent: 0 | 2;
  readonly sessionSeconds: number;
  /** In the smallest unit of ours. Less than this is not given back. */
  readonly smallestRefundMinor: bigint;
  /** A payment is undone whole only until the end of its day by this time zone. Null: it is never undone, only refunded. */
  readonly reversibleDayIn: string | null;
  /** Their number of a status. A number that is not here is unrecognised, never guessed. */
  readonly statuses: Readonly<Record<string, Status>>;
  /** Those of an order that was paid, by what became of the money. */
  readonly moneyStatuses: { readonly paid: string; readonly reversed: string; readonly refunded: string };
  /** The action code of a declined order whose time was over. */
  readonly expiredAction: string;
  /** The name of the attribute that holds iPay's own id of an order. */
  readonly orderIdAttribute: string;
  /** The address of the payment page, with `{orderId}` in it. Null: only the answer to a registration tells it. */
  readonly formUrlTemplate: string | null;
};

/**
 * Armenian Card's "Ipay Merchant API Manual", BPC iPay 1.55.1.0 (2023), as a public copy of it reads. Stated there: the
 * four calls, their fields and lengths, the minimal units of amounts (100 to the dram), the currency that must be sent, the
 * error codes, the order statuses, the 20 minutes, and that a reversal can be asked for once.
 */
export const ipayManual1551 = {
  name: "ipay-1.55.1",
  confirmedByProvider: true,
  assumed: [
    "Times (date, authDateTime) are milliseconds since 1970: the manual has one sample of date.",
    "What jsonParams sent comes back in merchantOrderParams; where it does not, orderDescription names our order.",
    "The attribute mdOrder is the order's own id, which a reversal and a refund need.",
    "The calendar day of a reversal is Yerevan's; the contract with the bank may set another limit.",
    "Status 3 is money that had come and went back wholly: only a paid order of one stage can be reversed.",
    "Error 7 to a refund may be a system error, too: a person looks before anything is asked for again.",
    "Refunds with an action code of zeros went through, and depositedAmount may be before or after them.",
    "The payment page's address can differ from shop to shop, so it is not made up from the order's id.",
  ],
  paths: {
    register: "/payment/rest/register.do",
    status: "/payment/rest/getOrderStatusExtended.do",
    reverse: "/payment/rest/reverse.do",
    refund: "/payment/rest/refund.do",
  },
  orderNumberOf,
  form: {
    orderNumber: /^[\x21-\x7e]{1,32}$/,
    returnUrl: { most: 512 },
    description: /^[^%+\r\n]{1,99}$/,
    jsonParams: { most: 1024 },
  },
  sendsParams: true,
  currency: "051",
  currencies: { "051": "AMD", "643": "RUB", "840": "USD", "978": "EUR" },
  amountExponent: 2,
  sessionSeconds: 1200,
  smallestRefundMinor: 100n,
  reversibleDayIn: "Asia/Yerevan",
  statuses: {
    "0": { name: "CREATED", ours: "open" },
    // A hold stays pending. We register orders of one stage only, so nobody would ever collect it: a person is asked.
    "1": { name: "APPROVED", ours: "unrecognised" },
    "2": { name: "DEPOSITED", ours: "paid" },
    "3": { name: "REVERSED", ours: "refunded" },
    "4": { name: "REFUNDED", ours: "refunded" },
    "5": { name: "AT THE ISSUER", ours: "open" },
    "6": { name: "DECLINED", ours: "failed" },
  },
  moneyStatuses: { paid: "2", reversed: "3", refunded: "4" },
  expiredAction: "-2007",
  orderIdAttribute: "mdOrder",
  formUrlTemplate: null,
} as const satisfies IpayContract;
