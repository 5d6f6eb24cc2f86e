import type { FactName } from "../facts.ts";
import type { Locale } from "../locale.ts";
import type { DisputeState } from "../states.ts";
import { referenceOf } from "../invoice.ts";
import { ACTIONS } from "./case-actions.ts";
import { titleCase } from "./case-titles.ts";
import { sayBecause, type Sentences } from "./fact-saying.ts";
import { sayFiscal } from "./fiscal.ts";
import type { ACCOUNT_FACTS } from "./account-facts.ts";
import type { LINK_FACTS } from "./link-facts.ts";
import { oneLine } from "./quote.ts";

const OVER: Readonly<Record<string, Readonly<Record<Locale, string>>>> = {
  cancelled: { hy: "հաշիվը չեղարկվել է CRM-ում", ru: "счёт отменён в CRM", en: "invoice cancelled in the CRM" },
  settled: {
    hy: "CRM-ում նշված է, որ հաշիվը վճարվել է այլ կերպ",
    ru: "в CRM отмечено, что счёт оплачен иначе",
    en: "the CRM says that the invoice was paid elsewhere",
  },
};

const DISPUTED: Readonly<Record<DisputeState, Readonly<Record<Locale, string>>>> = {
  open: { hy: "բաց է, գումարն առայժմ պահված է", ru: "открыт, деньги пока удержаны", en: "open, the money is withheld" },
  won: { hy: "շահված է, գումարը մնում է", ru: "выигран, деньги остаются", en: "won, the money stays" },
  lost: { hy: "տանուլ է տրված", ru: "проигран", en: "lost" },
};

