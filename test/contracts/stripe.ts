import { randomUUID } from "node:crypto";
import { createStripeSandbox, type StripeSandbox } from "../../src/sandbox/stripe/sandbox.ts";
import { signatureOf } from "../../src/sandbox/stripe/signature.ts";
import type { Lie, SaidEvent, Signed, Stage, Standing } from "./stage.ts";

const KEY = "sk_test_kit";
export const SECRET = "whsec_kit";

const LIES: Readonly<Record<Lie, Readonly<Record<string, unknown>>>> = {
  "unknown status": { status: "limbo" },
  "other amount": { amount_total: 1_400_000, "payment_intent.amount_received": 1_400_000 },
  "other currency": { currency: "usd", "payment_intent.currency": "usd" },
  "other order": { client_reference_id: "INV-7" },
  "still open": { status: "open", payment_status: "unpaid" },
};

/** Stripe tells of one payment in several events. */
const EVENTS_OF_A_PAYMENT = 3;

function standing(sandbox: StripeSandbox): Standing {
  const asked = (method: string, path: RegExp) =>
    sandbox.wire().filter((one) => one.from === "merchant" && one.method === method && path.test(one.path)).length;
  let fromThePanel = 0;
  const pay = (reference: string): void => sandbox.settle(reference, "paid");
  const decline = (reference: string): void => {
    sandbox.settle(reference, "processing");
    sandbox.settle(reference, "failed");
  };
  return {
    origin: sandbox.origin,
    partsAt: (apiUrl) => ({
      vpos: null,
      stripe: [{ account: "main", secretKey: KEY, webhookSecrets: [SECRET], apiUrl }],
      ipay: null,
    }),
    checkouts: (order) =>
      sandbox
        .sessions()
        .filter(({ clientReferenceId }) => clientReferenceId === order)
        .map(({ id }) => id),
    customer: (reference, choice) => (choice === "pays" ? pay(reference) : decline(reference)),
    refunds: (reference, much) => {
      fromThePanel += 1;
      sandbox.refund(reference, much === "all" ? 1_500_000 : 750_000);
    },
    bringsBack: (reference) => {
      const last = sandbox.snapshot().refunds.findLast(({ sessionId }) => sessionId === reference);
      sandbox.failRefund(last?.id ?? "none");
    },
    disputes: (reference, state) => sandbox.dispute(reference, state === "open" ? "needs_response" : state),
    strike: (on, fault, order) => sandbox.faults.add({ on, fault, orderId: order }),
    strikeKey: (fault, order) => sandbox.faults.add({ on: "create", fault, orderId: order }),
    lie: (lie, order) =>
      sandbox.faults.add({ on: "lookup", fault: { kind: "differs", fields: LIES[lie] }, orderId: order }),
    strikeWebhook: (fault, order) => {
      for (let nth = 0; nth < EVENTS_OF_A_PAYMENT; nth += 1) {
        sandbox.faults.add({ on: "webhook", fault, orderId: order });
      }
    },
    refundsMade: () => sandbox.snapshot().refunds.length - fromThePanel,
    sign: (reference, event, forged) => sign(sandbox, reference, { event, forged: forged ?? false }),
    calls: () => ({
      creates: asked("POST", /sessions$/),
      lookups: asked("GET", /sessions\//),
    }),
    deliver: () => sandbox.deliverDue(),
    stop: () => sandbox.stop(),
  };
}

/** The metadata comes back as we gave it; of a session that is not there it names an attempt of nobody's. */
function sign(
  sandbox: StripeSandbox,
  reference: string,
  { event, forged }: { event: SaidEvent; forged: boolean },
): Signed {
  const { id, says, order, at } = event;
  const session = sandbox.sessions().find((one) => one.id === reference);
  const object = {
    id: reference,
    object: "checkout.session",
    client_reference_id: order,
    metadata: session?.metadata ?? { orderId: order, attemptId: randomUUID() },
  };
  const type = says === "paid" ? "checkout.session.completed" : "checkout.session.async_payment_failed";
  const body = JSON.stringify({ id, object: "event", type, data: { object } });
  const signature = signatureOf(forged ? "whsec_guessed" : SECRET, body, Math.floor(at.getTime() / 1000));
  return { body, headers: { "content-type": "application/json", "stripe-signature": signature } };
}

export const STRIPE: Stage = {
  provider: "stripe",
  sessionSeconds: 86_400,
  can: { webhooks: true, close: true, keys: true, refund: true, disputes: true, failedRefunds: true, lateMoney: false },
  open: async ({ serviceUrl, clock }) => {
    const sandbox = createStripeSandbox({
      secretKey: KEY,
      webhookSecret: SECRET,
      webhookUrl: () => (serviceUrl() === "" ? null : `${serviceUrl()}/webhooks/stripe`),
      clock,
    });
    await sandbox.start();
    return standing(sandbox);
  },
};
