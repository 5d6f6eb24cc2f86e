import { signatureOf } from "../../providers/vpos/contract-signature.ts";
import { vposAssumedV1 } from "../../providers/vpos/contract.ts";
import type { Delivery } from "./books.ts";
import type { Context } from "./context.ts";
import { expireOld } from "./payments.ts";

const SCHEME = vposAssumedV1.webhook;

/** How often the clock is looked at when nothing is due: often enough for sessions to expire by themselves. */
const LONGEST_NAP_MS = 30_000;

export type Courier = {
  /** Delivers what is due by the stand-in's clock, and returns when all of it is answered. */
  deliverDue(): Promise<void>;
  /** Looks at the queue as soon as something in it falls due. */
  wake(): void;
  stop(): void;
};

/** Delivers webhooks: one after another for one payment, and payments side by side. */
export function createCourier(context: Context): Courier {
  const rounds = new Map<string, Promise<void>>();
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;

  const round = async (paymentId: string): Promise<void> => {
    for (let due = nextDue(context, paymentId); due && !stopping.signal.aborted; due = nextDue(context, paymentId)) {
      book(context, due, await deliver(context, due, stopping.signal));
    }
    rounds.delete(paymentId);
  };

  const deliverDue = async (): Promise<void> => {
    expireOld(context);
    for (const delivery of context.books.deliveries) {
      const { paymentId } = delivery;
      if (isDue(context, delivery) && !rounds.has(paymentId)) rounds.set(paymentId, round(paymentId));
    }
    await Promise.all(rounds.values());
    wake();
  };

  const wake = (): void => {
    clearTimeout(timer);
    if (stopping.signal.aborted) return;
    timer = setTimeout(() => void deliverDue(), napMs(context, rounds));
    timer.unref();
  };

  const stop = (): void => {
    stopping.abort();
    clearTimeout(timer);
  };

  return { deliverDue, wake, stop };
}

const isDue = ({ clock }: Context, { held, dueAt }: Delivery): boolean =>
  !held && Date.parse(dueAt) <= clock().getTime();

function nextDue(context: Context, paymentId: string): Delivery | undefined {
  for (const delivery of context.books.deliveries) {
    if (delivery.paymentId === paymentId && isDue(context, delivery)) return delivery;
  }
  return undefined;
}

/** How long nothing falls due. A payment that is being delivered for looks at its own queue again. */
function napMs({ books, clock }: Context, busy: ReadonlyMap<string, unknown>): number {
  let soonest = Infinity;
  for (const { held, paymentId, dueAt } of books.deliveries) {
    if (!held && !busy.has(paymentId)) soonest = Math.min(soonest, Date.parse(dueAt));
  }
  return Math.min(Math.max(soonest - clock().getTime(), 0), LONGEST_NAP_MS);
}

/** Notes in the books how a delivery went: done with, or due again later. */
function book({ books, clock, changed }: Context, delivery: Delivery, delivered: boolean): void {
  const pause = SCHEME.retryDelaysSec[delivery.attempts];
  delivery.attempts += 1;
  if (delivered || delivery.spoiled !== null || pause === undefined) books.deliveries.delete(delivery);
  else delivery.dueAt = new Date(clock().getTime() + pause * 1000).toISOString();
  if (delivered) {
    for (const other of books.deliveries) if (other.paymentId === delivery.paymentId) other.held = false;
  }
  changed();
}

async function deliver(context: Context, delivery: Delivery, stopping: AbortSignal): Promise<boolean> {
  const address = context.options.webhookUrl();
  if (address === null) return true;
  const headers = { "content-type": "application/json", ...signed(context, delivery) };
  const { pathname } = new URL(address);
  const answered = context.wire.asked({ from: "vpos", method: "POST", path: pathname, headers, body: delivery.body });
  try {
    const signal = AbortSignal.any([stopping, AbortSignal.timeout(SCHEME.answerWithinMs)]);
    const response = await fetch(address, { method: "POST", headers, body: delivery.body, signal, redirect: "manual" });
    answered(response.status, (await response.text()).slice(0, 500));
    return response.ok;
  } catch {
    answered(null, null);
    return false;
  }
}

/** The headers of a delivery, honest or spoiled. */
function signed({ options, clock }: Context, { eventId, body, spoiled }: Delivery): Record<string, string> {
  const late = spoiled === "stale" ? SCHEME.toleranceSec + 60 : 0;
  const timestamp = String(Math.floor(clock().getTime() / 1000) - late);
  const secret = spoiled === "wrong_signature" ? `not ${options.webhookSecret}` : options.webhookSecret;
  return {
    [SCHEME.headers.eventId]: eventId,
    [SCHEME.headers.timestamp]: timestamp,
    [SCHEME.headers.signature]: signatureOf(SCHEME, secret, { timestamp, raw: Buffer.from(body) }),
  };
}
