import { defineConfig } from "vitest/config";

/** Threads without isolation: loading the ORM once, not once per file, more than halves the time of the run. */
export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/global-setup.ts"],
    pool: "threads",
    isolate: false,
    // Most of a test is waiting for a process or a database: one for each of two cores.
    maxWorkers: 2,
    testTimeout: 15_000,
    hookTimeout: 30_000,
  },
});
