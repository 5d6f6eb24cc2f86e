import type { Policy } from "./policy.ts";

/** What a manager may type after `expires`: so many days, or a local calendar day. */
export type DeadlineAsked = { readonly days: number } | { readonly date: string };

const DAY_MS = 86_400_000;

/**
 * When a link issued at `now` stops being payable. Days end at the close of that day where the merchant is, whatever
 * daylight saving does in between (product rule 4).
 */
export function deadlineOf(now: Date, policy: Policy, asked?: DeadlineAsked): Date {
  if (asked && "date" in asked) return endOfLocalDay(asked.date, policy.timeZone);
  const rule = asked ?? policy.deadline;
  if ("seconds" in rule) return new Date(now.getTime() + rule.seconds * 1000);
  const today = Date.parse(`${localDate(now, policy.timeZone)}T00:00:00Z`);
  return endOfLocalDay(new Date(today + rule.days * DAY_MS).toISOString().slice(0, 10), policy.timeZone);
}

/** The calendar day at a place, as `2026-12-01`. */
export const localDate = (at: Date, timeZone: string): string => clockOf(timeZone).day.format(at);

/** The last second of a local calendar day. */
export function endOfLocalDay(date: string, timeZone: string): Date {
  const wall = Date.parse(`${date}T23:59:59Z`);
  const guess = new Date(wall - offsetMs(new Date(wall), timeZone));
  return new Date(wall - offsetMs(guess, timeZone)); // once more: the first guess may lie beyond a change of the clocks
}

/** How far a place's clock is ahead of UTC at an instant, in milliseconds. */
function offsetMs(at: Date, timeZone: string): number {
  const parts = clockOf(timeZone).wall.formatToParts(at);
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value);
  const wall = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
  return wall - Math.floor(at.getTime() / 1000) * 1000;
}

const DAY = { year: "numeric", month: "2-digit", day: "2-digit" } as const;
const WALL = { ...DAY, hourCycle: "h23", hour: "2-digit", minute: "2-digit", second: "2-digit" } as const;

const clocks = new Map<string, { readonly day: Intl.DateTimeFormat; readonly wall: Intl.DateTimeFormat }>();

/** How a place writes the time. Making these takes fifty times as long as everything else here, and they never change. */
function clockOf(timeZone: string) {
  const known = clocks.get(timeZone);
  if (known) return known;
  const made = {
    day: new Intl.DateTimeFormat("en-CA", { timeZone, ...DAY }),
    wall: new Intl.DateTimeFormat("en-US", { timeZone, ...WALL }),
  };
  clocks.set(timeZone, made);
  return made;
}
