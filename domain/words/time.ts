import type { Locale } from "../locale.ts";

/** The month is a word, so that day and month are never mistaken for each other. */
const DATES: Readonly<Record<Locale, { readonly tag: string; readonly month: "short" | "long" }>> = {
  hy: { tag: "hy", month: "long" },
  ru: { tag: "ru", month: "long" },
  en: { tag: "en-GB", month: "short" },
};

type Formats = { readonly day: Intl.DateTimeFormat; readonly clock: Intl.DateTimeFormat };

/** Kept, because making one takes a hundred times as long as using it: one for each language in each time zone. */
const FORMATS = new Map<string, Formats>();

function formatsFor(locale: Locale, timeZone: string): Formats {
  const key = `${locale} ${timeZone}`;
  const { tag, month } = DATES[locale];
  const formats = FORMATS.get(key) ?? {
    day: new Intl.DateTimeFormat(tag, { timeZone, day: "numeric", month, year: "numeric" }),
    clock: new Intl.DateTimeFormat(tag, { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }),
  };
  FORMATS.set(key, formats);
  return formats;
}

/** A moment as it is where the merchant is: `27 Nov 2026, 23:59`. */
export const sayTime = (at: Date, locale: Locale, timeZone: string): string =>
  `${formatsFor(locale, timeZone).day.format(at)}, ${sayClock(at, locale, timeZone)}`;

/** The time of day alone, for what happens within the hour: `14:02`. */
export const sayClock = (at: Date, locale: Locale, timeZone: string): string =>
  formatsFor(locale, timeZone).clock.format(at);
