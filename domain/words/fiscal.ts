import type { FiscalState } from "../states.ts";
import type { Locale } from "../locale.ts";

const WORDS: Readonly<Record<FiscalState, Readonly<Record<Locale, string>>>> = {
  none: { hy: "չի պահանջվում", ru: "не требуется", en: "not required" },
  required: { hy: "պահանջվում է", ru: "требуется", en: "required" },
  queued: { hy: "հերթում է", ru: "в очереди", en: "queued" },
  issued: { hy: "տպված է", ru: "пробит", en: "issued" },
  failed: { hy: "չի հաջողվել", ru: "не пробит", en: "failed" },
  unknown: { hy: "անհայտ է", ru: "неизвестно", en: "unknown" },
  manual: { hy: "պետք է տպել ձեռքով", ru: "нужно пробить вручную", en: "to be issued by hand" },
  "part returned": { hy: "մասամբ վերադարձված է", ru: "частично возвращён", en: "partly returned" },
  returned: { hy: "վերադարձված է", ru: "возвращён", en: "returned" },
};

/** Where a fiscal receipt stands, for people. */
export const sayFiscal = (state: FiscalState, locale: Locale): string => WORDS[state][locale];
