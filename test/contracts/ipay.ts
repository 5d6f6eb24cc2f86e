import { createIpaySandbox, type IpaySandbox } from "../../src/sandbox/ipay/sandbox.ts";
import type { Lie, Stage, Standing } from "./stage.ts";

const USER = "kit_api";
const PASSWORD = "kit-password";

const LIES: Readonly<Record<Lie, Readonly<Record<string, unknown>>>> = {
  "unknown status": { orderStatus: 77 },
  "other amount": { amount: 1_400_000, paymentAmountInfo: { depositedAmount: 1_400_000 } },
  "other currency": { currency: "840" },
  "other order": { orderDescription: "INV-7", merchantOrderParams: [{ name: "orderId", value: "INV-7" }] },
  "still open": { orderStatus: 0 },
};

function standing(sandbox: IpaySandbox): Standing {
  const asked = (path: RegExp) => sandbox.wire().filter((one) => path.test(one.path)).length;
  const formUrl = `${sandbox.origin}/payment/merchants/sandbox/payment_en.html?mdOrder={orderId}`;
  let fromThePanel = 0;
  const refunds = (): number => sandbox.sessions().flatMap((order) => order.refunds).length;
  return {
    origin: sandbox.origin,
    partsAt: (baseUrl) => ({ vpos: null, stripe: [], ipay: { baseUrl, userName: USER, password: PASSWORD, formUrl } }),
    checkouts: (order) =>
      sandbox
        .sessions()
        .filter(({ params }) => params["orderId"] === order)
        .map(({ orderNumber }) => orderNumber),
    customer: (reference, choice) => sandbox.settle(reference, choice === "pays" ? "paid" : "failed"),
    refunds: (reference, much) => {
      fromThePanel += 1;
      sandbox.refund(reference, much === "all" ? 1_500_000 : 750_000);
    },
    strike: (on, fault, order) => {
      if (on === "close") throw new Error("iPay closes no checkouts");
      sandbox.faults.add({ on, fault, orderId: order });
    },
    lie: (lie, order) =>
      sandbox.faults.add({ on: "lookup", fault: { kind: "differs", fields: LIES[lie] }, orderId: order }),
    // It says nothing by itself, so nothing of it can be lost.
    strikeWebhook: () => undefined,
    refundsMade: () => refunds() - fromThePanel,
    calls: () => ({ creates: asked(/register/), lookups: asked(/getOrderStatus/) }),
    deliver: () => Promise.resolve(),
    stop: () => sandbox.stop(),
  };
}

export const IPAY: Stage = {
  provider: "ipay",
  sessionSeconds: 1200,
  can: {
    webhooks: false,
    close: false,
    keys: false,
    refund: true,
    disputes: false,
    failedRefunds: false,
    lateMoney: true,
  },
  open: async ({ clock }) => {
    const sandbox = createIpaySandbox({ userName: USER, password: PASSWORD, clock });
    await sandbox.start();
    return standing(sandbox);
  },
};
