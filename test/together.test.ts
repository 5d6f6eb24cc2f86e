import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { MOST_TOGETHER, together } from "../src/together.ts";

/** A statement that answers each number with its double when it is let go, and notes what it was asked. */
function doubling() {
  const statements: { readonly asks: readonly number[]; end(error?: Error): void }[] = [];
  const double = together(async (asks: readonly number[]) => {
    const ending = Promise.withResolvers<void>();
    statements.push({ asks, end: (error) => (error ? ending.reject(error) : ending.resolve()) });
    await ending.promise;
    return asks.map((ask) => ask * 2);
  });
  return { double, statements };
}

const begun = async (): Promise<void> => {
  await sleep(1);
};

describe("things are asked at the same time", () => {
  test("the first goes at once; what comes meanwhile goes together with the next, and each has its own answer", async () => {
    const { double, statements } = doubling();
    const first = double(1);
    await begun();
    const others = [2, 3, 4].map(double);
    await begun();
    expect(statements.map(({ asks }) => asks)).toEqual([[1]]);
    statements[0]?.end();
    expect(await first).toBe(2);
    await begun();
    expect(statements.map(({ asks }) => asks)).toEqual([[1], [2, 3, 4]]);
    statements[1]?.end();
    expect(await Promise.all(others)).toEqual([4, 6, 8]);
  });

  test("there are never more in one statement than it takes", async () => {
    const asked: number[] = [];
    const double = together(async (asks: readonly number[]) => {
      asked.push(asks.length);
      return asks.map((ask) => ask * 2);
    });
    const all = Array.from({ length: 2 * MOST_TOGETHER + 1 }, (_, nth) => nth);
    expect(await Promise.all(all.map(double))).toEqual(all.map((ask) => ask * 2));
    expect(asked).toEqual([MOST_TOGETHER, MOST_TOGETHER, 1]);
  });

  test("one that takes long does not hold up those that come later", async () => {
    const { double, statements } = doubling();
    const stuck = double(1);
    await begun();
    const later = double(2);
    await expect.poll(() => statements.length, { timeout: 2000, interval: 5 }).toBe(2);
    statements[1]?.end();
    expect(await later).toBe(4);
    statements[0]?.end();
    expect(await stuck).toBe(2);
  });
});

/** What the database answers to a row that stands against a unique index. */
const refusal = (code: string): Error => Object.assign(new Error("13 is refused"), { code });

describe("a statement fails", () => {
  const refusing = (code: string) => {
    const asked: (readonly number[])[] = [];
    const ask = together(async (asks: readonly number[]) => {
      asked.push(asks);
      if (asks.includes(13)) throw refusal(code);
      return asks;
    });
    return { asked, ask };
  };

  test.each(["23505", "22P02", "40P01", "P0001"])(
    "rolled back (%s): each is asked once more alone, and only those hear of it whom it concerns",
    async (code) => {
      const { asked, ask } = refusing(code);
      const all = await Promise.allSettled([12, 13, 14].map(ask));
      expect(all.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
      expect(asked).toEqual([[12, 13, 14], [12], [13], [14]]);
    },
  );

  test.each(["57P01", "ECONNRESET", ""])(
    "nobody knows whether it was done (%s): all hear of it, and nothing is asked a second time",
    async (code) => {
      const { asked, ask } = refusing(code);
      const all = await Promise.allSettled([12, 13, 14].map(ask));
      expect(all.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
      expect(asked).toEqual([[12, 13, 14]]);
    },
  );

  test("it does not answer for everybody: nobody gets somebody else's answer", async () => {
    const short = together(async (asks: readonly number[]) => asks.slice(1));
    const all = await Promise.allSettled([1, 2].map(short));
    expect(all.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  });
});
