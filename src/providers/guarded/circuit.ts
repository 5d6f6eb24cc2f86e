import {
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  ExponentialBackoff,
  halfJitterGenerator,
  handleWhenResult,
  type IBackoff,
} from "cockatiel";
import type { Answer, Clock, Heard } from "../../ports.ts";
import { type Rest, secondsBetween } from "./rest.ts";

/** So many calls in a row without an answer are a silence. One or two are a hiccup of the network. */
const SILENT_AFTER = 5;

/** How long a silent provider is left alone, in milliseconds: half of it to all of it by luck, twice as long each time. */
const PAUSES = new ExponentialBackoff({ generator: halfJitterGenerator, initialDelay: 20_000, maxDelay: 300_000 });

/** What a call is told that came while another one finds out whether the provider answers: about as long as an answer takes. */
const TRIAL_SECONDS = 5;

type Circuit = {
  /** Null: the provider may be asked now. */
  rest(): Rest | null;
  /** Asks, and counts how it ended. Only when there is no rest, in the same turn of the event loop. */
  ask<T>(call: () => Promise<Answer<T>>): Promise<Answer<T>>;
};

/**
 * Opens when calls in a row bring no answer; then one call at a time tries whether the provider answers again. It counts in
 * a row, not in a window of time: a merchant has a few calls an hour, of which no rate can be told, and a window would be
 * measured by the machine's clock.
 */
export function createCircuit(clock: Clock, changed: (is: Heard["is"]) => void): Circuit {
  let until = 0;
  // cockatiel measures a pause by the machine's clock, ours ends by the clock given: `rest` holds everybody back until
  // then, and to cockatiel a pause has always passed, even if the machine's clock goes back.
  const pausing = (pauses: IBackoff<unknown>): IBackoff<unknown> => {
    until = clock().getTime() + pauses.duration;
    return { duration: -Infinity, next: () => pausing(pauses.next(undefined)) };
  };
  const breaker = circuitBreaker(handleWhenResult(countsAsSilence), {
    breaker: new ConsecutiveBreaker(SILENT_AFTER),
    halfOpenAfter: { next: () => pausing(PAUSES.next()) },
  });
  const changes = countChanges(breaker, changed);
  return {
    rest() {
      if (breaker.state === CircuitState.HalfOpen)
        return { seconds: TRIAL_SECONDS, because: "is just being tried out" };
      const seconds = secondsBetween(clock().getTime(), until);
      return breaker.state === CircuitState.Open && seconds > 0
        ? { seconds, because: "has not answered lately" }
        : null;
    },
    async ask(call) {
      const ended = await breaker.execute(async () => {
        const began = changes();
        const answer = call();
        const silent = await answer.then(isSilence, () => true);
        // A call from before the last change says nothing about now: it must not end somebody else's trial.
        return { answer, silent: silent && began === changes() };
      });
      return ended.answer;
    },
  };
}

/** How often the circuit has changed. A trial that fails is no news to anybody. */
function countChanges(breaker: ReturnType<typeof circuitBreaker>, changed: (is: Heard["is"]) => void): () => number {
  let changes = 0;
  let silent = false;
  breaker.onStateChange((state) => {
    changes += 1;
    if (state === CircuitState.HalfOpen || silent === (state === CircuitState.Open)) return;
    silent = state === CircuitState.Open;
    changed(silent ? "silent" : "answers");
  });
  return () => changes;
}

/** Being told to wait is an answer, and so is a no. Without a time to wait, most likely no connection came about. */
const isSilence = (answer: Answer<unknown>): boolean =>
  (answer.is === "unknown" && answer.heard !== true) ||
  (answer.is === "did_not_happen" && answer.retryAfterSeconds === null);

const countsAsSilence = (ended: unknown): boolean =>
  typeof ended === "object" && ended !== null && "silent" in ended && ended.silent === true;
