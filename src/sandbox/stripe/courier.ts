import type { Delivery } from "./books.ts";
import type { Context } from "./context.ts";
import { expireOld } from "./sessions.ts";
import { signatureOf, TOLERANCE_SECONDS } from "./signature.ts";

/** Pauses between the deliveries of one event until it is answered with 2xx: three days in all, ever further apart. */
const RETRY_DELAYS_SECONDS = [60, 300, 1800, 7200, 18_000, 36_000, 43_200, 43_200, 43_200, 43_200];

const ANSWER_WITHIN_MS = 20_000;

/** How often the clock is looked at when nothing is due: often enough for sessions to expire by themselves. */
const LONGEST_NAP_MS = 30_000;

export type Courier = {
  /** Delivers what is due by the stand-in's clock, and returns when all of it is answered. */
  deliverDue(): Promise<void>;
  /** Looks at the queue as soon as something in it falls due. */
  wake(): void;
  stop(): void;
};

/** Delivers webhooks: one after another for one session, and sessions side by side. */
export function createCourier(context: Context): Courier {
  const rounds = new Map<string, Promise<void>>();
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;

  const round = async (sessionId: string): Promise<void> => {
    for (let due = nextDue(context, sessionId); due && !stopping.signal.aborted; due = nextDue(context, sessionId)) {
      book(context, due, await deliver(context, due, stopping.signal));
    }
    rounds.delete(sessionId);
  };

  const deliverDue = async (): Promise<void> => {
    expireOld(context);
    for (const delivery of context.books.deliveries) {
      const { sessionId } = delivery;
      if (isDue(context, delivery) && !rounds.has(sessionId)) rounds.set(sessionId, round(sessionId));
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

function nextDue(context: Context, sessionId: string): Delivery | undefined {
  for (const delivery of context.books.deliveries) {
    if (delivery.sessionId === sessionId && isDue(context, delivery)) return delivery;
  }
  return undefined;
}

/** How long nothing falls due. A session that is being delivered for looks at its own queue again. */
function napMs({ books, clock }: Context, busy: ReadonlyMap<string, unknown>): number {
  let soonest = Infinity;
  for (const { held, sessionId, dueAt } of books.deliveries) {
    if (!held && !busy.has(sessionId)) soonest = Math.min(soonest, Date.parse(dueAt));
  }
  return Math.min(Math.max(soonest - clock().getTime(), 0), LONGEST_NAP_MS);
}

/** Notes in the books how a delivery went: done with, or due again later. */
function book({ books, clock, changed }: Context, delivery: Delivery, delivered: boolean): void {
  const pause = RETRY_DELAYS_SECONDS[delivery.attempts];
  delivery.attempts += 1;
  if (delivered || delivery.spoiled !== null || pause === undefined) books.deliveries.delete(delivery);
  else delivery.dueAt = new Date(clock().getTime() + pause * 1000).toISOString();
  if (delivered) {
    for (const other of books.deliveries) if (other.sessionId === delivery.sessionId) other.held = false;
  }
  changed();
}

async function deliver(context: Context, delivery: Delivery, stopping: AbortSignal): Promise<boolean> {
  const address = context.options.webhookUrl();
  if (address === null) return true;
  const headers = { "content-type": "application/json", ...signed(context, delivery) };
  const { pathname } = new URL(address);
  const answered = context.wire.asked({ from: "stripe", method: "POST", path: pathname, headers, body: delivery.body });
  try {
    const signal = AbortSignal.any([stopping, AbortSignal.timeout(ANSWER_WITHIN_MS)]);
    const response = await fetch(address, { method: "POST", headers, body: delivery.body, signal, redirect: "manual" });
    answered(response.status, (await response.text()).slice(0, 500));
    return response.ok;
  } catch {
    answered(null, null);
    return false;
  }
}

/** The signature of a delivery, honest or spoiled. */
function signed({ options, clock }: Context, { body, spoiled }: Delivery): Record<string, string> {
  const late = spoiled === "stale" ? TOLERANCE_SECONDS + 60 : 0;
  const seconds = Math.floor(clock().getTime() / 1000) - late;
  const secret = spoiled === "wrong_signature" ? `not ${options.webhookSecret}` : options.webhookSecret;
  return { "stripe-signature": signatureOf(secret, body, seconds) };
}
