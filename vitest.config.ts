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
    // One for each of two cores. A third is no quicker where they are busy, and its stories are late for Slack's patience.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    env: COMPILED,
    testTimeout: 15_000,
    hookTimeout: 30_000,
  },
});
