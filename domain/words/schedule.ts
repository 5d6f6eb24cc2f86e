import type { Locale } from "../locale.ts";
import type { NextPart } from "../schedule.ts";
import { sayMoney } from "./money.ts";
import { sayTime } from "./time.ts";

type Said = { readonly amount: string; readonly by: string; readonly partsLeft: number };

const NEXT: Readonly<Record<Locale, (said: Said) => string>> = {
  hy: ({ amount, by, partsLeft }) =>
    `Մնում է վճարել ${amount}. հաջորդ մասը սպասվում է մինչև ${by} (${partsLeft === 1 ? "մեկ վճարումով" : `առավելագույնը ${partsLeft} վճարումով`})`,
  ru: ({ amount, by, partsLeft }) =>
    `Осталось оплатить ${amount}; следующая часть ожидается до ${by} (${partsLeft === 1 ? "одним платежом" : `платежей не больше: ${partsLeft}`})`,
  en: ({ amount, by, partsLeft }) =>
    `Still to pay ${amount}; the next part is expected by ${by} (${partsLeft === 1 ? "in one payment" : `in at most ${partsLeft} payments`})`,
};

/** What is still to come of an invoice paid in parts, until when, and in how many payments; for a card and a history. */
export const sayNextPart = (
  { amount, by, partsLeft }: NextPart,
  { locale, timeZone }: { readonly locale: Locale; readonly timeZone: string },
): string => NEXT[locale]({ amount: sayMoney(amount, locale), by: sayTime(by, locale, timeZone), partsLeft });
