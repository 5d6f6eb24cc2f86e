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

type HandedBack = { readonly reached: readonly string[]; readonly settled: readonly string[] };
type Row = HandedBack & (ClaimedJob | { readonly id: null }) & { readonly nextMs: number | null };

/** What a turn took; where it took nothing, in how many milliseconds something waits for a time (null: nothing does). */
export type Turn = { readonly jobs: readonly ClaimedJob[]; readonly nextMs: number | null };

const NO_TURN: Turn = { jobs: [], nextMs: null };

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

  /** Resolves when a turn, or `end`, has stored it. False: the lane was taken over meanwhile. */
  handBack(job: ClaimedJob, lease: AbortSignal): Promise<boolean> {
    const handedBack = Promise.withResolvers<boolean>();
    this.#finished = [...this.#finished, { job, lease, handedBack }];
    return handedBack.promise;
  }

  /** Takes as many jobs as there are hands free, and those that held what is handed back now. */
  async next(freeHands: number): Promise<Turn> {
    const finished = this.#finished;
    if (freeHands <= 0 && finished.length === 0) return NO_TURN;
    this.#finished = [];
    const { now, leaseSeconds, mostPerBucket } = this.#terms;
    const done = finished.map(({ job: { lane, id, lease, attempts } }) => ({
      lane,
      id,
      lease,
      attempts: attempts + 1,
    }));
    const values = [now(), leaseSeconds, freeHands, mostPerBucket, JSON.stringify(done)];
    try {
      const { rows } = await this.#pool.query<Row>({ name: "outbox_turn_over", text: TURN_OVER, values });
      this.#free(finished, rows[0]);
      const jobs = rows.flatMap(({ reached: _r, settled: _s, nextMs: _n, ...job }) => (job.id === null ? [] : [job]));
      return { jobs, nextMs: rows[0]?.nextMs ?? null };
    } catch (error) {
      this.#again(finished, error);
      throw error;
    }
  }

  /** There are no more turns: whatever is still to be handed back is stored each for itself. Waits for none of it. */
  end(): void {
    const finished = this.#finished;
    this.#finished = [];
    for (const one of finished) this.#handBackAlone(one);
  }

  /** Whose lane is in other hands for a moment waits for it alone, and keeps its own hand until then. */
  #free(finished: readonly Finished[], { reached = [], settled = [] }: Partial<HandedBack> = {}): void {
    const [free, stored] = [new Set(reached), new Set(settled)];
    for (const one of finished) {
      const { job, handedBack } = one;
      if (!free.has(job.id)) {
        this.#handBackAlone(one);
        continue;
      }
      this.#onFree(job);
      handedBack.resolve(stored.has(job.id));
    }
  }

  #handBackAlone({ job, lease, handedBack }: Finished): void {
    const how = { job, verdict: succeeded(job), now: this.#terms.now() };
    void settle(this.#pool, how, lease).then(handedBack.resolve, handedBack.reject);
  }

  /** What could not be stored is tried again as long as its lane is ours. */
  #again(finished: readonly Finished[], because: unknown): void {
    this.#finished = [...finished.filter(({ lease }) => !lease.aborted), ...this.#finished];
    for (const { lease, handedBack } of finished) if (lease.aborted) handedBack.reject(because);
  }
}
