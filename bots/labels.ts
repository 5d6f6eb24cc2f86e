import type { Locale } from "../domain/locale.ts";
import { EN } from "./labels/en.ts";
import { HY } from "./labels/hy.ts";
import type { Labels } from "./labels/shape.ts";
import { RU } from "./labels/ru.ts";

export type { Labels };

const LABELS = { hy: HY, ru: RU, en: EN } as const satisfies Record<Locale, Labels>;

export const labelsIn = (locale: Locale): Labels => LABELS[locale];
