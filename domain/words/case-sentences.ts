import type { CaseKind } from "../cases.ts";
import type { Locale } from "../locale.ts";
import type { CaseFacts } from "./case-facts.ts";

type Sentences = { readonly [Kind in CaseKind]: Readonly<Record<Locale, (facts: CaseFacts) => string>> };

/**
 * What happened and, where it is not held money, what that means for the money and what to do. A kind without a sentence in
 * every language does not compile.
 */
export const CASE_SENTENCES: Sentences = {
  order_differs: {
    hy: ({ name, paid, order, expectedOrder }) =>
      `${name}-ի համար ստացվել է ${paid}, բայց վճարման մեջ նշված պատվերի համարն է ${order}, իսկ սպասվում էր ${expectedOrder}։`,
    ru: ({ name, paid, order, expectedOrder }) =>
      `По ${name} получено ${paid}, но в платеже указан номер заказа ${order}, а ожидался ${expectedOrder}.`,
    en: ({ name, paid, order, expectedOrder }) =>
      `${paid} came for ${name}, but the payment names order ${order} where ${expectedOrder} was expected.`,
  },
  currency_differs: {
    hy: ({ name, paid, expected, unreadable }) =>
      unreadable
        ? `Վճարային համակարգը հայտնում է ${name}-ի վճարման մասին, բայց գումարը կամ արժույթը հնարավոր չէ կարդալ՝ ${unreadable}։ Այն որպես հաշվի վճարում չի գրանցվել։ Ճշտեք գումարը վճարային համակարգից։`
        : `${name}-ի վճարումը կատարվել է այլ արժույթով. ստացվել է ${paid}, սպասվում էր ${expected}։`,
    ru: ({ name, paid, expected, unreadable }) =>
      unreadable
        ? `Платёжная система сообщает об оплате ${name}, но сумму или валюту прочитать нельзя: ${unreadable}. В оплату счёта она не зачтена. Уточните сумму у платёжной системы.`
        : `Оплата ${name} пришла в другой валюте: получено ${paid}, ожидалось ${expected}.`,
    en: ({ name, paid, expected, unreadable }) =>
      unreadable
        ? `The provider reports a payment for ${name} whose amount or currency cannot be read: ${unreadable}. It is not applied to the invoice. Settle the amount with the provider.`
        : `${name} was paid in another currency: ${paid} came, ${expected} was asked for.`,
  },
  amount_differs: {
    hy: ({ name, paid, expected }) =>
      `${name}-ի համար ստացվել է ${paid}, իսկ սպասվում էր ${expected}. տարբերությունն ուղիղ հարյուրապատիկ է, ուստի մենք և վճարային համակարգը հավանաբար տարբեր կերպ ենք հաշվում գումարի կոտորակային մասը։ Նախ ստուգեք այդ կարգավորումը. սխալը կարող է կրկնվել յուրաքանչյուր վճարման ժամանակ։`,
    ru: ({ name, paid, expected }) =>
      `По ${name} получено ${paid}, а ожидалось ${expected}: разница ровно в сто раз, вероятно, мы и платёжная система по-разному считаем дробную часть суммы. Сначала проверьте эту настройку: ошибка может повторяться в каждом платеже.`,
    en: ({ name, paid, expected }) =>
      `${paid} came for ${name} where ${expected} was asked for: exactly a hundred times off, so the provider and we probably disagree about decimals. Check that setting first: every payment may be affected.`,
  },
  overpaid: {
    hy: ({ name, paid, expected }) =>
      `${name}-ի համար վճարվել է պահանջվածից ավելի. ստացվել է ${paid}, սպասվում էր ${expected}։`,
    ru: ({ name, paid, expected }) =>
      `По ${name} заплатили больше, чем нужно: получено ${paid}, ожидалось ${expected}.`,
    en: ({ name, paid, expected }) => `${name} was overpaid: ${paid} came, ${expected} was asked for.`,
  },
  underpaid: {
    hy: ({ name, paid, expected }) =>
      `${name}-ի համար վճարվել է պահանջվածից պակաս. ստացվել է ${paid}, սպասվում էր ${expected}։`,
    ru: ({ name, paid, expected }) =>
      `По ${name} заплатили меньше, чем нужно: получено ${paid}, ожидалось ${expected}.`,
    en: ({ name, paid, expected }) => `${name} was underpaid: ${paid} came, ${expected} was asked for.`,
  },
  paid_twice: {
    hy: ({ name, paid }) =>
      `${name}-ի համար ստացվել է ևս մեկ վճարում՝ ${paid}, թեև այդ գումարն այլևս վճարելու կարիք չկար։`,
    ru: ({ name, paid }) => `По ${name} пришла ещё одна оплата, ${paid}, хотя такую сумму уже не нужно было платить.`,
    en: ({ name, paid }) => `${name} was paid again: ${paid} came although that much was no longer owed.`,
  },
  paid_cancelled_link: {
    hy: ({ name, paid }) => `${name}-ի համար ստացվել է ${paid} հղումով, որը մինչ այդ չեղարկվել էր։`,
    ru: ({ name, paid }) => `По ${name} получено ${paid} по ссылке, которая к тому времени была отменена.`,
    en: ({ name, paid }) => `${paid} came for ${name} through a link that had been cancelled.`,
  },
  paid_stale_link: {
    hy: ({ name, paid }) =>
      `${name}-ի համար ստացվել է ${paid} հնացած հղումով. այն ուղարկելուց հետո գումարը CRM-ում փոխվել է։`,
    ru: ({ name, paid }) =>
      `По ${name} получено ${paid} по устаревшей ссылке: после её отправки сумма в CRM изменилась.`,
    en: ({ name, paid }) =>
      `${paid} came for ${name} through an outdated link: the amount changed in the CRM after it was sent.`,
  },
  paid_expired_link: {
    hy: ({ name, paid }) =>
      `${name}-ի համար ստացվել է ${paid} ժամկետանց հղումով, իսկ վճարման ենթակա գումարն արդեն այլ է։`,
    ru: ({ name, paid }) => `По ${name} получено ${paid} по просроченной ссылке, а сумма к оплате теперь другая.`,
    en: ({ name, paid }) => `${paid} came for ${name} through an expired link, and that is not what is owed now.`,
  },
  paid_replaced_link: {
    hy: ({ name, paid }) =>
      `${name}-ի համար ստացվել է ${paid} փոխարինված հղումով, իսկ վճարման ենթակա գումարն արդեն այլ է։`,
    ru: ({ name, paid }) => `По ${name} получено ${paid} по заменённой ссылке, а сумма к оплате теперь другая.`,
    en: ({ name, paid }) => `${paid} came for ${name} through a replaced link, and that is not what is owed now.`,
  },
  unknown_payment: {
    hy: ({ provider }) =>
      `Վճարային համակարգը${provider} հայտնում է վճարման մասին, որը մեր վճարման փորձերից ոչ մեկին չի համապատասխանում։ Այն ոչ մի հաշվի վճարում չի համարվում։ Պարզեք վճարային համակարգից, թե ում գումարն է։`,
    ru: ({ provider }) =>
      `Платёжная система${provider} сообщает о платеже, который не относится ни к одной из наших попыток оплаты. Он не зачтён ни по одному счёту. Выясните у платёжной системы, чьи это деньги.`,
    en: ({ provider }) =>
      `The provider${provider} reports a payment that belongs to no attempt of ours. It is not applied to any invoice. Find out from the provider whose money it is.`,
  },
  refund_unannounced: {
    hy: ({ name, refunded, provider }) =>
      `Վճարային համակարգը${provider} ${name}-ի վճարումից հաճախորդին վերադարձրել է ${refunded}, թեև մենք դա չենք խնդրել։ Այդ գումարն այլևս հաշվի վճարում չի համարվում։`,
    ru: ({ name, refunded, provider }) =>
      `Платёжная система${provider} вернула клиенту ${refunded} из оплаты ${name}, хотя мы об этом не просили. Эти деньги больше не считаются оплатой счёта.`,
    en: ({ name, refunded, provider }) =>
      `The provider${provider} returned ${refunded} of the payment for ${name} to the customer without a request from us. That money no longer counts towards the invoice.`,
  },
  refund_overdue: {
    hy: ({ name, paid, provider }) =>
      `${name}-ի համար ստացված ${paid} գումարը որոշվել էր վերադարձնել հաճախորդին, բայց վճարային համակարգը${provider} դեռ չի հայտնում, որ այն վերադարձվել է։ Գումարը շարունակում է պահված մնալ, և այլևս ինքնուրույն չենք հարցնի։ Վերադարձրեք այն վճարային համակարգում, ապա գրեք /paylink verify ${name}։`,
    ru: ({ name, paid, provider }) =>
      `${paid}, полученные по ${name}, решено вернуть клиенту, но платёжная система${provider} до сих пор не сообщает о возврате. Деньги остаются отложенными, сами мы больше спрашивать не будем. Верните их в платёжной системе и напишите /paylink verify ${name}.`,
    en: ({ name, paid, provider }) =>
      `It was decided that ${paid} received for ${name} goes back to the customer, but the provider${provider} still does not report it as returned. The money stays held, and we no longer ask by ourselves. Return it at the provider, then write /paylink verify ${name}.`,
  },
  refund_exceeds: {
    hy: ({ name, paid, refunded, provider }) =>
      `Վճարային համակարգը${provider} հայտնում է, որ ${name}-ի վճարումից հաճախորդին վերադարձվել է ${refunded}, թեև վճարվել էր ընդամենը ${paid}։ Հաշվի ենք առել միայն վճարված գումարի չափով։ Ճշտեք գումարը վճարային համակարգից։`,
    ru: ({ name, paid, refunded, provider }) =>
      `Платёжная система${provider} сообщает, что из оплаты ${name} клиенту возвращено ${refunded}, хотя оплачено было только ${paid}. Мы учли возврат лишь в размере оплаты. Уточните сумму у платёжной системы.`,
    en: ({ name, paid, refunded, provider }) =>
      `The provider${provider} reports that ${refunded} of the payment for ${name} went back to the customer, though only ${paid} was ever paid. Only what was paid is counted as returned. Settle the amount with the provider.`,
  },
  link_stale: {
    hy: ({ name, was, now }) =>
      `${name}-ի գումարը CRM-ում փոխվել է հղումն ուղարկելուց հետո. եղել է ${was}, դարձել է ${now}։ Այդ հղումով նոր վճարում սկսել հնարավոր չէ. փոխարինեք այն նորով՝ /paylink reissue ${name}։`,
    ru: ({ name, was, now }) =>
      `Сумма по ${name} изменилась в CRM после отправки ссылки: было ${was}, стало ${now}. Начать новую оплату по этой ссылке нельзя: замените её новой: /paylink reissue ${name}.`,
    en: ({ name, was, now }) =>
      `The CRM changed the amount of ${name} after the link was sent: it was ${was}, it is ${now}. No new payment can begin on that link: replace it by a new one with /paylink reissue ${name}.`,
  },
  provider_refused: {
    hy: ({ name, provider }) =>
      `Վճարային համակարգը${provider} հրաժարվել է բացել ${name}-ի վճարման էջը։ Գումար չի գանձվել, հաշիվը դեռ վճարված չէ։`,
    ru: ({ name, provider }) =>
      `Платёжная система${provider} отказалась открыть страницу оплаты ${name}. Деньги не списаны, счёт всё ещё не оплачен.`,
    en: ({ name, provider }) =>
      `The provider${provider} refused to open a checkout for ${name}. Nothing was charged; the invoice is still owed.`,
  },
  provider_unclear: {
    hy: ({ name, provider, status }) =>
      `Վճարային համակարգը${provider} ${name}-ի վճարման մասին պատասխանել է մեզ անծանոթ կարգավիճակով՝ ${status}։ Հայտնի չէ՝ գումարը գանձվե՞լ է, թե՞ ոչ. հաշվի վիճակը չի փոխվել։ Ճշտեք վճարային համակարգից։`,
    ru: ({ name, provider, status }) =>
      `Платёжная система${provider} ответила об оплате ${name} неизвестным нам статусом: ${status}. Неясно, списаны ли деньги; состояние счёта не изменилось. Уточните у платёжной системы.`,
    en: ({ name, provider, status }) =>
      `The provider${provider} answered about the payment of ${name} with a status we do not know: ${status}. The money may or may not have been taken; the invoice is as it was. Ask the provider.`,
  },
  provider_silent: {
    hy: ({ name, provider }) =>
      `Հաճախորդն սկսել է վճարել ${name}-ը, բայց վճարային համակարգը${provider} մինչ օրս վերջնական պատասխան չի տվել։ Հայտնի չէ՝ գումարը գանձվե՞լ է, թե՞ ոչ. առայժմ հաշիվը համարվում է չվճարված։ Ճշտեք վճարային համակարգից։`,
    ru: ({ name, provider }) =>
      `Клиент начал оплачивать ${name}, но платёжная система${provider} до сих пор не дала окончательного ответа. Неясно, списаны ли деньги; пока счёт считается неоплаченным. Уточните у платёжной системы.`,
    en: ({ name, provider }) =>
      `The customer began to pay ${name}, and the provider${provider} has never given a final answer. The money may or may not have been taken; until somebody knows, the invoice counts as unpaid. Ask the provider.`,
  },
  crm_refused: {
    hy: ({ name }) =>
      `${name}-ը վճարված է, բայց CRM-ը չի ընդունել վճարման մասին հաղորդումը։ Գումարը ստացված և գրանցված է մեզ մոտ, պակասում է միայն CRM-ի գրառումը. ավելացրեք այն ձեռքով։`,
    ru: ({ name }) =>
      `${name}: оплата получена, но CRM не приняла сообщение о ней. Деньги получены и учтены у нас, не хватает только записи в CRM: внесите её вручную.`,
    en: ({ name }) =>
      `${name} is paid, but the CRM did not accept the news. The money is received and applied here; only the CRM's record is missing: enter it by hand.`,
  },
  delivery_failed: {
    hy: ({ name, what }) =>
      `${name}-ի մասին հաղորդագրությունը${what} չի առաքվել։ Գումարի և հղման վիճակը դրանից չի փոխվել։ Կապվեք հաճախորդի հետ այլ կերպ կամ կրկին ուղարկեք՝ /paylink resend ${name}։`,
    ru: ({ name, what }) =>
      `Сообщение по ${name}${what} не доставлено. На деньги и на ссылку это не повлияло. Свяжитесь с клиентом иначе или отправьте снова: /paylink resend ${name}.`,
    en: ({ name, what }) =>
      `A message about ${name}${what} was not delivered. Neither the money nor the link is affected. Reach the customer another way, or send it again with /paylink resend ${name}.`,
  },
};