/** What happened to an invoice, its money and its cases. */
export const MONEY_FACTS: Sentences<Exclude<FactName, keyof typeof ACCOUNT_FACTS | keyof typeof LINK_FACTS>> = {
  policy_adopted: {
    hy: ({ version }) => `ուժի մեջ է մտել նոր կանոնակարգ՝ ${oneLine(version)}`,
    ru: ({ version }) => `вступили в силу новые правила: ${oneLine(version)}`,
    en: ({ version }) => `policy ${oneLine(version)} is in force`,
  },
  invoice_learned: {
    hy: () => "հաշիվը ստացվել է CRM-ից",
    ru: () => "счёт получен из CRM",
    en: () => "invoice learned from the CRM",
  },
  invoice_changed: {
    hy: ({ now }, { money }) => OVER[now.state]?.hy ?? `հաշիվը փոխվել է CRM-ում. գումարն է ${money(now.amount)}`,
    ru: ({ now }, { money }) => OVER[now.state]?.ru ?? `счёт изменён в CRM: сумма ${money(now.amount)}`,
    en: ({ now }, { money }) => OVER[now.state]?.en ?? `invoice changed in the CRM: the amount is ${money(now.amount)}`,
  },
  payment_applied: {
    hy: ({ payment, late }, { money }) =>
      `ստացվել և որպես վճարում գրանցվել է ${money(payment.amount)}, համարը՝ ${oneLine(referenceOf(payment))}${late ? ", հղումն այդ պահին այլևս գործող չէր" : ""}`,
    ru: ({ payment, late }, { money }) =>
      `получено и зачтено ${money(payment.amount)}, номер платежа ${oneLine(referenceOf(payment))}${late ? ", ссылка к тому времени уже не действовала" : ""}`,
    en: ({ payment, late }, { money }) =>
      `received and applied ${money(payment.amount)}, reference ${oneLine(referenceOf(payment))}${late ? ", through a link that was no longer live" : ""}`,
  },
  payment_held: {
    hy: ({ payment, because }, { money, quote }) =>
      `ստացվել է ${money(payment.amount)}, համարը՝ ${oneLine(referenceOf(payment))}, գումարը պահված է մինչև որոշումը՝ ${quote(titleCase(because, "hy"))}`,
    ru: ({ payment, because }, { money, quote }) =>
      `получено ${money(payment.amount)}, номер платежа ${oneLine(referenceOf(payment))}, деньги отложены до решения: ${quote(titleCase(because, "ru"))}`,
    en: ({ payment, because }, { money, quote }) =>
      `received ${money(payment.amount)}, reference ${oneLine(referenceOf(payment))}, and held it for a decision: ${quote(titleCase(because, "en"))}`,
  },
  hold_applied: {
    hy: () => "պահված գումարը գրանցվել է որպես հաշվի վճարում",
    ru: () => "отложенные деньги зачтены в оплату счёта",
    en: () => "applied the held money to the invoice",
  },
  refund_proposed: {
    hy: () =>
      "որոշվել է պահված գումարը վերադարձնել հաճախորդին. այն կհամարվի վերադարձված, երբ վճարային համակարգը հաստատի, իսկ եթե նա դա ինքը չի կարող անել, վերադարձրեք նրա գրասենյակում",
    ru: () =>
      "решено вернуть отложенные деньги клиенту; возврат состоится, когда его подтвердит платёжная система; если сама она этого не умеет, верните в её кабинете",
    en: () =>
      "decided that the held money goes back to the customer; it has gone back when the provider says so; where it cannot do that by itself, return it in its panel",
  },
  refund_taken: {
    hy: () => "վճարային համակարգն ընդունել է վերադարձի պահանջը",
    ru: () => "платёжная система приняла запрос на возврат",
    en: () => "the provider took on the refund",
  },
  refund_came_back: {
    hy: ({ refunded }, { money }) =>
      `վերադարձված գումարը հետ է եկել և պահված է. հաճախորդի մոտ մնում է ${money(refunded)}`,
    ru: ({ refunded }, { money }) =>
      `возвращённые деньги пришли обратно и отложены; у клиента остаётся ${money(refunded)}`,
    en: ({ refunded }, { money }) =>
      `the money that had gone back came back and is held; ${money(refunded)} stays with the customer`,
  },
  payment_disputed: {
    hy: ({ dispute, amount }, { money }) =>
      `քարտատիրոջ բանկի վեճը ${money(amount)} գումարի շուրջ. ${DISPUTED[dispute].hy}`,
    ru: ({ dispute, amount }, { money }) => `спор банка держателя карты о ${money(amount)}: ${DISPUTED[dispute].ru}`,
    en: ({ dispute, amount }, { money }) =>
      `dispute of the cardholder's bank about ${money(amount)}: ${DISPUTED[dispute].en}`,
  },
  payment_charged_back: {
    hy: ({ refunded }, { money }) => `վեճի արդյունքում գումարը վերադարձել է քարտատիրոջը՝ ընդհանուր ${money(refunded)}`,
    ru: ({ refunded }, { money }) => `по итогам спора деньги вернулись держателю карты, всего ${money(refunded)}`,
    en: ({ refunded }, { money }) => `the dispute took the money back to the cardholder, ${money(refunded)} in all`,
  },
  fiscal_changed: {
    hy: ({ fiscal }) => `ՀԴՄ կտրոնի վիճակը՝ ${sayFiscal(fiscal, "hy")}`,
    ru: ({ fiscal }) => `фискальный чек: ${sayFiscal(fiscal, "ru")}`,
    en: ({ fiscal }) => `fiscal receipt: ${sayFiscal(fiscal, "en")}`,
  },
  payment_refunded: {
    hy: ({ refunded, full }, { money }) =>
      `հաճախորդին վերադարձվել է ${full ? "ամբողջ վճարումը" : "վճարման մի մասը"}՝ ընդհանուր ${money(refunded)}`,
    ru: ({ refunded, full }, { money }) =>
      `клиенту ${full ? "возвращён весь платёж" : "возвращена часть платежа"}, всего ${money(refunded)}`,
    en: ({ refunded, full }, { money }) =>
      `${full ? "the whole payment" : "a part of the payment"} went back to the customer, ${money(refunded)} in all`,
  },
  invoice_paid: {
    hy: () => "հաշիվն ամբողջությամբ վճարված է",
    ru: () => "счёт оплачен полностью",
    en: () => "invoice paid in full",
  },
  crm_told: {
    hy: () => "վճարման մասին հայտնվել է CRM-ին",
    ru: () => "об оплате сообщено в CRM",
    en: () => "told the CRM of the payment",
  },
  case_opened: {
    hy: (fact, { quote }) => `բացվել է ստուգում՝ ${quote(titleCase(fact.case.kind, "hy"))}`,
    ru: (fact, { quote }) => `открыта проверка: ${quote(titleCase(fact.case.kind, "ru"))}`,
    en: (fact, { quote }) => `opened case ${quote(titleCase(fact.case.kind, "en"))}`,
  },
  case_proposed: {
    hy: ({ action, reason }, { quote }) =>
      `առաջարկվել է «${ACTIONS[action].hy}», պատճառը՝ ${quote(reason)}. պահանջվում է երկրորդ մարդու համաձայնությունը`,
    ru: ({ action, reason }, { quote }) =>
      `предложено: ${ACTIONS[action].ru}, причина: ${quote(reason)}; нужно согласие второго человека`,
    en: ({ action, reason }, { quote }) =>
      `proposed to ${ACTIONS[action].en}, the reason: ${quote(reason)}; a second person must agree`,
  },
  case_resolved: {
    hy: ({ kind, resolution: { action, reason } }, { quote }) =>
      `ստուգումը փակվել է՝ ${quote(titleCase(kind, "hy"))}. որոշումը՝ ${ACTIONS[action].hy}${sayBecause(reason, "hy", quote)}`,
    ru: ({ kind, resolution: { action, reason } }, { quote }) =>
      `проверка закрыта: ${quote(titleCase(kind, "ru"))}, решение: ${ACTIONS[action].ru}${sayBecause(reason, "ru", quote)}`,
    en: ({ kind, resolution: { action, reason } }, { quote }) =>
      `resolved case ${quote(titleCase(kind, "en"))}: ${ACTIONS[action].en}${sayBecause(reason, "en", quote)}`,
  },
  case_updated: {
    hy: ({ kind }, { quote }) => `ստուգումը թարմացվել է՝ ${quote(titleCase(kind, "hy"))}`,
    ru: ({ kind }, { quote }) => `проверка дополнена: ${quote(titleCase(kind, "ru"))}`,
    en: ({ kind }, { quote }) => `updated case ${quote(titleCase(kind, "en"))}`,
  },
};
