import { referenceOf } from "../invoice.ts";
import type { Fact, FactName } from "../facts.ts";
import type { Locale } from "../locale.ts";
import type { Money } from "../money.ts";
import { ACTIONS } from "./case-actions.ts";
import { titleCase } from "./case-titles.ts";
import { oneLine } from "./quote.ts";
import { sayChannel, sayOutcome } from "./sends.ts";

export type Say = {
  readonly money: (money: Money) => string;
  readonly time: (at: Date) => string;
  readonly quote: (text: string) => string;
};

type Sentences = {
  readonly [Name in FactName]: Readonly<Record<Locale, (fact: Fact<Name>, say: Say) => string>>;
};

/** What the rules themselves write as a reason, in the words of each language. */
const OURS: Readonly<Record<string, { readonly hy: string; readonly ru: string }>> = {
  "the link was reissued": { hy: "տրամադրվել է նոր հղում", ru: "выдана новая ссылка" },
  "the link was cancelled": { hy: "հղումը չեղարկվել է", ru: "ссылка отменена" },
  "the invoice was cancelled in the CRM": { hy: "հաշիվը չեղարկվել է CRM-ում", ru: "счёт отменён в CRM" },
};

/** A reason that somebody gave, our own ones in the reader's language; nothing where none was given. */
const because = (reason: string, locale: Locale, quote: Say["quote"]): string => {
  const said = locale === "en" ? reason : (OURS[reason]?.[locale] ?? reason);
  return said && `${BECAUSE[locale]}${quote(said)}`;
};

const BECAUSE: Readonly<Record<Locale, string>> = { hy: ", պատճառը՝ ", ru: ", причина: ", en: ", the reason: " };

/** What `notAnswered` writes where the provider's answer would stand. */
const NO_ANSWER = "no answer";

