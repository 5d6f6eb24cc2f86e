import { createServer, type RequestListener, type Server } from "node:http";
import type { Money } from "../../domain/money.ts";
import type { CheckoutRequest } from "../../src/ports.ts";
import { createIpay, type IpayOptions } from "../../src/providers/ipay/client.ts";
import { createIpaySandbox, type IpaySandbox } from "../../src/sandbox/ipay/sandbox.ts";

export const USER = "paythread_api";
export const PASSWORD = "pass+word that%nobody&may=see";
/** Noon in Yerevan. */
export const NOON = new Date("2026-11-24T08:00:00.000Z");
export const ATTEMPT = "01939b7e-5c3a-7d41-8a52-0f1e2d3c4b5a";
/** What the order of that attempt is called at iPay. */
export const NUMBER = "01939b7e5c3a7d418a520f1e2d3c4b5a";

export const drams = (whole: number): Money => ({ minor: BigInt(Math.round(whole * 100)), currency: "AMD" });

export const aCheckout = (changed: Partial<CheckoutRequest> = {}): CheckoutRequest => ({
  idempotencyKey: "INV-1042-pay-attempt-1",
  orderId: "INV-1042",
  amount: drams(15_000),
  returnUrl: "http://127.0.0.1:3000/p/opaque/return",
  attemptId: ATTEMPT,
  linkId: "link-1",
  ...changed,
});

/** A server on a free port of this machine. */
export async function listening(listener: RequestListener): Promise<{ server: Server; origin: string }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return { server, origin: `http://127.0.0.1:${address.port}` };
}

/** The payment page's address as the stand-in makes it, for a shop that knows its own. */
export const templateOf = (origin: string): string =>
  `${origin}/payment/merchants/sandbox/payment_en.html?mdOrder={orderId}`;

type Story = {
  sandbox: IpaySandbox;
  ipay: ReturnType<typeof createIpay>;
  /** Another adapter for the same shop. */
  adapter: (options: Partial<IpayOptions>) => ReturnType<typeof createIpay>;
  now: () => Date;
  later: (seconds: number) => void;
  /** Opens a checkout and returns its reference. */
  opened: (changed?: Partial<CheckoutRequest>) => Promise<string>;
  /** Opens a checkout that the customer pays at once. */
  paid: (changed?: Partial<CheckoutRequest>) => Promise<string>;
  /** How often each call was made: `register.do` and so on. */
  calls: (name: string) => number;
  [Symbol.asyncDispose]: () => Promise<void>;
};

/** iPay on this machine, with a clock the test moves, and the adapter that talks to it. */
export async function ipayStory(options: { state?: unknown; adapter?: Partial<IpayOptions> } = {}): Promise<Story> {
  let time = NOON.getTime();
  const now = () => new Date(time);
  const sandbox = createIpaySandbox({ userName: USER, password: PASSWORD, clock: now, state: options.state });
  await sandbox.start();
  const adapter = (changed: Partial<IpayOptions>) =>
    createIpay({ baseUrl: sandbox.origin, userName: USER, password: PASSWORD, clock: now, ...changed });
  const ipay = adapter(options.adapter ?? {});
  const opened = async (changed: Partial<CheckoutRequest> = {}) => {
    const answer = await ipay.open(aCheckout(changed));
    if (answer.is !== "happened") throw new Error(`not opened: ${JSON.stringify(answer)}`);
    return answer.value.reference;
  };
  const paid = async (changed: Partial<CheckoutRequest> = {}) => {
    const reference = await opened(changed);
    sandbox.settle(reference, "paid");
    return reference;
  };
  const later = (seconds: number) => void (time += seconds * 1000);
  const calls = (name: string) => sandbox.wire().filter(({ path }) => path.endsWith(`/${name}`)).length;
  return { sandbox, ipay, adapter, now, later, opened, paid, calls, [Symbol.asyncDispose]: () => sandbox.stop() };
}
