import type { CaseKind } from "../cases.ts";
import type { Locale } from "../locale.ts";

type Titles = { readonly [Kind in CaseKind]: Readonly<Record<Locale, string>> };

const TITLES: Titles = {
  order_differs: {
    hy: "Պատվերի համարը չի համընկնում",
    ru: "Номер заказа не совпадает",
    en: "Order number differs",
  },
  currency_differs: { hy: "Արժույթը չի համընկնում", ru: "Валюта не совпадает", en: "Currency differs" },
  amount_differs: {
    hy: "Գումարը տարբերվում է հարյուր անգամ",
    ru: "Сумма отличается в сто раз",
    en: "Amount is off a hundredfold",
  },
  overpaid: { hy: "Գերավճար", ru: "Переплата", en: "Overpaid" },
  underpaid: { hy: "Թերավճար", ru: "Недоплата", en: "Underpaid" },
  paid_twice: { hy: "Կրկնակի վճարում", ru: "Повторная оплата", en: "Paid twice" },
  paid_cancelled_link: {
    hy: "Վճարում չեղարկված հղումով",
    ru: "Оплата по отменённой ссылке",
    en: "Paid through a cancelled link",
  },
  paid_stale_link: {
    hy: "Վճարում հնացած հղումով",
    ru: "Оплата по устаревшей ссылке",
    en: "Paid through an outdated link",
  },
  paid_expired_link: {
    hy: "Վճարում ժամկետանց հղումով",
    ru: "Оплата по просроченной ссылке",
    en: "Paid through an expired link",
  },
  paid_replaced_link: {
    hy: "Վճարում փոխարինված հղումով",
    ru: "Оплата по заменённой ссылке",
    en: "Paid through a replaced link",
  },
  unknown_payment: { hy: "Անհայտ վճարում", ru: "Неизвестный платёж", en: "Unknown payment" },
  refund_unannounced: { hy: "Անսպասելի վերադարձ", ru: "Неожиданный возврат", en: "Unannounced refund" },
  refund_overdue: {
    hy: "Վերադարձը դեռ չի կատարվել",
    ru: "Возврат ещё не состоялся",
    en: "A refund has not come about",
  },
  refund_refused: { hy: "Վերադարձը չի ընդունվել", ru: "Возврат не принят", en: "A refund was not taken on" },
  refund_came_back: {
    hy: "Վերադարձված գումարը հետ է եկել",
    ru: "Возвращённые деньги пришли обратно",
    en: "Returned money came back",
  },
  refund_reversed: {
    hy: "Վերադարձված մասը հետ է եկել",
    ru: "Возвращённая часть пришла обратно",
    en: "A returned part came back",
  },
  reconciliation_break: {
    hy: "Համադրման անհամապատասխանություն",
    ru: "Расхождение при сверке",
    en: "Reconciliation break",
  },
  chargeback: { hy: "Վճարումը վիճարկվում է", ru: "Платёж оспорен", en: "Chargeback" },
  fiscal_failed: { hy: "ՀԴՄ կտրոնը չի տպվել", ru: "Чек не пробит", en: "No fiscal receipt" },
  refund_exceeds: {
    hy: "Վերադարձվել է ավելին, քան վճարվել է",
    ru: "Возвращено больше, чем оплачено",
    en: "More was refunded than paid",
  },
  link_stale: { hy: "Հղումը հնացել է", ru: "Ссылка устарела", en: "Link is outdated" },
  part_overdue: {
    hy: "Հաջորդ մասը չի վճարվել",
    ru: "Следующая часть не оплачена",
    en: "The next part has not come",
  },
  provider_refused: {
    hy: "Վճարային համակարգի մերժում",
    ru: "Отказ платёжной системы",
    en: "The provider refused",
  },
  provider_unclear: {
    hy: "Վճարային համակարգի անհասկանալի պատասխան",
    ru: "Непонятный ответ платёжной системы",
    en: "Unclear answer from the provider",
  },
  provider_silent: {
    hy: "Վճարային համակարգից վերջնական պատասխան չկա",
    ru: "Нет окончательного ответа платёжной системы",
    en: "No final answer from the provider",
  },
  provider_down: {
    hy: "Վճարային համակարգը չի պատասխանում",
    ru: "Платёжная система не отвечает",
    en: "The provider does not answer",
  },
  provider_stopped: {
    hy: "Նոր վճարումները դադարեցված են",
    ru: "Новые оплаты остановлены",
    en: "New payments are stopped",
  },
  webhook_altered: {
    hy: "Նույն ծանուցումը երկու տարբեր բովանդակությամբ",
    ru: "Одно уведомление с двумя содержаниями",
    en: "One notice with two contents",
  },
  crm_unknown: {
    hy: "Հայտնի չէ՝ CRM-ը գրանցե՞լ է վճարումը",
    ru: "Неизвестно, учла ли CRM оплату",
    en: "Nobody knows whether the CRM has the payment",
  },
  crm_refused: {
    hy: "CRM-ը չի ընդունել վճարման հաղորդումը",
    ru: "CRM не приняла сообщение об оплате",
    en: "The CRM did not accept the payment",
  },
  delivery_failed: { hy: "Հաղորդագրությունը չի առաքվել", ru: "Сообщение не доставлено", en: "Message not delivered" },
};

/** The short name of a kind of case: the head of its card, the subject of its task. */
export const titleCase = (kind: CaseKind, locale: Locale): string => TITLES[kind][locale];
