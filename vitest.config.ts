import { defineConfig } from "vitest/config";
import { COMPILED } from "./test/in-terminal.ts";
import { LongestFirst } from "./test/longest-first.ts";

/** Threads without isolation: loading the ORM once, not once per file, more than halves the time of the run. */
export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/global-setup.ts"],
    pool: "threads",
    isolate: false,
    // Most of a test is waiting for a process or a database: two would leave a part of two cores idle.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    env: COMPILED,
    testTimeout: 15_000,
    hookTimeout: 30_000,
  },
});
