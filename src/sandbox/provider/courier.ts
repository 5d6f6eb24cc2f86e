import type { Delivery } from "./deliveries.ts";

/** How often the clock is looked at when nothing is due: often enough for sessions to expire by themselves. */
const LONGEST_NAP_MS = 30_000;

/** What a provider's courier works with. */
type Post<D extends Delivery> = {
  readonly deliveries: Set<D>;
  /** What a delivery is about: one after another is delivered about one thing, and things side by side. */
  readonly about: (delivery: D) => string;
  readonly headersOf: (delivery: D) => Readonly<Record<string, string>>;
  /** Pauses between the deliveries of one event until it is answered with 2xx. */
  readonly retryDelaysSeconds: readonly number[];
  readonly answerWithinMs: number;
  /** Null as long as no address is fixed, and then none are sent. */
  readonly address: () => string | null;
  readonly clock: () => Date;
  /** What the clock alone brings about. */
  readonly expireOld: () => void;
  readonly changed: () => void;
  readonly asked: (request: Asked) => (status: number | null, answer: string | null) => void;
};

type Asked = {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

export type Courier = {
  /** Delivers what is due by the stand-in's clock, and returns when all of it is answered. */
  deliverDue(): Promise<void>;
  /** Looks at the queue as soon as something in it falls due. */
  wake(): void;
  stop(): void;
};

/** Delivers webhooks. */
export function createCourier<D extends Delivery>(post: Post<D>): Courier {
  const rounds = new Map<string, Promise<void>>();
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;

  const round = async (about: string): Promise<void> => {
    for (let due = nextDue(post, about); due && !stopping.signal.aborted; due = nextDue(post, about)) {
      book(post, due, await deliver(post, due, stopping.signal));
    }
    rounds.delete(about);
  };

  const deliverDue = async (): Promise<void> => {
    post.expireOld();
    for (const delivery of post.deliveries) {
      const about = post.about(delivery);
      if (isDue(post, delivery) && !rounds.has(about)) rounds.set(about, round(about));
    }
    await Promise.all(rounds.values());
    wake();
  };

  const wake = (): void => {
    clearTimeout(timer);
    if (stopping.signal.aborted) return;
    timer = setTimeout(() => void deliverDue(), napMs(post, rounds));
    timer.unref();
  };

  const stop = (): void => {
    stopping.abort();
    clearTimeout(timer);
  };

  return { deliverDue, wake, stop };
}

const isDue = ({ clock }: Pick<Post<Delivery>, "clock">, { held, dueAt }: Delivery): boolean =>
  !held && Date.parse(dueAt) <= clock().getTime();

function nextDue<D extends Delivery>(post: Post<D>, about: string): D | undefined {
  for (const delivery of post.deliveries) {
    if (post.about(delivery) === about && isDue(post, delivery)) return delivery;
  }
  return undefined;
}

/** How long nothing falls due. What is being delivered about looks at its own queue again. */
function napMs<D extends Delivery>(post: Post<D>, busy: ReadonlyMap<string, unknown>): number {
  let soonest = Infinity;
  for (const delivery of post.deliveries) {
    if (!delivery.held && !busy.has(post.about(delivery))) soonest = Math.min(soonest, Date.parse(delivery.dueAt));
  }
  return Math.min(Math.max(soonest - post.clock().getTime(), 0), LONGEST_NAP_MS);
}

/** Notes in the books how a delivery went: done with, or due again later. */
function book<D extends Delivery>(post: Post<D>, delivery: D, delivered: boolean): void {
  const { deliveries, retryDelaysSeconds, clock, about } = post;
  const pause = retryDelaysSeconds[delivery.attempts];
  delivery.attempts += 1;
  if (delivered || delivery.spoiled !== null || pause === undefined) deliveries.delete(delivery);
  else delivery.dueAt = new Date(clock().getTime() + pause * 1000).toISOString();
  if (delivered) for (const other of deliveries) if (about(other) === about(delivery)) other.held = false;
  post.changed();
}

async function deliver<D extends Delivery>(post: Post<D>, delivery: D, stopping: AbortSignal): Promise<boolean> {
  const address = post.address();
  if (address === null) return true;
  const headers = { "content-type": "application/json", ...post.headersOf(delivery) };
  const { body } = delivery;
  const answered = post.asked({ method: "POST", path: new URL(address).pathname, headers, body });
  try {
    const signal = AbortSignal.any([stopping, AbortSignal.timeout(post.answerWithinMs)]);
    const response = await fetch(address, { method: "POST", headers, body, signal, redirect: "manual" });
    answered(response.status, (await response.text()).slice(0, 500));
    return response.ok;
  } catch {
    answered(null, null);
    return false;
  }
}
