import type { Locale } from "../../../domain/locale.ts";
import { en } from "./words/en.ts";
import { hy } from "./words/hy.ts";
import type { PageWords } from "./words/page-words.ts";
import { ru } from "./words/ru.ts";

/** The names of the languages, each in itself. */
export const LANGUAGE_NAMES: Readonly<Record<Locale, string>> = { hy: "Հայերեն", ru: "Русский", en: "English" };

/** Every sentence of the customer's pages. */
export const WORDS: Readonly<Record<Locale, PageWords>> = { hy, ru, en };
