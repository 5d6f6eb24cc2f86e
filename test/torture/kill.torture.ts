import { afterAll, describe, expect, test } from "vitest";
import { killedAt, WELL } from "./killed-at.ts";

/** More points than a payment has: the last ones are passed by nobody, and the service lives. */
const MOST = 160;

describe("the service is killed between the press on Pay and the word to the CRM", { concurrent: true }, () => {
  const points = Array.from({ length: MOST }, (_, at) => at + 1);
  let deaths = 0;

  test.each(points)("at point %i: one payment, one word to the CRM, one card", async (point) => {
    const { killed, ...seen } = await killedAt(point);
    if (killed) deaths += 1;
    expect(seen).toEqual(WELL);
  });

  afterAll(() => {
    // The points reach from the press to after the last word.
    expect(deaths).toBeGreaterThan(60);
    expect(deaths).toBeLessThan(MOST);
  });
});
