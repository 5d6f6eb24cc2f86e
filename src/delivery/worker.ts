import type pg from "pg";
import type { Lend } from "../store/outbox/hands.ts";
import { backoffSeconds, type Backoff } from "./backoff.ts";
import { tellOfTheDead } from "./burials.ts";
import type { ClaimedJob } from "./job.ts";
import { Lease } from "./lease.ts";
import { Lending } from "./lending.ts";
import { listen } from "./listener.ts";
import { poolFor, termsOf, type Terms, type WorkerOptions } from "./options.ts";
import { pause } from "./pause.ts";
import { settle } from "./settle.ts";
import { type Turn, Turns } from "./turn.ts";
import { exhausted, failed, succeeded, type Verdict } from "./verdict.ts";

/** Notifications make it quick; this poll makes it sure. It slows down from the first to the second while idle. */
const POLL_MS = 200;
const IDLE_POLL_MS = 1000;

/** So long a lane that is done waits for others to be handed back with, as long as there are more than a few hands. */
const GATHERING_MS = 10;
const FEW_HANDS = 3;

/** How far apart claims are tried while the database does not answer. */
const OUTAGE: Backoff = { firstSeconds: 0.4, capSeconds: 10 };

/**
 * Delivers what the outbox holds: at least once, each lane in order, each bucket in its pace. Any number of workers in
 * any number of processes share the work. `handle` is told the same job again if we die before settling it.
 */
export class OutboxWorker {
  readonly #pool: pg.Pool;
  readonly #poolIsOurs: boolean;
  readonly #terms: Terms;
  readonly #turns: Turns;
  readonly #hands = new Map<ClaimedJob, { readonly lease: Lease; readonly ended: Promise<void> }>();
  readonly #stopping = new AbortController();
  readonly #lending: Lending;
  #wake = new AbortController();
  #started = false;
  #soon: NodeJS.Timeout | undefined;
  #pollMs = POLL_MS;
  #failures = 0;
  #loops: Promise<unknown> | undefined;
  #stopped: Promise<void> | undefined;

