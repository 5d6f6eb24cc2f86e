import { randomUUID } from "node:crypto";
import { ERROR_CODES } from "../../providers/ipay/contract-errors.ts";
import { ipayManual1551 } from "../../providers/ipay/contract.ts";
import { type Body, type CallAnswer, json } from "../provider/answers.ts";
import type { IpayOrder } from "./books.ts";

export const newOrderId = (): string => randomUUID();

export const ok = (body: Body): CallAnswer => json(200, body);

/** An error as iPay tells it: with 200, and a code that is a text. */
export const no = (code: keyof typeof ERROR_CODES, errorMessage: string): CallAnswer =>
  ok({ errorCode: String(ERROR_CODES[code]), errorMessage, error: true });

export const formUrlOf = (origin: string, { orderId }: IpayOrder): string =>
  `${origin}${FORM_PATH}?${ipayManual1551.orderIdAttribute}=${orderId}`;

export const FORM_PATH = "/payment/merchants/sandbox/payment_en.html";

/** `getOrderStatusExtended.do` as version 03 has it. */
export const orderBody = (order: IpayOrder): Body => ({
  errorCode: "0",
  errorMessage: "Success",
  orderNumber: order.orderNumber,
  orderStatus: order.orderStatus,
  actionCode: order.actionCode,
  actionCodeDescription: "",
  amount: order.amount,
  currency: order.currency,
  date: Date.parse(order.registeredAt),
  ...(order.description === null ? {} : { orderDescription: order.description }),
  ip: "127.0.0.1",
  merchantOrderParams: Object.entries(order.params).map(([name, value]) => ({ name, value })),
  attributes: [{ name: ipayManual1551.orderIdAttribute, value: order.orderId }],
  ...(order.refunds.length > 0 ? { refunds: order.refunds.map(refundBody) } : {}),
  ...(order.paidAt === null ? {} : paidBody(order, order.paidAt)),
  paymentAmountInfo: sumsOf(order),
});

const refundBody = ({ referenceNumber, amount, at }: IpayOrder["refunds"][number]): Body => ({
  referenceNumber,
  actionCode: "000",
  amount,
  approvalCode: "123456",
  date: at.replaceAll(/\D/g, "").slice(0, 14),
});

const paidBody = ({ refNum }: IpayOrder, paidAt: string): Body => ({
  authDateTime: Date.parse(paidAt),
  authRefNum: refNum,
  terminalId: "00000001",
  cardAuthInfo: {
    pan: "411111**1111",
    expiration: "203012",
    cardholderName: "TEST CARDHOLDER",
    approvalCode: "123456",
    secureAuthInfo: { eci: "05" },
  },
  bankInfo: { bankName: "Stand-in bank", bankCountryCode: "AM", bankCountryName: "Armenia" },
});

const sumsOf = ({ orderStatus, amount, refunds }: IpayOrder): Body => ({
  approvedAmount: orderStatus === 1 || orderStatus === 2 || orderStatus === 4 ? amount : 0,
  depositedAmount: orderStatus === 2 || orderStatus === 4 ? amount : 0,
  refundedAmount: refunds.reduce((sum, one) => sum + one.amount, 0),
  paymentState: orderStatus,
});
