import { isLocale, type Locale, LOCALES } from "../../../domain/locale.ts";

/** Who may say in which language a page is shown, from the strongest wish to the weakest. */
export type LanguageWishes = {
  /** `?lang=`: what the customer pressed. */
  readonly chosen: Locale | null;
  /** The customer's language in the CRM, or the one the manager asked for. */
  readonly known: Locale | null;
  /** The header `Accept-Language`: what the browser prefers. */
  readonly accepted: string;
};

/** Armenian when nobody said, or when the browser asks only for languages we do not speak. */
export const chooseLanguage = ({ chosen, known, accepted }: LanguageWishes): Locale =>
  chosen ?? known ?? preferred(accepted) ?? "hy";

/** The first of the best liked languages that we speak (RFC 9110, section 12.5.4); `;q=0` means "not this one". */
function preferred(header: string): Locale | undefined {
  const liked = header.split(",").map(rangeOf);
  const refused = new Set(liked.filter(({ quality }) => quality === 0).map(({ language }) => language));
  const spoken = liked
    .filter(({ quality }) => quality > 0)
    .toSorted((a, b) => b.quality - a.quality)
    .map(({ language }) => (language === "*" ? LOCALES.find((locale) => !refused.has(locale)) : language));
  return spoken.find(isLocale);
}

const RANGE = /^(?<language>[a-z]{1,8}|\*)(?:-[a-z\d-]+)?(?:\s*;\s*q=(?<quality>[01](?:\.\d{0,3})?))?$/i;

/** `ru-RU;q=0.8` is Russian, liked 0.8. What cannot be read is not liked. */
function rangeOf(text: string): { language: string; quality: number } {
  const read = RANGE.exec(text.trim())?.groups;
  if (!read) return { language: "", quality: -1 };
  return { language: (read["language"] ?? "").toLowerCase(), quality: Number(read["quality"] ?? "1") };
}
