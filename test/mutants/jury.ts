import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Mutant } from "./mutants.ts";
import type { Question, Verdict } from "./trial.ts";

/** Who saw a mutant; nobody: it survived. One that never ends is seen by the clock. */
export type Tried = { readonly mutant: Mutant; readonly failed: string | null };

/** Tries mutants one after the other, in a process that lasts until one of them loops. */
export class Juror {
  readonly #root: string;
  #trial: ChildProcess | undefined;
  #limitMs = 120_000;

  constructor(root: string) {
    this.#root = root;
  }

  /** Runs the tests with nothing changed: who fails then would fail for every mutant. A wreck must be seen by somebody. */
  async begin(wrecked: string): Promise<string | null> {
    const trial = fork(join(import.meta.dirname, "trial.ts"), [this.#root], { stdio: "ignore" });
    this.#trial = trial;
    const { failed, ms } = await this.#hear(trial);
    if (failed !== null) return failed;
    this.#limitMs = 20_000 + 3 * ms;
    const seen = await this.#ask(trial, { file: wrecked, text: `throw new Error("a wreck");` });
    return seen === null ? `nobody misses ${wrecked}` : null;
  }

  async try(mutant: Mutant): Promise<Tried> {
    const { file, text } = mutant;
    if (!this.#trial) await this.begin(file);
    if (!this.#trial) throw new Error("the process that tries mutants did not start");
    return { mutant, failed: await this.#ask(this.#trial, { file, text }) };
  }

  async #ask(trial: ChildProcess, question: Question): Promise<string | null> {
    trial.send(question);
    const { failed } = await this.#hear(trial);
    return failed;
  }

  end(): void {
    this.#trial?.kill("SIGKILL");
    this.#trial = undefined;
  }

  /** The next word of a trial; one that says none in time, or dies, has met a mutant that does not end. */
  async #hear(trial: ChildProcess): Promise<Verdict> {
    const over = new AbortController();
    const { signal } = over;
    const clock = setTimeout(() => over.abort(), this.#limitMs);
    try {
      return await Promise.race([
        once(trial, "message", { signal }).then(([verdict]) => verdict as Verdict),
        once(trial, "exit", { signal }).then(() => {
          throw new Error("the trial ended");
        }),
      ]);
    } catch {
      this.end();
      return { failed: "the clock", ms: this.#limitMs };
    } finally {
      clearTimeout(clock);
      over.abort();
    }
  }
}
