import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { deadlineOf, endOfLocalDay, localDate } from "../../domain/deadline.ts";
import { DEFAULT_POLICY } from "../../domain/policy.ts";

const inZone = (timeZone: string, deadline = DEFAULT_POLICY.deadline) => ({ ...DEFAULT_POLICY, timeZone, deadline });
const ends = (now: string, policy = DEFAULT_POLICY, asked?: { days: number } | { date: string }): string =>
  deadlineOf(new Date(now), policy, asked).toISOString();

describe("a link issued in Yerevan", () => {
  test("ends with the third day after, at the close of that day there", () => {
    expect(ends("2026-11-24T08:00:00Z")).toBe("2026-11-27T19:59:59.000Z");
  });

  test("counts its days where the merchant is: 21:00 UTC is already tomorrow", () => {
    expect(ends("2026-11-24T19:59:59Z")).toBe("2026-11-27T19:59:59.000Z");
    expect(ends("2026-11-24T20:00:00Z")).toBe("2026-11-28T19:59:59.000Z");
  });

  test("ends after as many days as the manager typed, or with the day that was typed", () => {
    expect(ends("2026-11-24T08:00:00Z", DEFAULT_POLICY, { days: 7 })).toBe("2026-12-01T19:59:59.000Z");
    expect(ends("2026-11-24T08:00:00Z", DEFAULT_POLICY, { days: 0 })).toBe("2026-11-24T19:59:59.000Z");
    expect(ends("2026-11-24T08:00:00Z", DEFAULT_POLICY, { date: "2026-12-31" })).toBe("2026-12-31T19:59:59.000Z");
  });

  test("counts over the ends of months and years, and leap days", () => {
    expect(ends("2026-12-30T08:00:00Z")).toBe("2027-01-02T19:59:59.000Z");
    expect(ends("2028-02-27T08:00:00Z", DEFAULT_POLICY, { days: 2 })).toBe("2028-02-29T19:59:59.000Z");
  });
});

describe("a policy that counts seconds", () => {
  const thirty = inZone("Asia/Yerevan", { seconds: 30 });

  test("ends exactly then, whatever the hour", () => {
    expect(ends("2026-11-24T19:59:45.250Z", thirty)).toBe("2026-11-24T20:00:15.250Z");
  });

  test("gives way to what the manager typed", () => {
    expect(ends("2026-11-24T08:00:00Z", thirty, { days: 1 })).toBe("2026-11-25T19:59:59.000Z");
  });
});

describe("where clocks change", () => {
  test.each([
    ["Europe/Berlin in spring", "Europe/Berlin", "2026-03-27T12:00:00Z", "2026-03-30T21:59:59.000Z"],
    [
      "Europe/Berlin, ending on the very day of spring",
      "Europe/Berlin",
      "2026-03-26T12:00:00Z",
      "2026-03-29T21:59:59.000Z",
    ],
    ["Europe/Berlin in autumn", "Europe/Berlin", "2026-10-23T12:00:00Z", "2026-10-26T22:59:59.000Z"],
    [
      "Europe/Berlin, ending on the very day of autumn",
      "Europe/Berlin",
      "2026-10-22T12:00:00Z",
      "2026-10-25T22:59:59.000Z",
    ],
    ["America/New_York in spring", "America/New_York", "2026-03-06T12:00:00Z", "2026-03-10T03:59:59.000Z"],
    ["America/New_York, the day before spring", "America/New_York", "2026-03-04T12:00:00Z", "2026-03-08T04:59:59.000Z"],
    ["America/New_York in autumn", "America/New_York", "2026-10-30T12:00:00Z", "2026-11-03T04:59:59.000Z"],
    ["America/New_York, the day before autumn", "America/New_York", "2026-10-28T12:00:00Z", "2026-11-01T03:59:59.000Z"],
    ["Pacific/Auckland, hours before autumn", "Pacific/Auckland", "2026-04-01T00:00:00Z", "2026-04-04T10:59:59.000Z"],
    ["Pacific/Auckland, hours before spring", "Pacific/Auckland", "2026-09-23T00:00:00Z", "2026-09-26T11:59:59.000Z"],
  ])("the day still ends at 23:59:59 there: %s", (_, timeZone, now, end) => {
    expect(ends(now, inZone(timeZone))).toBe(end);
  });
});

const ZONES = [
  "Asia/Yerevan",
  "Europe/Berlin",
  "America/New_York",
  "Asia/Kathmandu",
  "Pacific/Auckland",
  "UTC",
] as const;
const instants = fc.date({ min: new Date("2024-01-01"), max: new Date("2036-01-01"), noInvalidDate: true });

describe("whenever and wherever a link is issued", () => {
  test("it ends later than now, at 23:59:59 there, as many local days on as were asked for", () => {
    fc.assert(
      fc.property(instants, fc.constantFrom(...ZONES), fc.integer({ min: 1, max: 400 }), (now, timeZone, days) => {
        const end = deadlineOf(now, inZone(timeZone), { days });
        const clock = new Intl.DateTimeFormat("en-GB", { timeZone, timeStyle: "medium" }).format(end);
        const passed = (Date.parse(localDate(end, timeZone)) - Date.parse(localDate(now, timeZone))) / 86_400_000;
        expect(end.getTime()).toBeGreaterThan(now.getTime());
        expect({ clock, passed }).toEqual({ clock: "23:59:59", passed: days });
      }),
    );
  });

  test("a second after the end of a day it is the next day", () => {
    fc.assert(
      fc.property(instants, fc.constantFrom(...ZONES), (now, timeZone) => {
        const today = localDate(now, timeZone);
        const end = endOfLocalDay(today, timeZone);
        expect(localDate(end, timeZone)).toBe(today);
        expect(localDate(new Date(end.getTime() + 1000), timeZone) > today).toBe(true);
      }),
    );
  });
});
