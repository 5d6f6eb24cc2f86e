import { setTimeout as sleep } from "node:timers/promises";
import { conflict } from "./refusals.ts";
import type { Update } from "./shapes.ts";
import type { UpdateQueue } from "./updates.ts";

export type Poll = { readonly offset: number; readonly limit: number; readonly timeout: number };

export type Polling = {
  /** Answers `getUpdates`: at once when something waits, else when it comes or the timeout ends. */
  next(poll: Poll): Promise<Update[]>;
  /** Ends the waiting poll with 409. */
  interrupt(because: string): void;
  /** Holds back a 409 that comes within three seconds of the last one, for three seconds. */
  brake(): Promise<void>;
  /** Ends the waiting poll with an empty answer, when the sandbox stops. */
  close(): void;
};

type Needs = { readonly updates: UpdateQueue; readonly secondMs: number; readonly nextUpdateId: () => number };
type Waiter = { readonly poll: Poll; readonly timer: NodeJS.Timeout; finish(answer: Update[] | Error): void };

const OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running";
const CONFLICT_PAUSE_S = 3;

export function createPolling({ updates, secondMs, nextUpdateId }: Needs): Polling {
  let waiting: Waiter | null = null;
  let previous = { offset: Number.NaN, at: Number.NEGATIVE_INFINITY };

  const finish = (answer: Update[] | Error): void => {
    const waiter = waiting;
    waiting = null;
    if (!waiter) return;
    clearTimeout(waiter.timer);
    waiter.finish(answer);
  };

  const wait = (poll: Poll): Promise<Update[]> => {
    finish(conflict(OTHER_POLLER));
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => finish([]), poll.timeout * secondMs);
      const settle = (answer: Update[] | Error): void => (answer instanceof Error ? reject(answer) : resolve(answer));
      waiting = { poll, timer, finish: settle };
    });
  };

  updates.listen(() => {
    const found = waiting ? give(updates, waiting.poll) : [];
    if (found.length > 0) finish(found);
  });

  return {
    async next(asked) {
      const poll = slowedDown(asked, previous, secondMs);
      previous = { offset: asked.offset, at: performance.now() };
      confirm(updates, poll.offset, nextUpdateId());
      const found = give(updates, poll);
      return found.length > 0 || poll.timeout === 0 ? found : wait(poll);
    },
    interrupt: (because) => finish(conflict(because)),
    brake: createBrake(secondMs),
    close: () => finish([]),
  };
}

function createBrake(secondMs: number): () => Promise<void> {
  let calmAt = Number.NEGATIVE_INFINITY;
  return async () => {
    if (performance.now() < calmAt) await sleep(CONFLICT_PAUSE_S * secondMs, undefined, { ref: false });
    else calmAt = performance.now() + CONFLICT_PAUSE_S * secondMs;
  };
}

/** A bot that asks for the same offset again at once is made to wait, and then gets one update only. */
function slowedDown(poll: Poll, previous: { offset: number; at: number }, secondMs: number): Poll {
  if (poll.offset !== previous.offset) return poll;
  const seconds = (performance.now() - previous.at) / secondMs;
  const timeout = seconds < 3 && poll.timeout < 3 ? 3 : poll.timeout;
  return { ...poll, timeout, limit: seconds < 0.5 ? 1 : poll.limit };
}

/** An offset confirms everything below it; a negative one forgets all but the last n; one far in the future says nothing. */
function confirm(updates: UpdateQueue, offset: number, nextUpdateId: number): void {
  if (offset < 0) {
    const kept = new Set(updates.pending().slice(offset));
    updates.confirm((entry) => !kept.has(entry));
  } else if (offset > 0 && offset <= nextUpdateId + 10) {
    updates.confirm(({ update, again }) => !again && update.update_id < offset);
  }
}

function give(updates: UpdateQueue, { limit }: Poll): Update[] {
  const given = updates.pending().slice(0, limit);
  updates.confirm((entry) => entry.again && given.includes(entry));
  return given.map(({ update }) => update);
}
