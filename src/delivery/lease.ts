import type pg from "pg";
import { RENEW } from "../store/outbox/statements.ts";
import type { ClaimedJob } from "./job.ts";

export type LeaseTerms = {
  readonly leaseSeconds: number;
  /** After this nobody believes any more that the handler will end: the lease is left to run out. */
  readonly handleSeconds: number;
  readonly onTrouble: (error: unknown) => void;
};

/** Renews the lease of a job's lane while its handler works, and tells the handler when it should give up. */
export class Lease {
  readonly #pool: pg.Pool;
  readonly #job: ClaimedJob;
  readonly #terms: LeaseTerms;
  readonly #lost = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly #began = performance.now();

  constructor(pool: pg.Pool, job: ClaimedJob, terms: LeaseTerms) {
    this.#pool = pool;
    this.#job = job;
    this.#terms = terms;
    this.#timer = setInterval(() => void this.#renew(), (terms.leaseSeconds * 1000) / 3);
  }

  /** Aborts when the lane is no longer ours, or the time for one try is over. */
  get signal(): AbortSignal {
    return this.#lost.signal;
  }

  giveUp(because: string): void {
    clearInterval(this.#timer);
    this.#lost.abort(new Error(because));
  }

  end(): void {
    clearInterval(this.#timer);
  }

  async #renew(): Promise<void> {
    const { leaseSeconds, handleSeconds, onTrouble } = this.#terms;
    if (performance.now() - this.#began > handleSeconds * 1000) {
      this.giveUp(`The handler did not end within ${handleSeconds} s: its signal is aborted, the lane is let go.`);
      onTrouble(this.signal.reason);
      return;
    }
    try {
      const values = [this.#job.lane, this.#job.lease, leaseSeconds];
      const { rowCount } = await this.#pool.query({ name: "outbox_renew", text: RENEW, values });
      if (rowCount === 0) this.giveUp("The lease ran out and another worker has taken the lane over.");
    } catch (error) {
      onTrouble(error); // the next turn may succeed before the lease runs out
    }
  }
}
