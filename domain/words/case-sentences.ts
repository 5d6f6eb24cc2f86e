import type { CaseKind } from "../cases.ts";
import { BREAK_SENTENCES } from "./break-sentences.ts";
import type { CaseSentences } from "./case-saying.ts";
import { MONEY_CASES } from "./money-cases.ts";

/** A link, a provider, the CRM or a message that a person must look at; what that means for the money and what to do. */
const OTHER_CASES: CaseSentences<Exclude<CaseKind, keyof typeof MONEY_CASES>> = {
  link_stale: {
    hy: ({ name, was, now }) =>
      `${name}-ի գումարը CRM-ում փոխվել է հղումն ուղարկելուց հետո. եղել է ${was}, դարձել է ${now}։ Այդ հղումով նոր վճարում սկսել հնարավոր չէ. փոխարինեք այն նորով՝ /paylink reissue ${name}։`,
    ru: ({ name, was, now }) =>
      `Сумма по ${name} изменилась в CRM после отправки ссылки: было ${was}, стало ${now}. Начать новую оплату по этой ссылке нельзя: замените её новой: /paylink reissue ${name}.`,
    en: ({ name, was, now }) =>
      `The CRM changed the amount of ${name} after the link was sent: it was ${was}, it is ${now}. No new payment can begin on that link: replace it by a new one with /paylink reissue ${name}.`,
  },
  reconciliation_break: {
    hy: (facts) => BREAK_SENTENCES[facts.broken].hy(facts),
    ru: (facts) => BREAK_SENTENCES[facts.broken].ru(facts),
    en: (facts) => BREAK_SENTENCES[facts.broken].en(facts),
  },
  part_overdue: {
    hy: ({ name, expected }) =>
      `${name}-ի մի մասը վճարված է, մնում է վճարել ${expected}, բայց հաջորդ մասը ժամանակին չի վճարվել, և օրվա վերջին գործող հղում չկար։ Տրամադրեք հղում՝ /paylink ${name}, կամ հաճախորդի հետ պայմանավորվեք այլ օրվա մասին և փակեք այս գրառումը։`,
    ru: ({ name, expected }) =>
      `По ${name} оплачена часть, осталось ${expected}, но следующая часть в срок не пришла, и действующей ссылки к концу дня не было. Выдайте ссылку: /paylink ${name}, или договоритесь с клиентом о другом дне и закройте эту запись.`,
    en: ({ name, expected }) =>
      `A part of ${name} has been paid and ${expected} is still owed, but the next part did not come in time, and at the end of that day there was no link to pay it with. Issue one with /paylink ${name}, or agree on another day with the customer and dismiss this case.`,
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
  provider_down: {
    hy: ({ provider }) =>
      `Վճարային համակարգը${provider} այժմ չի պատասխանում։ Արդեն սկսված վճարումները պահպանված են և կստուգվեն, հենց որ այն պատասխանի. այս գրառումն այդժամ ինքնուրույն կփակվի։`,
    ru: ({ provider }) =>
      `Платёжная система${provider} сейчас не отвечает. Начатые оплаты сохранены и будут проверены, как только она ответит; тогда эта запись закроется сама.`,
    en: ({ provider }) =>
      `The provider${provider} does not answer at present. Payments that were begun are kept and looked up as soon as it does; this case then closes by itself.`,
  },
  provider_stopped: {
    hy: ({ provider }) =>
      `Վճարային համակարգի${provider} պատասխանից հետո նոր վճարումներ այլևս չեն սկսվում, քանի որ հաջորդ ամեն մի վճարման դեպքում նույն սխալը կկրկնվեր։ Արդեն սկսված վճարումները ստուգվում են ինչպես միշտ։ Ուղղեք պատճառը, ապա փակեք այս գրառումը, և վճարումները կվերսկսվեն։`,
    ru: ({ provider }) =>
      `После ответа платёжной системы${provider} новые оплаты не начинаются: та же ошибка повторилась бы в каждой. Начатые оплаты проверяются как обычно. Устраните причину и закройте эту запись — оплаты возобновятся.`,
    en: ({ provider }) =>
      `After an answer of the provider${provider} no new payment is begun: the same mistake would be in every one. Payments that were begun are looked up as ever. Mend the cause, then dismiss this case, and payments go on.`,
  },
  webhook_altered: {
    hy: ({ provider }) =>
      `Վճարային համակարգից${provider} նույն համարով երկու ծանուցում է եկել՝ տարբեր բովանդակությամբ և վավեր ստորագրությամբ։ Գումարի վրա դա չի ազդում. հաշվի է առնվում միայն վճարային համակարգի պատասխանը մեր հարցմանը։ Հարցրեք վճարային համակարգին, թե ինչու է այդպես։`,
    ru: ({ provider }) =>
      `От платёжной системы${provider} пришли два уведомления с одним номером, разным содержанием и верной подписью. На деньги это не влияет: учитывается только её ответ на наш запрос. Спросите у платёжной системы, почему так.`,
    en: ({ provider }) =>
      `Two notices of the provider${provider} have the same id, different contents and a good signature. No money depends on it: only its answer to our own question counts. Ask the provider why.`,
  },
  crm_unknown: {
    hy: ({ name, paid }) =>
      `Փորձել ենք CRM-ում գրել, որ ${name}-ը վճարված է (${paid}), բայց հայտնի չէ՝ գրառումն այնտեղ կա՞, թե՞ ոչ։ Ինքը վճարումն ապահով է. գումարը ստացված և գրանցված է մեզ մոտ։ Երկրորդ անգամ ինքներս չենք գրի։ Նայեք CRM-ում, պակասող գրառումն ավելացրեք ձեռքով, ապա փակեք այս ստուգումը՝ նշելով պատճառը։ Եթե գրառումը գտնենք, այն ինքնուրույն կփակվի։`,
    ru: ({ name, paid }) =>
      `Мы пытались записать в CRM, что ${name} оплачен (${paid}), но неизвестно, появилась ли там запись. Сама оплата в безопасности: деньги получены и учтены у нас. Второй раз мы сами писать не будем. Посмотрите в CRM, внесите недостающую запись вручную и закройте эту проверку, указав причину. Если мы найдём запись, проверка закроется сама.`,
    en: ({ name, paid }) =>
      `We tried to write into the CRM that ${name} is paid (${paid}), and nobody knows whether it is there now. The payment itself is safe: the money is received and applied here. We do not write a second time by ourselves. Look in the CRM, enter what is missing by hand, then dismiss this case with a reason. If we find it there, the case closes by itself.`,
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

/** What happened in a case of any kind and, where it is not held money, what that means for the money and what to do. */
export const CASE_SENTENCES: CaseSentences<CaseKind> = { ...MONEY_CASES, ...OTHER_CASES };
