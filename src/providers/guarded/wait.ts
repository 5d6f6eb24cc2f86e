import { ExponentialBackoff, halfJitterGenerator } from "cockatiel";
import type { Answer, Clock } from "../../ports.ts";
import { type Rest, secondsBetween } from "./rest.ts";

/** How long we wait, in milliseconds, when we are not told how long: half of it to all of it by luck, twice as long each time. */
const PAUSES = new ExponentialBackoff({ generator: halfJitterGenerator, initialDelay: 1000, maxDelay: 60_000 });

type Wait = {
  /** Null: nobody has to wait. */
  rest(): Rest | null;
  /** Makes the call, and learns from its answer how long every other call has to wait. */
  heed<T>(call: () => Promise<Answer<T>>): Promise<Answer<T>>;
};

/**
 * Until when a provider asked us to leave it alone. Also without a time (`retryAfterSeconds` null or 0) nobody asks again at
 * once: the port does not say whether it was too much for the provider or whether it could not be reached, and neither gets
 * better by asking more.
 */
export function createWait(clock: Clock): Wait {
  let until = 0;
  let because = "";
  let pauses = PAUSES.next();
  const waitFor = (ms: number, why: string): void => {
    const later = clock().getTime() + ms;
    if (later > until) [until, because] = [later, why];
  };
  const learn = (answer: Answer<unknown>): void => {
    // While we wait no call begins: what is answered meanwhile was asked before, and says nothing about the wait.
    const waiting = clock().getTime() < until;
    if (answer.is === "did_not_happen") {
      if (answer.retryAfterSeconds) return waitFor(answer.retryAfterSeconds * 1000, ASKED);
      if (waiting) return;
      waitFor(pauses.duration, answer.retryAfterSeconds === null ? TURNED_AWAY : ASKED);
      pauses = pauses.next(undefined);
    } else if (answer.is !== "unknown" && !waiting) pauses = PAUSES.next();
  };
  return {
    rest() {
      const seconds = secondsBetween(clock().getTime(), until);
      return seconds > 0 ? { seconds, because } : null;
    },
    async heed(call) {
      const answer = await call();
      learn(answer);
      return answer;
    },
  };
}

const ASKED = "asked us to call less often";
const TURNED_AWAY = "could take no call just now";
