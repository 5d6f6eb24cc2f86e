/** The languages every sentence exists in: Armenian, Russian, English. */
export const LOCALES = ["hy", "ru", "en"] as const;

export type Locale = (typeof LOCALES)[number];

export const isLocale = (text: unknown): text is Locale => LOCALES.some((known) => known === text);