  constructor(options: WorkerOptions) {
    this.#terms = termsOf(options);
    this.#poolIsOurs = !("pool" in options);
    this.#pool = "pool" in options ? options.pool : poolFor(options.url, options.concurrency, options.onTrouble);
    this.#turns = new Turns(this.#pool, this.#terms, (job) => this.#hands.delete(job));
    this.#lending = new Lending({
      ...this.#terms,
      empty: () => this.#emptyHands(),
      take: (job) => this.#take(job),
      wake: () => this.wake(),
    });
  }

  /** Begins to work. A database that is away is trouble, reported and waited for, not an error of this call. */
  start(): void {
    const { onTrouble } = this.#terms;
    const ears = { onHint: () => this.wake(), onTrouble, signal: this.#stopping.signal };
    this.#started = true;
    this.#loops ??= Promise.all([this.#work(), this.#tellOfTheDead(), listen(this.#pool, ears)]);
  }

  /** Looks for work now, such as after a test has moved the time. */
  wake(): void {
    clearTimeout(this.#soon);
    this.#soon = undefined;
    this.#wake.abort();
  }

  /** Lends hands to those who send; none before the start and after the stop. */
  get lend(): Lend {
    return this.#lending.lend;
  }

  /** Takes nothing new and waits for what is in hand, but not for ever: after `stopSeconds` it is left to its lease. */
  stop(): Promise<void> {
    return (this.#stopped ??= this.#stop());
  }

  async #stop(): Promise<void> {
    this.#stopping.abort();
    this.wake();
    await this.#loops;
    const allEnded = new AbortController();
    void this.#lending
      .ended()
      .then(() => Promise.all([...this.#hands.values()].map(({ ended }) => ended)))
      .then(() => allEnded.abort());
    await pause(this.#terms.stopSeconds * 1000, allEnded.signal);
    this.#leaveBehind();
    if (this.#poolIsOurs) await this.#pool.end();
  }

  #emptyHands(): number {
    return this.#started && !this.#stopping.signal.aborted ? this.#terms.concurrency - this.#hands.size : 0;
  }

  #leaveBehind(): void {
    for (const [job, { lease }] of this.#hands) {
      lease.giveUp("The worker has stopped.");
      this.#terms.onTrouble(new Error("Still in hand when the worker stopped: it will be delivered again."), job);
    }
  }

  async #work(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      this.#wake = new AbortController();
      const { jobs, nextMs } = await this.#turn();
      for (const job of jobs) this.#take(job);
      this.#lending.claimed();
      if (jobs.length > 0) this.#pollMs = POLL_MS;
      else await this.#rest(nextMs);
    }
    this.#turns.end();
  }

  async #turn(): Promise<Turn> {
    try {
      const turn = await this.#turns.next(this.#lending.free());
      this.#failures = 0;
      return turn;
    } catch (error) {
      this.#failures += 1;
      this.#terms.onTrouble(error);
      return { jobs: [], nextMs: null };
    }
  }

  /** Until a hint, a free hand, the next time that something waits for, or the poll. */
  async #rest(nextMs: number | null): Promise<void> {
    // What could be taken and was not is in somebody else's hands this moment.
    const waits = nextMs === null || nextMs <= 0 || this.#emptyHands() <= 0 ? Infinity : Math.ceil(nextMs);
    await pause(this.#failures > 0 ? this.#outageMs() : Math.min(this.#pollMs, waits), this.#wake.signal);
    if (!this.#wake.signal.aborted) this.#pollMs = Math.min(this.#pollMs * 1.5, IDLE_POLL_MS);
  }

  /** The poll comes as soon as the database is back; a hint cannot tell, as it comes over the same lost connection. */
  #outageMs(): number {
    return POLL_MS + backoffSeconds(this.#failures, OUTAGE, Math.random()) * 1000;
  }

  #take(job: ClaimedJob): void {
    const onTrouble = (error: unknown): void => this.#terms.onTrouble(error, job);
    const lease = new Lease(this.#pool, job, { ...this.#terms, onTrouble });
    const ended = this.#deliver(job, lease)
      .catch(onTrouble) // not settled: the lease runs out and the job comes again
      .finally(() => {
        lease.end();
        if (this.#hands.delete(job)) this.wake();
      });
    this.#hands.set(job, { lease, ended });
  }

  async #deliver(job: ClaimedJob, lease: Lease): Promise<void> {
    const verdict = await this.#attempt(job, lease.signal);
    if (!(await this.#store(job, verdict, lease.signal)))
      throw new Error("The lane was taken over before the result was stored: the job is delivered again.");
    if (verdict.is === "dead") await tellOfTheDead(this.#pool, this.#terms);
  }

  /** The next turn hands back what is done; everything else, and the last when we stop, is stored for itself. */
  async #store(job: ClaimedJob, verdict: Verdict, lease: AbortSignal): Promise<boolean> {
    if (verdict.is === "done" && !this.#stopping.signal.aborted) {
      const handedBack = this.#turns.handBack(job, lease);
      this.#turnSoon();
      return handedBack;
    }
    return settle(this.#pool, { job, verdict, now: this.#terms.now() }, lease);
  }

  /** What is done a moment later is handed back with it, unless hands are short. */
  #turnSoon(): void {
    if (this.#emptyHands() < FEW_HANDS) this.wake();
    else this.#soon ??= setTimeout(() => this.wake(), GATHERING_MS);
  }

  async #attempt(job: ClaimedJob, signal: AbortSignal): Promise<Verdict> {
    if (job.attempts >= this.#terms.attempts(job.topic)) return exhausted(job);
    try {
      await this.#terms.handle(job, signal);
      return succeeded(job);
    } catch (error) {
      return failed(job, error, this.#terms);
    }
  }

  async #tellOfTheDead(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      await tellOfTheDead(this.#pool, this.#terms).catch(this.#terms.onTrouble);
      await pause((this.#terms.leaseSeconds * 1000) / 3, signal);
    }
  }
}
