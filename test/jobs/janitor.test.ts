import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { startJanitor } from "../../src/jobs/janitor.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a service that is started anew every few minutes", () => {
  test("has its chores done all the same, and one that fails keeps no other from its turn", async () => {
    const done: string[] = [];
    const failing = { name: "fails", run: () => Promise.reject(new Error("the disk is full")) };
    const cleaning = { name: "cleans", run: async () => void done.push("cleaned") };
    const janitor = startJanitor([failing, cleaning], (_error, chore) => done.push(`${chore}!`));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(done).toEqual(["fails!", "cleaned"]);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(done).toHaveLength(4);
    janitor.stop();
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(done).toHaveLength(4);
  });
});
