import type { FastifyInstance } from "fastify";
import { copyOf, openBooks, type VposPayment, type VposState } from "./books.ts";
import type { Context, VposSandboxOptions } from "./context.ts";
import { vposCourier } from "./courier.ts";
import { createFaults } from "../provider/faults.ts";
import { createWire } from "../provider/wire.ts";
import type { VposFaults } from "./faults.ts";
import { expireOld, findPayment, type Outcome, refundPayment, settlePayment } from "./payments.ts";
import { buildServer } from "./server.ts";
import { SHOWN, type VposExchange } from "./wire.ts";

export type VposSandbox = {
  /** Where it listens; known once it is started. */
  readonly origin: string;
  start(port?: number): Promise<void>;
  stop(): Promise<void>;
  /** All payments, the oldest first, as of now by the stand-in's clock. */
  sessions(): readonly VposPayment[];
  /** Makes a payment end as told. Throws where VPOS.am would never do it. */
  settle(paymentId: string, outcome: Outcome): void;
  /** Gives back `minor` of a paid payment, in this stand-in's scale. */
  refund(paymentId: string, minor: number): void;
  readonly faults: Pick<VposFaults, "add" | "waiting" | "clear">;
  /** Every exchange in order, without the token. */
  wire(): readonly VposExchange[];
  /** Delivers the webhooks that are due by the clock; they are also delivered without being asked for. */
  deliverDue(): Promise<void>;
  /** All it knows, as JSON, for `state` of the next one. */
  snapshot(): VposState;
  /** Calls back after every change; returns how to stop that. */
  onChange(listener: () => void): () => void;
};

const EMPTY: VposState = { payments: [], remembered: [], deliveries: [] };

/**
 * A stand-in of VPOS.am over real HTTP on this machine. It follows the assumed contract, not a confirmed one, and says
 * so in a header of every answer. No real money, no real card.
 */
export function createVposSandbox(options: VposSandboxOptions): VposSandbox {
  let running: Running | undefined;
  const listeners = new Set<() => void>();
  const context = contextOf(options, {
    changed: () => listeners.forEach((listener) => listener()),
    wakeCourier: () => running?.courier.wake(),
  });
  const started = (): Running => {
    if (!running) throw new Error("The stand-in of VPOS.am is not started. Call start() first.");
    return running;
  };

  return {
    get origin() {
      return started().origin;
    },
    start: async (port = 0) => {
      running = await run(context, port);
      running.courier.wake();
    },
    stop: async () => {
      const last = running;
      running = undefined;
      last?.courier.stop();
      await last?.app.close();
    },
    deliverDue: () => started().courier.deliverDue(),
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    ...control(context),
  };
}

function contextOf(options: VposSandboxOptions, hooks: Pick<Context, "changed" | "wakeCourier">): Context {
  const clock = options.clock ?? (() => new Date());
  return {
    options,
    clock,
    books: openBooks(options.state ?? EMPTY),
    faults: createFaults(hooks.changed),
    wire: createWire({ secret: options.apiToken, shown: SHOWN, clock, changed: hooks.changed }),
    inProgress: new Set(),
    ...hooks,
  };
}

type Running = {
  readonly app: FastifyInstance;
  readonly courier: ReturnType<typeof vposCourier>;
  readonly origin: string;
};

async function run(context: Context, port: number): Promise<Running> {
  let origin = "";
  const app = buildServer(context, () => origin);
  origin = await app.listen({ host: "127.0.0.1", port });
  return { app, courier: vposCourier(context), origin };
}

type Control = Pick<VposSandbox, "sessions" | "settle" | "refund" | "faults" | "wire" | "snapshot">;

const control = (context: Context): Control => ({
  faults: context.faults,
  wire: () => context.wire.exchanges(),
  sessions: () => {
    expireOld(context);
    return copyOf(context.books).payments;
  },
  settle: (paymentId, outcome) => settlePayment(context, known(context, paymentId), outcome),
  refund: (paymentId, minor) => refundPayment(context, known(context, paymentId), minor),
  snapshot: () => copyOf(context.books),
});

function known(context: Context, paymentId: string): VposPayment {
  const payment = findPayment(context, paymentId);
  if (!payment) throw new Error(`The stand-in of VPOS.am has no payment ${paymentId}.`);
  return payment;
}