/** Every fact as what happened, whoever did it. A fact without words in every language does not compile. */
export const FACT_SENTENCES: Sentences = {
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
    hy: ({ now }, { money }) =>
      now.state === "cancelled"
        ? "հաշիվը չեղարկվել է CRM-ում"
        : `հաշիվը փոխվել է CRM-ում. գումարն է ${money(now.amount)}`,
    ru: ({ now }, { money }) =>
      now.state === "cancelled" ? "счёт отменён в CRM" : `счёт изменён в CRM: сумма ${money(now.amount)}`,
    en: ({ now }, { money }) =>
      now.state === "cancelled"
        ? "invoice cancelled in the CRM"
        : `invoice changed in the CRM: the amount is ${money(now.amount)}`,
  },
  link_issued: {
    hy: ({ link }, { money, time }) =>
      `տրամադրվել է ${money(link.amount)} գումարի վճարման հղում, վճարել կարելի է մինչև ${time(link.expiresAt)}`,
    ru: ({ link }, { money, time }) =>
      `выдана ссылка на ${money(link.amount)}, оплатить можно до ${time(link.expiresAt)}`,
    en: ({ link }, { money, time }) => `issued link for ${money(link.amount)}, payable until ${time(link.expiresAt)}`,
  },
  link_amended: {
    hy: ({ amount }, { money }) => `դեռ չուղարկված հղումը ճշտվել է ըստ CRM-ի. գումարն է ${money(amount)}`,
    ru: ({ amount }, { money }) => `ещё не отправленная ссылка исправлена по CRM: сумма ${money(amount)}`,
    en: ({ amount }, { money }) => `link amended from the CRM before it was sent: the amount is ${money(amount)}`,
  },
  link_went_stale: {
    hy: ({ was, now }, { money }) => `հղումը հնացել է. CRM-ում գումարը եղել է ${money(was)}, դարձել է ${money(now)}`,
    ru: ({ was, now }, { money }) => `ссылка устарела: сумма в CRM была ${money(was)}, стала ${money(now)}`,
    en: ({ was, now }, { money }) => `link outdated: the amount in the CRM was ${money(was)}, it is ${money(now)}`,
  },
  link_sent: {
    hy: ({ send }) => `հղումն ուղարկվել է ${sayChannel(send.channel, "hy")}`,
    ru: ({ send }) => `ссылка отправлена ${sayChannel(send.channel, "ru")}`,
    en: ({ send }) => `sent link ${sayChannel(send.channel, "en")}`,
  },
  send_answered: {
    hy: ({ outcome }) => `հղման առաքման արդյունքը՝ ${sayOutcome(outcome, "hy")}`,
    ru: ({ outcome }) => `доставка ссылки: ${sayOutcome(outcome, "ru")}`,
    en: ({ outcome }) => `delivery of the link: ${sayOutcome(outcome, "en")}`,
  },
  link_cancelled: {
    hy: ({ reason }, { quote }) => `հղումը չեղարկվել է. պատճառը՝ ${quote(OURS[reason]?.hy ?? reason)}`,
    ru: ({ reason }, { quote }) => `ссылка отменена, причина: ${quote(OURS[reason]?.ru ?? reason)}`,
    en: ({ reason }, { quote }) => `cancelled link, the reason: ${quote(reason)}`,
  },
  link_replaced: {
    hy: ({ reason }, { quote }) => `հղումը փոխարինվել է նորով${because(reason, "hy", quote)}`,
    ru: ({ reason }, { quote }) => `ссылка заменена новой${because(reason, "ru", quote)}`,
    en: ({ reason }, { quote }) => `replaced link by a new one${because(reason, "en", quote)}`,
  },
  link_withdrawn: {
    hy: () => "հղումը հետ է կանչվել, քանի որ վճարումը կատարվել է մեկ այլ հղումով",
    ru: () => "ссылка отозвана, потому что оплата прошла по другой ссылке",
    en: () => "link withdrawn, because the payment came through another link",
  },
  link_expired: {
    hy: () => "հղման ժամկետը լրացել է",
    ru: () => "срок ссылки истёк",
    en: () => "link expired",
  },
  customer_bound: {
    hy: () => "հաճախորդը հրավերով բացել է Telegram-ի բոտը",
    ru: () => "клиент открыл бота в Telegram по приглашению",
    en: () => "customer opened the Telegram bot by invitation",
  },
  attempt_opening: {
    hy: ({ attempt }) => `սկսվել է վճարման փորձ՝ թիվ ${attempt.number} (${oneLine(attempt.provider)})`,
    ru: ({ attempt }) => `начата попытка оплаты № ${attempt.number} (${oneLine(attempt.provider)})`,
    en: ({ attempt }) => `began payment attempt ${attempt.number} (${oneLine(attempt.provider)})`,
  },
  attempt_opened: {
    hy: ({ reference }) => `բացվել է վճարման էջը, համարը՝ ${oneLine(reference)}`,
    ru: ({ reference }) => `открыта страница оплаты, номер ${oneLine(reference)}`,
    en: ({ reference }) => `checkout opened, reference ${oneLine(reference)}`,
  },
  attempt_unanswered: {
    hy: ({ because }, { quote }) => `վճարային համակարգը չի պատասխանել, արդյունքը հայտնի չէ՝ ${quote(because)}`,
    ru: ({ because }, { quote }) => `платёжная система не ответила, результат неизвестен: ${quote(because)}`,
    en: ({ because }, { quote }) => `no answer from the provider, the outcome is not known: ${quote(because)}`,
  },
  attempt_checked: {
    hy: ({ found }, { quote }) =>
      found === NO_ANSWER
        ? "հարցում է արվել վճարային համակարգին, պատասխան չկա"
        : `հարցում է արվել վճարային համակարգին, պատասխանն է ${quote(found)}`,
    ru: ({ found }, { quote }) =>
      found === NO_ANSWER
        ? "запрос в платёжную систему, ответа нет"
        : `запрос в платёжную систему, ответ: ${quote(found)}`,
    en: ({ found }, { quote }) =>
      found === NO_ANSWER ? "asked the provider, no answer" : `asked the provider, the answer: ${quote(found)}`,
  },
  attempt_failed: {
    hy: ({ because }, { quote }) => `վճարման փորձը չի հաջողվել՝ ${quote(because)}`,
    ru: ({ because }, { quote }) => `попытка оплаты не удалась: ${quote(because)}`,
    en: ({ because }, { quote }) => `payment attempt failed: ${quote(because)}`,
  },
  attempt_expired: {
    hy: () => "վճարման փորձի ժամանակը լրացել է",
    ru: () => "время попытки оплаты истекло",
    en: () => "payment attempt ran out of time",
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
      "որոշվել է պահված գումարը վերադարձնել հաճախորդին. այն կհամարվի վերադարձված, երբ վճարային համակարգը հաստատի",
    ru: () => "решено вернуть отложенные деньги клиенту; возврат состоится, когда его подтвердит платёжная система",
    en: () => "decided that the held money goes back to the customer; it has gone back when the provider says so",
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
      `ստուգումը փակվել է՝ ${quote(titleCase(kind, "hy"))}. որոշումը՝ ${ACTIONS[action].hy}${because(reason, "hy", quote)}`,
    ru: ({ kind, resolution: { action, reason } }, { quote }) =>
      `проверка закрыта: ${quote(titleCase(kind, "ru"))}, решение: ${ACTIONS[action].ru}${because(reason, "ru", quote)}`,
    en: ({ kind, resolution: { action, reason } }, { quote }) =>
      `resolved case ${quote(titleCase(kind, "en"))}: ${ACTIONS[action].en}${because(reason, "en", quote)}`,
  },
  case_updated: {
    hy: ({ kind }, { quote }) => `ստուգումը թարմացվել է՝ ${quote(titleCase(kind, "hy"))}`,
    ru: ({ kind }, { quote }) => `проверка дополнена: ${quote(titleCase(kind, "ru"))}`,
    en: ({ kind }, { quote }) => `updated case ${quote(titleCase(kind, "en"))}`,
  },
};
