import type { Locale } from "../../domain/locale.ts";

export const timeZone = "Asia/Yerevan";

const OWN: Record<Locale, RegExp> = {
  hy: /^\p{Script=Armenian}+$/u,
  ru: /^\p{Script=Cyrillic}+$/u,
  en: /^\p{Script=Latin}+$/u,
};

/** Words that stand in Latin letters in every language: names, commands, and what the tests themselves put in. */
const FOREIGN = new Set(
  `CRM API Slack Telegram Ani INV AMD USD KWD vpos stripe shop RRN R X E HALF DONE merchant is blocked record locked receipt chat not found
  paylink paythread deal order expires d lang hy ru en send resend cancel verify why list cases help reissue dry run part new amount too much agreed part expires
  wrong customer x off telegram slack T U`.split(/\s+/),
);

/** Why a text is not words of its language alone: a Latin `o` inside an Armenian or a Russian word is found here. */
export function languageFaults(text: string, locale: Locale): string[] {
  const words = text.match(/\p{L}+/gu) ?? [];
  return [
    ...words.filter((word) => !OWN[locale].test(word) && !FOREIGN.has(word)).map((word) => `strange word ${word}`),
    ...(words.some((word) => OWN[locale].test(word)) ? [] : [`nothing is said in ${locale}`]),
    ...(text.match(/undefined|null|NaN|Invalid|\[object|function|=>|\$\{/g) ?? []).map((slip) => `slip ${slip}`),
  ];
}

const END: Record<Locale, string> = { hy: "։", ru: ".", en: "." };

/** The same for whole sentences: closed as that language closes them, with no gap where a detail was missing. */
export function sentenceFaults(text: string, locale: Locale): string[] {
  return [
    ...languageFaults(text, locale),
    ...(text.endsWith(END[locale]) ? [] : [`not closed: ${text}`]),
    ...(/ {2}|\.\.|։։| [.,։]|\( *\)|«»|“”/u.test(text) ? [`gap: ${text}`] : []),
  ];
}
