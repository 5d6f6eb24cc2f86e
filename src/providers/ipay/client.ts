import { MAIN_ACCOUNT } from "../../../domain/account.ts";
import type { Clock, Provider } from "../../ports.ts";
import { type IpayContract, ipayManual1551 } from "./contract.ts";
import { lookUp } from "./look-up.ts";
import type { Merchant } from "./merchant.ts";
import { open } from "./open.ts";
import { giveBack } from "./refund.ts";

export type IpayOptions = {
  /** The origin, such as `https://ipay.arca.am`, or `https://ipaytest.arca.am:8445` for tests: the paths are the contract's. */
  readonly baseUrl: string;
  /** The API user that the bank gives, not the one for its cabinet. */
  readonly userName: string;
  readonly password: string;
  readonly account?: string;
  readonly contract?: IpayContract;
  /** Tells the end of a checkout, which iPay does not name, and the day of a reversal. */
  readonly clock?: Clock;
  /** One limit for every call; by default 10 s for one that changes something and 5 s for a lookup. */
  readonly timeoutMs?: number;
};

/** It sends no webhooks, closes no unpaid order and lists no day: it opens, answers lookups and gives back. */
type Ipay = Required<Pick<Provider, "name" | "account" | "open" | "lookUp" | "refund">>;

/** ArCa iPay, the gateway of most Armenian banks, as a payment provider: one order for each attempt, under our own number. */
export function createIpay(options: IpayOptions): Ipay {
  const { baseUrl, userName, password, account = MAIN_ACCOUNT, timeoutMs } = options;
  if (userName === "") throw new Error("The iPay user name is empty. Set IPAY_USERNAME.");
  if (password === "") throw new Error("The iPay password is empty. Set IPAY_PASSWORD.");
  const merchant: Merchant = {
    baseUrl,
    userName,
    password,
    contract: options.contract ?? ipayManual1551,
    clock: options.clock ?? (() => new Date()),
    changeMs: timeoutMs ?? 10_000,
    readMs: timeoutMs ?? 5000,
  };
  return {
    name: "ipay",
    account,
    open: (request) => open(merchant, request),
    lookUp: (reference) => lookUp(merchant, reference),
    refund: { partial: true, ask: (request) => giveBack(merchant, request) },
  };
}
