import { setTimeout as sleep } from "node:timers/promises";

/** One event: when its request was answered, and when what it asked for was committed; both in ms from its start. */
export type Event = { readonly acknowledged: number; readonly committed: number };

export type Load = {
  readonly perSecond: number;
  readonly events: number;
  readonly p50: number;
  readonly p99: number;
  readonly acknowledgedP99: number;
};

/** So many clients at once, each beginning its next event when its last is committed. */
export async function closedLoop(
  clients: number,
  seconds: number,
  fire: (client: number) => Promise<Event>,
): Promise<Load> {
  const events: Event[] = [];
  const startedAt = performance.now();
  const end = startedAt + seconds * 1000;
  const client = async (number: number): Promise<void> => {
    while (performance.now() < end) events.push(await fire(number));
  };
  await Promise.all(Array.from({ length: clients }, (_, number) => client(number)));
  return loadOf(events, performance.now() - startedAt);
}

/** So many events a second, each begun when its time has come, whatever has become of those before. */
export async function openLoop(perSecond: number, seconds: number, fire: () => Promise<Event>): Promise<Load> {
  const events: Promise<Event>[] = [];
  const startedAt = performance.now();
  for (let nth = 0; nth < perSecond * seconds; nth += 1) {
    await sleep(Math.max(0, startedAt + (nth * 1000) / perSecond - performance.now()));
    const event = fire();
    event.catch(() => undefined); // one that fails ends the measuring, below
    events.push(event);
  }
  return loadOf(await Promise.all(events), performance.now() - startedAt);
}

function loadOf(events: readonly Event[], tookMs: number): Load {
  const committed = events.map((event) => event.committed);
  return {
    perSecond: (events.length * 1000) / tookMs,
    events: events.length,
    p50: quantile(committed, 0.5),
    p99: quantile(committed, 0.99),
    acknowledgedP99: quantile(
      events.map((event) => event.acknowledged),
      0.99,
    ),
  };
}

/** The smallest value that at least this share of all does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
