import { join } from "node:path";
import { createVitest, type TestSpecification, type Vitest } from "vitest/node";

/** What a trial is asked: these tests, with this text in place of the file's own. */
export type Question = { readonly file: string; readonly text: string };

/** What it answers: the tests as they are (nobody failed, or who), then for each mutant who saw it. */
export type Verdict = { readonly failed: string | null; readonly ms: number };

/** A file of tests that takes longer than this is asked only about what all the others let pass. */
const SLOW_MS = 2000;

const root = process.argv[2] ?? "";
let now: Question | undefined;

/** One vitest for many mutants: starting it takes longer than the tests do. */
const vitest = await createVitest(
  "test",
  {
    root,
    config: false,
    watch: false,
    bail: 1,
    pool: "threads",
    isolate: false,
    maxWorkers: 1,
    testTimeout: 600_000, // a slow machine sees no mutants: the clock of all of a trial is the jury's
    include: ["test/domain/*.test.ts"],
    exclude: ["test/domain/{case,refusal}-stories.test.ts"], // these ask a database, which a jury has not
    reporters: [{}],
    fsModuleCache: false, // it is keyed by what stands on the disk, and a mutant does not stand there
  },
  {
    plugins: [
      {
        name: "mutant",
        enforce: "pre",
        transform: (_, id) => (now && id === join(root, now.file) ? { code: now.text, map: null } : undefined),
      },
    ],
  },
);

const all = await vitest.globTestSpecifications();
const first = await run(vitest, all);
const slow = new Set(
  first.modules.filter((one) => one.diagnostic().duration > SLOW_MS).map(({ moduleId }) => moduleId),
);
const rounds = [false, true].map((late) => all.filter(({ moduleId }) => slow.has(moduleId) === late));
say({ failed: all.length === 0 ? "there are no tests" : first.failed, ms: first.ms });

process.on("message", (question: Question) => {
  void answer(question).then(say);
});
process.on("disconnect", () => process.exit());

async function answer(question: Question): Promise<Verdict> {
  const from = performance.now();
  now = question;
  vitest.invalidateFile(join(root, question.file));
  let failed: string | null = null;
  for (const specifications of rounds) {
    if (failed === null && specifications.length > 0) ({ failed } = await run(vitest, specifications));
  }
  vitest.invalidateFile(join(root, question.file));
  return { failed, ms: performance.now() - from };
}

async function run(by: Vitest, specifications: TestSpecification[]) {
  const from = performance.now();
  const { testModules, unhandledErrors } = await by.runTestSpecifications(specifications);
  const asked = new Set(specifications.map(({ moduleId }) => moduleId));
  const modules = testModules.filter(({ moduleId }) => asked.has(moduleId)); // the others stand there from a run before
  const failed = modules.find((one) => !one.ok())?.relativeModuleId ?? (unhandledErrors[0] ? "an error" : null);
  return { failed, modules, ms: performance.now() - from };
}

function say(verdict: Verdict): void {
  process.send?.(verdict);
}
