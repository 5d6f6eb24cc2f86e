import type { CaseAction } from "../cases.ts";
import type { Resolution } from "../invoice.ts";
import type { Locale } from "../locale.ts";
import { plain, quote } from "./quote.ts";

/** What can be chosen for a case, as the end of "decided to …" or the label of its button. */
export const ACTIONS: Readonly<Record<CaseAction, Readonly<Record<Locale, string>>>> = {
  apply: { hy: "գրանցել որպես վճարում", ru: "зачесть в оплату", en: "apply to the invoice" },
  refund: { hy: "վերադարձնել հաճախորդին", ru: "вернуть клиенту", en: "refund to the customer" },
  dismiss: { hy: "փակել առանց փոփոխության", ru: "закрыть без изменений", en: "dismiss" },
};

/** Who decided what, and why. */
export function sayResolution({ action, by, reason }: Resolution, locale: Locale): string {
  const said = reason.trim() === "" ? "" : ` (${quote(reason, locale)})`;
  return `${plain(by)}: ${ACTIONS[action][locale]}${said}`;
}
