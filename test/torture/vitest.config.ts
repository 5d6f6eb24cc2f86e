import { defineConfig } from "vitest/config";
import suite from "../../vitest.config.ts";

/** What takes too long for every run: `npm run torture`. */
export default defineConfig({
  test: {
    ...suite.test,
    include: ["test/torture/*.torture.ts"],
    maxConcurrency: 4,
    testTimeout: 400_000,
  },
});
