import { CASE_ACTIONS, type CaseAction } from "../cases.ts";
import type { Case, Resolution } from "../invoice.ts";
import type { Locale } from "../locale.ts";
import { sayOurs } from "./our-reasons.ts";
import { plain, quote } from "./quote.ts";

/** What can be chosen for a case, as the end of "decided to …" or the label of its button. */
export const ACTIONS: Readonly<Record<CaseAction, Readonly<Record<Locale, string>>>> = {
  apply: { hy: "գրանցել որպես վճարում", ru: "зачесть в оплату", en: "apply to the invoice" },
  refund: { hy: "վերադարձնել հաճախորդին", ru: "вернуть клиенту", en: "refund to the customer" },
  dismiss: { hy: "փակել առանց փոփոխության", ru: "закрыть без изменений", en: "dismiss" },
};

/** Who decided what, and why. */
export const sayResolution = ({ action, by, reason }: Resolution, locale: Locale): string =>
  `${plain(by)}: ${ACTIONS[action][locale]}${inBrackets(sayOurs(reason, locale), locale)}`;

const AGREE: Readonly<Record<Locale, string>> = {
  hy: "Առաջարկ, որին պետք է համաձայնի երկրորդ մարդ՝ նույնն ընտրելով։",
  ru: "Предложение: второй человек должен выбрать то же.",
  en: "Proposed; a second person must choose the same.",
};

/** What the first of two persons chose for an open case; empty: nobody has yet. */
export function sayProposal({ state, details }: Case, locale: Locale): string {
  const { proposedAction, proposedByName = "", proposedBecause = "" } = details;
  const action = CASE_ACTIONS.find((one) => one === proposedAction);
  if (state !== "open" || !action) return "";
  const what = `${plain(proposedByName)}: ${ACTIONS[action][locale]}${inBrackets(proposedBecause, locale)}`;
  return `${AGREE[locale]} ${what}`;
}

const inBrackets = (reason: string, locale: Locale): string =>
  reason.trim() === "" ? "" : ` (${quote(reason, locale)})`;
