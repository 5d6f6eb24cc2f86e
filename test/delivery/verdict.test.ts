import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { backoffSeconds } from "../../src/delivery/backoff.ts";
import type { Job } from "../../src/delivery/job.ts";
import { failed } from "../../src/delivery/verdict.ts";

const backoff = { firstSeconds: 2, capSeconds: 600 };
const policy = { attempts: (topic: string) => (topic === "look_up" ? 3 : 10), backoff, random: () => 0.5 };
const job = (attempts: number, topic = "tell"): Job => ({
  id: "1",
  idempotencyKey: "5f6c4f0e-3c0c-4b52-9a53-5d3f4a3a6b10",
  lane: "a",
  bucket: "x",
  topic,
  payload: {},
  attempts,
  dedupeKey: null,
  requestId: null,
});
const thrown = (fields: object): Error => Object.assign(new Error("the other side said no"), fields);

const failures = fc.integer({ min: 1, max: 2000 });
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const shape = fc.record({
  firstSeconds: fc.double({ min: 0.001, max: 60, noNaN: true }),
  capSeconds: fc.double({ min: 0.001, max: 86_400, noNaN: true }),
});

describe("the wait before another try", () => {
  test("lies between nothing and the cap, however many tries have failed", () => {
    fc.assert(
      fc.property(failures, random, shape, (count, luck, terms) => {
        const seconds = backoffSeconds(count, terms, luck);
        expect(seconds).toBeGreaterThanOrEqual(0);
        expect(seconds).toBeLessThanOrEqual(Math.min(terms.capSeconds, terms.firstSeconds * 2 ** (count - 1)));
      }),
    );
  });

  test("doubles with every failure until the cap, for the same luck", () => {
    fc.assert(
      fc.property(failures, random, shape, (count, luck, terms) => {
        const [now, next] = [backoffSeconds(count, terms, luck), backoffSeconds(count + 1, terms, luck)];
        expect(next).toBeCloseTo(Math.min(2 * now, terms.capSeconds * luck), 6);
      }),
    );
  });

  test("spreads over the whole range, so that what failed together does not come back together", () => {
    expect([0, 0.25, 0.5, 0.99].map((luck) => backoffSeconds(3, backoff, luck))).toEqual([0, 2, 4, 7.92]);
  });
});

describe("a handler throws", () => {
  test("a plain error: again, a little later", () => {
    expect(failed(job(0), thrown({}), policy)).toEqual({
      is: "again",
      attempts: 1,
      seconds: 1,
      error: "Error: the other side said no",
    });
  });

  test("at the last try of its topic: given up", () => {
    expect(failed(job(2, "look_up"), thrown({}), policy)).toMatchObject({ is: "dead", attempts: 3 });
    expect(failed(job(2, "tell"), thrown({}), policy)).toMatchObject({ is: "again", attempts: 3 });
  });

  test("an error that says trying again cannot help: given up at once, even if it names a time", () => {
    expect(failed(job(0), thrown({ again: false }), policy)).toMatchObject({ is: "dead", attempts: 1 });
    expect(failed(job(0), thrown({ again: false, retryAfterSeconds: 5 }), policy).is).toBe("dead");
    expect(failed(job(0), thrown({ again: true }), policy).is).toBe("again");
  });

  test("an error that names a time: deferred, and the try does not count, not even the last one", () => {
    expect(failed(job(9), thrown({ retryAfterSeconds: 30 }), policy)).toMatchObject({
      is: "deferred",
      attempts: 9,
      seconds: 30,
    });
  });

  test.each([
    [0, 1],
    [-5, 1],
    [Infinity, 86_400],
    [1e12, 86_400],
  ])("a time of %s seconds, which the other side cannot mean, becomes %s", (asked, seconds) => {
    expect(failed(job(0), thrown({ retryAfterSeconds: asked }), policy)).toMatchObject({ is: "deferred", seconds });
  });

  test.each([[null], [undefined], ["soon"], [NaN]])("a time of %s is no time", (asked) => {
    expect(failed(job(0), thrown({ retryAfterSeconds: asked }), policy).is).toBe("again");
  });

  test("whatever it throws, the error can be stored: no character 0, and not without end", () => {
    expect(failed(job(0), "a\0b", policy)).toMatchObject({ error: "ab" });
    expect(failed(job(0), undefined, policy)).toMatchObject({ is: "again", error: "undefined" });
    expect(failed(job(0), new Error("x".repeat(9000)), policy)).toHaveProperty("error.length", 2000);
  });
});
