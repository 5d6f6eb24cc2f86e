import type { Locale } from "../../domain/locale.ts";
import { EN } from "./words/en.ts";
import { HY } from "./words/hy.ts";
import type { Labels } from "./words/labels.ts";
import { RU } from "./words/ru.ts";

export type { Labels };

const LABELS = { hy: HY, ru: RU, en: EN } as const satisfies Record<Locale, Labels>;

export const labelsIn = (locale: Locale): Labels => LABELS[locale];
