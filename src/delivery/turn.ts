import type pg from "pg";
import { TURN_OVER } from "../store/outbox/statements.ts";
import type { ClaimedJob } from "./job.ts";
import type { Terms } from "./options.ts";
import { settle } from "./settle.ts";
import { succeeded } from "./verdict.ts";

/** A job that is done, and who waits for its lane to be handed back. */
type Finished = {
  readonly job: ClaimedJob;
  readonly lease: AbortSignal;
  readonly handedBack: PromiseWithResolvers<boolean>;
};

type Row = { readonly settled: readonly string[] } & (ClaimedJob | { readonly id: null });

/** One statement hands back what is done and takes what comes next: two would be two commits a job. */
export class Turns {
  readonly #pool: pg.Pool;
  readonly #terms: Terms;
  readonly #onFree: (job: ClaimedJob) => void;
  #finished: readonly Finished[] = [];

  /** `onFree` hears at once whose hand is free, so that the next turn can count on it. */
  constructor(pool: pg.Pool, terms: Terms, onFree: (job: ClaimedJob) => void) {
    this.#pool = pool;
    this.#terms = terms;
    this.#onFree = onFree;
  }

  /** Resolves when the next turn, or `end`, has stored it. False: the lane was taken over meanwhile. */
  handBack(job: ClaimedJob, lease: AbortSignal): Promise<boolean> {
    const handedBack = Promise.withResolvers<boolean>();
    this.#finished = [...this.#finished, { job, lease, handedBack }];
    return handedBack.promise;
  }

  /** Takes as many jobs as there are hands free, those included that held what is handed back now. */
  async next(freeHands: number): Promise<ClaimedJob[]> {
    const finished = this.#finished;
    this.#finished = [];
    const hands = freeHands + finished.length;
    if (hands <= 0) return [];
    const { now, leaseSeconds, mostPerBucket } = this.#terms;
    const done = finished.map(({ job: { lane, id, lease, attempts } }) => ({
      lane,
      id,
      lease,
      attempts: attempts + 1,
    }));
    const values = [now(), leaseSeconds, hands, mostPerBucket, JSON.stringify(done)];
    try {
      const { rows } = await this.#pool.query<Row>({ name: "outbox_turn_over", text: TURN_OVER, values });
      const settled = new Set(rows[0]?.settled);
      for (const { job, handedBack } of finished) {
        this.#onFree(job);
        handedBack.resolve(settled.has(job.id));
      }
      return rows.flatMap(({ settled: _settled, ...job }) => (job.id === null ? [] : [job]));
    } catch (error) {
      this.#again(finished, error);
      throw error;
    }
  }

  /** Whatever is still to be handed back, when there are no more turns. */
  async end(): Promise<void> {
    const finished = this.#finished;
    this.#finished = [];
    const now = this.#terms.now();
    for (const { job, lease, handedBack } of finished) {
      await settle(this.#pool, { job, verdict: succeeded(job), now }, lease).then(
        handedBack.resolve,
        handedBack.reject,
      );
    }
  }

  /** What could not be stored is tried again as long as its lane is ours. */
  #again(finished: readonly Finished[], because: unknown): void {
    this.#finished = [...finished.filter(({ lease }) => !lease.aborted), ...this.#finished];
    for (const { lease, handedBack } of finished) if (lease.aborted) handedBack.reject(because);
  }
}
