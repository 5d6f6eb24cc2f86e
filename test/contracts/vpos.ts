import { signatureOf } from "../../src/providers/vpos/contract-signature.ts";
import { vposAssumedV1 } from "../../src/providers/vpos/contract.ts";
import { createVposSandbox, type VposSandbox } from "../../src/sandbox/vpos/sandbox.ts";
import type { Lie, SaidEvent, Signed, Stage, Standing } from "./stage.ts";

const TOKEN = "kit-token";
const SECRET = "whsec_kit";

const LIES: Readonly<Record<Lie, Readonly<Record<string, unknown>>>> = {
  "unknown status": { status: "limbo" },
  "other amount": { amountMinor: 1_400_000 },
  "other currency": { currency: "USD" },
  "other order": { merchantOrderId: "INV-7" },
  "still open": { status: "pending" },
};

function standing(sandbox: VposSandbox): Standing {
  const posts = (path: RegExp) => sandbox.wire().filter((one) => one.from !== "vpos" && path.test(one.path)).length;
  return {
    origin: sandbox.origin,
    partsAt: (origin) => ({
      vpos: { baseUrl: origin, apiToken: TOKEN, webhookSecrets: [SECRET], amdExponent: 2 },
      stripe: [],
      ipay: null,
    }),
    checkouts: (order) =>
      sandbox
        .sessions()
        .filter(({ merchantOrderId }) => merchantOrderId === order)
        .map(({ id }) => id),
    customer: (reference, choice) => sandbox.settle(reference, choice === "pays" ? "paid" : "failed"),
    refunds: (reference, much) => sandbox.refund(reference, much === "all" ? 1_500_000 : 750_000),
    strike: (on, fault, order) => {
      if (on === "close" || on === "refund") throw new Error(`VPOS.am has no call to ${on}`);
      sandbox.faults.add({ on, fault, orderId: order });
    },
    strikeKey: (fault, order) => sandbox.faults.add({ on: "create", fault, orderId: order }),
    lie: (lie, order) =>
      sandbox.faults.add({ on: "lookup", fault: { kind: "differs", fields: LIES[lie] }, orderId: order }),
    strikeWebhook: (fault, order) => sandbox.faults.add({ on: "webhook", fault, orderId: order }),
    refundsMade: () => 0,
    sign,
    calls: () => ({ creates: posts(/payment-sessions/), lookups: posts(/\/v1\/payments\//) }),
    deliver: () => sandbox.deliverDue(),
    stop: () => sandbox.stop(),
  };
}

function sign(reference: string, event: SaidEvent, forged = false): Signed {
  const { id, says, order, at } = event;
  const data = { id: reference, merchantOrderId: order, status: says, amountMinor: 1_500_000, currency: "AMD" };
  const body = JSON.stringify({ id, type: `payment.${says}`, createdAt: at.toISOString(), data });
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const { headers } = vposAssumedV1.webhook;
  const secret = forged ? "guessed" : SECRET;
  return {
    body,
    headers: {
      "content-type": "application/json",
      [headers.eventId]: id,
      [headers.timestamp]: timestamp,
      [headers.signature]: signatureOf(vposAssumedV1.webhook, secret, { timestamp, raw: Buffer.from(body) }),
    },
  };
}

export const VPOS: Stage = {
  provider: "vpos",
  sessionSeconds: 1200,
  can: {
    webhooks: true,
    close: false,
    keys: true,
    refund: false,
    disputes: false,
    failedRefunds: false,
    lateMoney: true,
  },
  open: async ({ serviceUrl, clock }) => {
    const sandbox = createVposSandbox({
      apiToken: TOKEN,
      webhookSecret: SECRET,
      webhookUrl: () => (serviceUrl() === "" ? null : `${serviceUrl()}/webhooks/vpos`),
      amdExponent: 2,
      clock,
    });
    await sandbox.start();
    return standing(sandbox);
  },
};
