import type { FastifyInstance } from "fastify";
import { copyOf, type DisputeStatus, EMPTY, openBooks, type StripeSession, type StripeState } from "./books.ts";
import type { Context, StripeSandboxOptions } from "./context.ts";
import { stripeCourier } from "./courier.ts";
import { disputeSession } from "./disputes.ts";
import { createFaults } from "../provider/faults.ts";
import { createWire } from "../provider/wire.ts";
import type { StripeFaults } from "./faults.ts";
import { failRefund, refundSession } from "./money-back.ts";
import { buildServer } from "./server.ts";
import { expireOld, findSession, type Outcome, settleSession } from "./sessions.ts";
import { SHOWN, type StripeExchange } from "./wire.ts";

export type StripeSandbox = {
  /** Where it listens; known once it is started. */
  readonly origin: string;
  start(port?: number): Promise<void>;
  stop(): Promise<void>;
  /** All sessions, the oldest first, as of now by the stand-in's clock. */
  sessions(): readonly StripeSession[];
  /** Makes a session end as told. Throws where Stripe would never do it. */
  settle(sessionId: string, outcome: Outcome): void;
  /** Gives back `amount` of a paid session, in Stripe's scale, as from its dashboard; returns the refund's id. */
  refund(sessionId: string, amount: number): string;
  /** Makes a refund fail on its way. */
  failRefund(refundId: string): void;
  /** Opens a dispute over a paid session, or takes the one there is a step further. */
  dispute(sessionId: string, status: DisputeStatus): void;
  readonly faults: Pick<StripeFaults, "add" | "waiting" | "clear">;
  /** Every exchange in order, without the key. */
  wire(): readonly StripeExchange[];
  /** Delivers the webhooks that are due by the clock; they are also delivered without being asked for. */
  deliverDue(): Promise<void>;
  /** All it knows, as JSON, for `state` of the next one. */
  snapshot(): StripeState;
  /** Calls back after every change; returns how to stop that. */
  onChange(listener: () => void): () => void;
};

/**
 * A stand-in of Stripe over real HTTP on this machine: Checkout Sessions, refunds, disputes and the balance, as strict
 * as Stripe documents them. No real money, no real card.
 */
export function createStripeSandbox(options: StripeSandboxOptions): StripeSandbox {
  let running: Running | undefined;
  const listeners = new Set<() => void>();
  const context = contextOf(options, {
    origin: () => running?.origin ?? "",
    changed: () => listeners.forEach((listener) => listener()),
    wakeCourier: () => running?.courier.wake(),
  });
  const started = (): Running => {
    if (!running) throw new Error("The stand-in of Stripe is not started. Call start() first.");
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

type Hooks = Pick<Context, "origin" | "changed" | "wakeCourier">;

function contextOf(options: StripeSandboxOptions, hooks: Hooks): Context {
  const clock = options.clock ?? (() => new Date());
  return {
    options,
    clock,
    books: openBooks(options.state ?? EMPTY),
    faults: createFaults(hooks.changed),
    wire: createWire({ secret: options.secretKey, shown: SHOWN, clock, changed: hooks.changed }),
    inProgress: new Set(),
    ...hooks,
  };
}

type Running = {
  readonly app: FastifyInstance;
  readonly courier: ReturnType<typeof stripeCourier>;
  readonly origin: string;
};

async function run(context: Context, port: number): Promise<Running> {
  const app = buildServer(context);
  const origin = await app.listen({ host: "127.0.0.1", port });
  return { app, courier: stripeCourier(context), origin };
}

type Lifecycle = "origin" | "start" | "stop" | "deliverDue" | "onChange";

const control = (context: Context): Omit<StripeSandbox, Lifecycle> => ({
  faults: context.faults,
  wire: () => context.wire.exchanges(),
  sessions: () => {
    expireOld(context);
    return copyOf(context.books).sessions;
  },
  settle: (id, outcome) => settleSession(context, known(context, id), outcome),
  refund: (id, amount) => refundSession(context, known(context, id), { amount, metadata: {} }).id,
  failRefund: (id) => {
    const refund = context.books.refunds.get(id);
    if (!refund) throw new Error(`The stand-in of Stripe has no refund ${id}.`);
    failRefund(context, refund);
  },
  dispute: (id, status) => disputeSession(context, known(context, id), status),
  snapshot: () => copyOf(context.books),
});

function known(context: Context, id: string): StripeSession {
  const session = findSession(context, id);
  if (!session) throw new Error(`The stand-in of Stripe has no session ${id}.`);
  return session;
}
