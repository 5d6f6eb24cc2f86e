import type { Lend } from "../store/outbox/hands.ts";
import type { ClaimedJob } from "./job.ts";
import type { Terms } from "./options.ts";

type Worker = Pick<Terms, "now" | "leaseSeconds" | "mostPerBucket"> & {
  /** Hands with nothing in them, lent ones included. */
  readonly empty: () => number;
  readonly take: (job: ClaimedJob) => void;
  readonly wake: () => void;
};

/** The worker's hands while senders of its own process have them. */
export class Lending {
  readonly #worker: Worker;
  readonly #going = new Set<Promise<void>>();
  #lent = 0;
  #missed = false;

  constructor(worker: Worker) {
    this.#worker = worker;
  }

  readonly lend: Lend = async (most, send) => {
    const { now, leaseSeconds, mostPerBucket } = this.#worker;
    const hands = Math.max(0, Math.min(most, this.#worker.empty() - this.#lent));
    const sending = send({ hands, now: now(), leaseSeconds, mostPerBucket });
    if (hands === 0) return sending;
    this.#lent += hands;
    const over = sending.then(
      (rows) =>
        this.#giveBack(
          hands,
          rows.flatMap(({ taken }) => taken ?? []),
        ),
      () => this.#giveBack(hands, []),
    );
    this.#going.add(over);
    await over;
    this.#going.delete(over);
    return sending;
  };

  /** The hands that a claim may count on. It may leave work for those that are lent. */
  free(): number {
    this.#missed = this.#lent > 0;
    return this.#worker.empty() - this.#lent;
  }

  /** Resolves when nobody has a hand any more. */
  async ended(): Promise<void> {
    await Promise.all(this.#going);
  }

  #giveBack(hands: number, taken: readonly ClaimedJob[]): void {
    this.#lent -= hands;
    for (const job of taken) this.#worker.take(job);
    if (this.#missed && taken.length < hands) this.#worker.wake();
  }
}
