import type { Lend } from "../store/outbox/hands.ts";
import type { ClaimedJob } from "./job.ts";
import type { Terms } from "./options.ts";

type Worker = Pick<Terms, "now" | "leaseSeconds" | "mostPerBucket"> & {
  /** Hands with nothing in them, lent ones included. Negative: more is in hand than there are hands. */
  readonly empty: () => number;
  readonly take: (job: ClaimedJob) => void;
  readonly wake: () => void;
};

/** A statement that takes longer waits for somebody: its hands are needed meanwhile. */
const LOAN_MS = 30;

/** The worker's hands while senders of its own process have them. */
export class Lending {
  readonly #worker: Worker;
  readonly #going = new Set<Promise<void>>();
  #lent = 0;
  #claiming = 0;
  #missed = false;

  constructor(worker: Worker) {
    this.#worker = worker;
  }

  readonly lend: Lend = async (most, send) => {
    const { now, leaseSeconds, mostPerBucket } = this.#worker;
    const hands = Math.max(0, Math.min(most, this.#worker.empty() - this.#lent - this.#claiming));
    const sending = send({ hands, now: now(), leaseSeconds, mostPerBucket });
    if (hands === 0) return sending;
    const giveBack = this.#lendFor(hands);
    const isLate = this.#half(leaseSeconds);
    const over = sending.then(
      (rows) => giveBack(isLate() ? [] : rows.flatMap(({ taken }) => taken ?? [])),
      () => giveBack([]),
    );
    this.#going.add(over);
    await over;
    this.#going.delete(over);
    return sending;
  };

  /**
   * The hands that a claim may count on: half of what is free, so that senders have some meanwhile. They are kept for it
   * until `claimed`. It may leave work for those that are lent.
   */
  free(): number {
    this.#missed = this.#lent > 0;
    const free = this.#worker.empty() - this.#lent;
    this.#claiming = Math.max(0, Math.ceil(free / 2));
    return Math.min(free, this.#claiming);
  }

  /** What was claimed is in hand. */
  claimed(): void {
    this.#claiming = 0;
  }

  /** Resolves when no sender has a hand any more. */
  async ended(): Promise<void> {
    await Promise.all(this.#going);
  }

  /** Answers with how they are given back, which they are by themselves after a while. */
  #lendFor(hands: number): (taken: readonly ClaimedJob[]) => void {
    this.#lent += hands;
    let isOver = false;
    const back = (used: number): void => {
      if (isOver) return;
      isOver = true;
      this.#lent -= hands;
      if (this.#missed && used < hands) this.#worker.wake();
    };
    const loan = setTimeout(() => back(0), LOAN_MS);
    return (taken) => {
      clearTimeout(loan);
      for (const job of taken) this.#worker.take(job);
      back(taken.length);
    };
  }

  /** A lease counts from the beginning of its statement: what comes back late in it is left to run out, not worked on twice. */
  #half(leaseSeconds: number): () => boolean {
    const began = performance.now();
    return () => performance.now() - began > (leaseSeconds * 1000) / 2;
  }
}
