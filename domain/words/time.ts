import type { Locale } from "../locale.ts";

/** The month is a word, so that day and month are never mistaken for each other. */
const DATES: Readonly<Record<Locale, { readonly tag: string; readonly month: "short" | "long" }>> = {
  hy: { tag: "hy", month: "long" },
  ru: { tag: "ru", month: "long" },
  en: { tag: "en-GB", month: "short" },
};

/** A moment as it is where the merchant is: `27 Nov 2026, 23:59`. */
export function sayTime(at: Date, locale: Locale, timeZone: string): string {
  const { tag, month } = DATES[locale];
  const day = new Intl.DateTimeFormat(tag, { timeZone, day: "numeric", month, year: "numeric" }).format(at);
  return `${day}, ${sayClock(at, locale, timeZone)}`;
}

/** The time of day alone, for what happens within the hour: `14:02`. */
export const sayClock = (at: Date, locale: Locale, timeZone: string): string =>
  new Intl.DateTimeFormat(DATES[locale].tag, { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(
    at,
  );
