import type { FastifyInstance } from "fastify";
import { copyOf, type IpayOrder, type IpayState, openBooks } from "./books.ts";
import type { Context, IpaySandboxOptions } from "./context.ts";
import { createFaults } from "../provider/faults.ts";
import { createWire } from "../provider/wire.ts";
import type { IpayFaults } from "./faults.ts";
import { refundOrder, reverseOrder } from "./money-back.ts";
import { expireOld, findByNumber, type Outcome, settleOrder } from "./orders.ts";
import { buildServer } from "./server.ts";
import type { IpayExchange } from "./wire.ts";

export type IpaySandbox = {
  /** Where it listens; known once it is started. */
  readonly origin: string;
  start(port?: number): Promise<void>;
  stop(): Promise<void>;
  /** All orders, the oldest first, as of now by the stand-in's clock. */
  sessions(): readonly IpayOrder[];
  /** Makes an order end as told. Throws where iPay would never do it. */
  settle(orderNumber: string, outcome: Outcome): void;
  /** Gives back `amount` luma of a paid order, as from the bank's cabinet. */
  refund(orderNumber: string, amount: number): void;
  /** Undoes a payment whole on its day, as from the bank's cabinet. */
  reverse(orderNumber: string): void;
  readonly faults: Pick<IpayFaults, "add" | "waiting" | "clear">;
  /** Every exchange in order, without the password. */
  wire(): readonly IpayExchange[];
  /** All it knows, as JSON, for `state` of the next one. */
  snapshot(): IpayState;
  /** Calls back after every change; returns how to stop that. */
  onChange(listener: () => void): () => void;
};

/**
 * A stand-in of ArCa iPay over real HTTP on this machine, as strict as its manual. It calls nobody: iPay sends no webhooks.
 * No real money, no real card.
 */
export function createIpaySandbox(options: IpaySandboxOptions): IpaySandbox {
  let running: Running | undefined;
  const listeners = new Set<() => void>();
  const context = contextOf(options, () => listeners.forEach((listener) => listener()));
  return {
    get origin() {
      if (!running) throw new Error("The stand-in of iPay is not started. Call start() first.");
      return running.origin;
    },
    start: async (port = 0) => {
      running = await run(context, port);
    },
    stop: async () => {
      const last = running;
      running = undefined;
      await last?.app.close();
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    ...control(context),
  };
}

function contextOf(options: IpaySandboxOptions, changed: () => void): Context {
  const clock = options.clock ?? (() => new Date());
  return {
    options,
    clock,
    books: openBooks(options.state ?? { orders: [] }),
    faults: createFaults(changed),
    wire: createWire({ secret: options.password, shown: [], clock, changed }),
    changed,
  };
}

type Running = { readonly app: FastifyInstance; readonly origin: string };

async function run(context: Context, port: number): Promise<Running> {
  let origin = "";
  const app = buildServer(context, () => origin);
  origin = await app.listen({ host: "127.0.0.1", port });
  return { app, origin };
}

const control = (context: Context): Omit<IpaySandbox, "origin" | "start" | "stop" | "onChange"> => ({
  faults: context.faults,
  wire: () => context.wire.exchanges(),
  sessions: () => {
    expireOld(context);
    return copyOf(context.books).orders;
  },
  settle: (orderNumber, outcome) => settleOrder(context, known(context, orderNumber), outcome),
  refund: (orderNumber, amount) => unless(refundOrder(context, known(context, orderNumber), amount)),
  reverse: (orderNumber) => unless(reverseOrder(context, known(context, orderNumber))),
  snapshot: () => copyOf(context.books),
});

function known(context: Context, orderNumber: string): IpayOrder {
  const order = findByNumber(context, orderNumber);
  if (!order) throw new Error(`The stand-in of iPay has no order ${orderNumber}.`);
  return order;
}

function unless(unfit: string | null): void {
  if (unfit !== null) throw new Error(`iPay would not do this: ${unfit}.`);
}
