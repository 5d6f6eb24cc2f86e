import type { Doubt } from "../cases.ts";
import type { DisputeState } from "../states.ts";
import type { Locale } from "../locale.ts";
import type { CaseSentences } from "./case-saying.ts";

type MoneyCase =
  | Doubt
  | "unknown_payment"
  | "refund_unannounced"
  | "refund_overdue"
  | "refund_refused"
  | "refund_exceeds"
  | "refund_came_back"
  | "refund_reversed"
  | "chargeback"
  | "fiscal_failed";

/** How a dispute stands, and what that means for the money. */
const DISPUTES: Readonly<Record<DisputeState, Readonly<Record<Locale, string>>>> = {
  open: {
    hy: "Մինչ վեճը լուծվի, գումարը ձեր հաշվից պահված է, իսկ վճարումը չեղարկված չէ։ Ապացույցներն ուղարկեք վճարային համակարգին մինչև դրա սահմանած ժամկետը։",
    ru: "Пока спор не решён, деньги с вас удержаны, но оплата не отменена. Отправьте доказательства платёжной системе до её срока.",
    en: "Until it is decided the money is withheld from you, and the payment stands. Send your evidence to the provider before its deadline.",
  },
  lost: {
    hy: "Վեճը տանուլ է տրված. գումարը վերադարձել է քարտատիրոջը և այլևս հաշվի վճարում չի համարվում։",
    ru: "Спор проигран: деньги вернулись держателю карты и больше не считаются оплатой счёта.",
    en: "The dispute is lost: the money went back to the cardholder and no longer counts towards the invoice.",
  },
  won: {
    hy: "Վեճը շահված է. գումարը մնում է ձեզ, վճարումն ուժի մեջ է։",
    ru: "Спор выигран: деньги остаются у вас, оплата в силе.",
    en: "The dispute is won: the money stays with you, and the payment stands.",
  },
};

/** Money that is held, that went back, or of which nobody knows whose it is. */
export const MONEY_CASES: CaseSentences<MoneyCase> = {
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
  refund_refused: {
    hy: ({ name, paid, provider }) =>
      `${name}-ի համար ստացված ${paid} գումարը որոշվել էր վերադարձնել հաճախորդին, բայց վճարային համակարգը${provider} դա չի կատարել։ Գումարը շարունակում է պահված մնալ։ Վերադարձրեք այն վճարային համակարգի գրասենյակում, ապա գրեք /paylink verify ${name}։`,
    ru: ({ name, paid, provider }) =>
      `${paid}, полученные по ${name}, решено вернуть клиенту, но платёжная система${provider} этого не сделала. Деньги остаются отложенными. Верните их в кабинете платёжной системы и напишите /paylink verify ${name}.`,
    en: ({ name, paid, provider }) =>
      `It was decided that ${paid} received for ${name} goes back to the customer, and the provider${provider} did not take it on. The money stays held. Return it in the provider's own panel, then write /paylink verify ${name}.`,
  },
  refund_came_back: {
    hy: ({ name, paid, provider, status }) =>
      `Վճարային համակարգը${provider} այլևս չի հայտնում, որ ${name}-ի վճարումից ${paid} վերադարձվել է հաճախորդին, ինչպես հայտնում էր նախկինում. այժմ նրա պատասխանն է ${status}։ Գումարը կրկին ձեզ մոտ է և պահված է մինչև հաշվապահի որոշումը. ինքնուրույն այն ոչինչ չի վճարում, քանի որ հաճախորդը կարող է արդեն նորից վճարած լինել։ Նույն գումարը հաճախորդից կրկին մի պահանջեք։`,
    ru: ({ name, paid, provider, status }) =>
      `Платёжная система${provider} больше не сообщает, что ${paid} из оплаты ${name} вернулись клиенту, как сообщала раньше; теперь её ответ: ${status}. Деньги снова у вас и отложены до решения бухгалтера: сами они ничего не оплачивают, ведь клиент мог уже заплатить заново. Не требуйте с клиента ту же сумму ещё раз.`,
    en: ({ name, paid, provider, status }) =>
      `The provider${provider} no longer reports that ${paid} of the payment for ${name} went back to the customer, as it had before; it now answers ${status}. The money is with you again and held for the accountant: it pays nothing by itself, because the customer may have paid anew. Do not collect the same amount again.`,
  },
  refund_reversed: {
    hy: ({ name, paid, provider, status }) =>
      `Վճարային համակարգը${provider} ${name}-ի համար այլևս չի հայտնում նախկինում հայտնած ${paid} վերադարձը. այժմ նրա պատասխանն է ${status}։ Գումարը հավանաբար կրկին ձեզ մոտ է, իսկ մեր գրքերում այն դեռ համարվում է վերադարձված։ Պարզեք վճարային համակարգից, ապա վերադարձրեք այն հաճախորդին կամ գրանցեք CRM-ում։ Նույն գումարը հաճախորդից կրկին մի պահանջեք։`,
    ru: ({ name, paid, provider, status }) =>
      `Платёжная система${provider} больше не сообщает о возврате ${paid} по ${name}, о котором сообщала раньше; теперь её ответ: ${status}. Деньги, вероятно, снова у вас, а в наших книгах они всё ещё считаются возвращёнными. Уточните у платёжной системы и верните их клиенту или учтите в CRM. Не требуйте с клиента ту же сумму ещё раз.`,
    en: ({ name, paid, provider, status }) =>
      `The provider${provider} no longer reports that ${paid} of the payment for ${name} went back, as it had before; it now answers ${status}. The money is probably with you again, and our books still count it as returned. Find out from the provider, then return it to the customer or enter it in the CRM. Do not collect the same amount again.`,
  },
  chargeback: {
    hy: ({ name, paid, provider, dispute }) =>
      `${name}-ի ${paid} վճարումը վիճարկվել է քարտատիրոջ բանկի միջոցով${provider}։ ${DISPUTES[dispute].hy}`,
    ru: ({ name, paid, provider, dispute }) =>
      `Оплату ${name}, ${paid}, оспорил банк держателя карты${provider}. ${DISPUTES[dispute].ru}`,
    en: ({ name, paid, provider, dispute }) =>
      `${paid} of the payment for ${name} is disputed by the cardholder's bank${provider}. ${DISPUTES[dispute].en}`,
  },
  fiscal_failed: {
    hy: ({ name, paid }) =>
      `${name}-ի համար ստացված ${paid} վճարման ՀԴՄ կտրոնի մասին հաստատում չկա։ Վճարումը գրանցված է և չի փոխվել։ Ստուգեք կտրոնը դրամարկղում. նորը տպեք միայն համոզվելով, որ առաջինը չկա։`,
    ru: ({ name, paid }) =>
      `Нет подтверждения фискального чека по оплате ${name}, ${paid}. Оплата учтена и не изменилась. Проверьте чек в кассе; пробивайте новый, только убедившись, что первого нет.`,
    en: ({ name, paid }) =>
      `The fiscal receipt of ${paid} paid for ${name} is not confirmed. The payment is applied as it was. Look for the receipt in the register, and issue another only when you are sure that there is none.`,
  },
};
