import type { Refusal, RefusalCode } from "../decision.ts";
import type { Locale } from "../locale.ts";
import { oneLine, plain } from "./quote.ts";
import { sayTime } from "./time.ts";

/** What a sentence may name: the invoice, who may do it instead, from when it may be done. Empty: nobody said. */
type Told = { readonly name: string; readonly who: string; readonly until: string };

type Sentences = { readonly [Code in RefusalCode]: Readonly<Record<Locale, (told: Told) => string>> };

/** What is, that nothing was changed, and what to do. A refusal without words in every language does not compile. */
const SENTENCES: Sentences = {
  not_a_member: {
    hy: () =>
      "Վճարման հղումներից կարող են օգտվել միայն աշխատանքային տարածքի լիիրավ անդամները. հյուրերը, այլ ընկերությունների աշխատակիցները և նրանք, ում այս պահին չհաջողվեց ստուգել, դա անել չեն կարող։ Ոչինչ չի փոխվել։ Դիմեք գործընկերոջը, որը լիիրավ անդամ է, կամ մեկ րոպեից կրկին փորձեք։",
    ru: () =>
      "Ссылками на оплату могут пользоваться только полноправные участники рабочего пространства; гостям, сотрудникам других компаний и тем, кого сейчас не удалось проверить, это недоступно. Ничего не изменено. Обратитесь к коллеге, который является полноправным участником, или повторите через минуту.",
    en: () =>
      "Payment links are for full members of this workspace: guests, people from other companies and people who could not be checked just now may not use them. Nothing was changed. Ask a colleague who is a full member, or try again in a minute.",
  },
  invoice_unknown: {
    hy: ({ name }) =>
      `CRM-ում չկա ${name} համարով հաշիվ, գործարք կամ պատվեր։ Ոչինչ չի փոխվել։ Ստուգեք համարը. գործարքը գրվում է deal:77, պատվերը՝ order:55։`,
    ru: ({ name }) =>
      `В CRM нет счёта, сделки или заказа с номером ${name}. Ничего не изменено. Проверьте номер: сделка пишется deal:77, заказ — order:55.`,
    en: ({ name }) =>
      `The CRM has no invoice, deal or order ${name}. Nothing was changed. Check the number: a deal is written deal:77, an order order:55.`,
  },
  not_allowed: {
    hy: ({ name, who }) =>
      `Դուք իրավունք չունեք այս գործողությունը կատարելու ${name}-ի համար։ Ոչինչ չի փոխվել։ Դա կարող է անել ${who ? `պատասխանատուն (${who}) կամ ` : ""}թիմի ղեկավարը։`,
    ru: ({ name, who }) =>
      `У вас нет прав на это действие для ${name}. Ничего не изменено. Это может сделать ${who ? `${who} или ` : ""}руководитель группы.`,
    en: ({ name, who }) =>
      `You may not do this for ${name}. Nothing was changed. ${who ? `${who} or a lead` : "A lead"} may do it.`,
  },
  over_your_limit: {
    hy: ({ name, who }) =>
      `${name}-ի գումարը գերազանցում է ձեր սահմանաչափը։ Հղում չի տրամադրվել։ Դա կարող է անել թիմի ղեկավարը${who ? ` (${who})` : ""}։`,
    ru: ({ name, who }) =>
      `Сумма по ${name} превышает ваш лимит. Ссылка не выдана. Это может сделать руководитель группы${who ? ` (${who})` : ""}.`,
    en: ({ name, who }) =>
      `The amount of ${name} is above your limit. No link was issued. A lead${who ? ` (${who})` : ""} may issue it.`,
  },
  invoice_cancelled: {
    hy: ({ name }) =>
      `${name}-ը չեղարկված է CRM-ում, ուստի դրա համար վճարում ընդունել հնարավոր չէ։ Ոչինչ չի փոխվել։ Եթե այն պետք է վճարվի, նախ վերականգնեք այն CRM-ում, ապա գրեք /paylink ${name}։`,
    ru: ({ name }) =>
      `${name} значится в CRM как отменённый документ, поэтому принять оплату нельзя. Ничего не изменено. Если оплата нужна, восстановите его в CRM и напишите /paylink ${name}.`,
    en: ({ name }) =>
      `${name} is cancelled in the CRM, so nothing can be collected for it. Nothing was changed. If it should be paid, reopen it in the CRM, then ask with /paylink ${name}.`,
  },
  invoice_paid: {
    hy: ({ name }) =>
      `${name}-ն արդեն ամբողջությամբ վճարված է։ Նոր հղում պետք չէ, ոչինչ չի փոխվել։ Տեսնելու համար, թե ինչպես է վճարվել, գրեք /paylink why ${name}։`,
    ru: ({ name }) =>
      `По ${name} уже всё оплачено. Новая ссылка не нужна, ничего не изменено. Чтобы увидеть, как прошла оплата, напишите /paylink why ${name}.`,
    en: ({ name }) =>
      `${name} is already paid in full. No new link is needed and nothing was changed. To see how it was paid: /paylink why ${name}.`,
  },
  part_unavailable: {
    hy: ({ name }) =>
      `Մասնակի վճարումներն այս տարբերակում միացված չեն։ Հղում չի տրամադրվել։ Ամբողջ գումարի համար գրեք /paylink ${name}։`,
    ru: ({ name }) =>
      `Оплата частями в этой версии не включена. Ссылка не выдана. Чтобы запросить всю сумму, напишите /paylink ${name}.`,
    en: ({ name }) =>
      `Part payments are not switched on in this version. No link was issued. Ask for the whole amount: /paylink ${name}.`,
  },
  amount_not_whole: {
    hy: ({ name }) =>
      `${name}-ի գումարն ամբողջ թիվ չէ, իսկ այս արժույթով ընդունվում են միայն ամբողջ գումարներ։ Հղում չի տրամադրվել։ Ուղղեք գումարը CRM-ում և կրկին գրեք /paylink ${name}։`,
    ru: ({ name }) =>
      `Сумма по ${name} не целая, а в этой валюте принимаются только целые суммы. Ссылка не выдана. Исправьте сумму в CRM и снова напишите /paylink ${name}.`,
    en: ({ name }) =>
      `The amount of ${name} has a fraction, and this currency is collected in whole units only. No link was issued. Correct the amount in the CRM and ask again with /paylink ${name}.`,
  },
  deadline_passed: {
    hy: ({ name }) =>
      `Այդ ժամկետն արդեն անցել է։ Ոչինչ չի փոխվել։ Ընտրեք ավելի ուշ ժամկետ, օրինակ՝ /paylink ${name} expires 3d։`,
    ru: ({ name }) =>
      `Этот срок уже прошёл. Ничего не изменено. Выберите более поздний срок, например /paylink ${name} expires 3d.`,
    en: ({ name }) =>
      `That deadline has already passed. Nothing was changed. Choose a later one, for example /paylink ${name} expires 3d.`,
  },
  deadline_too_far: {
    hy: ({ name }) =>
      `Այդ ժամկետը չափազանց հեռու է. հղումը կարող է գործել ամենաշատը մեկ տարի։ Հղում չի տրամադրվել։ Ընտրեք ավելի մոտ ժամկետ, օրինակ՝ /paylink ${name} expires 3d։`,
    ru: ({ name }) =>
      `Этот срок слишком далёкий: ссылка может действовать не больше года. Ссылка не выдана. Выберите более близкий срок, например /paylink ${name} expires 3d.`,
    en: ({ name }) =>
      `That deadline is too far away: a link lasts a year at most. No link was issued. Choose an earlier one, for example /paylink ${name} expires 3d.`,
  },
  no_live_link: {
    hy: ({ name }) =>
      `${name}-ի համար գործող վճարման հղում չկա։ Ոչինչ չի փոխվել։ Հղում ստանալու համար գրեք /paylink ${name}։`,
    ru: ({ name }) =>
      `Для ${name} нет действующей ссылки на оплату. Ничего не изменено. Чтобы выдать ссылку, напишите /paylink ${name}.`,
    en: ({ name }) => `${name} has no live payment link. Nothing was changed. Issue one with /paylink ${name}.`,
  },
  link_not_payable: {
    hy: ({ name }) =>
      `Այս հղումով ${name}-ն այլևս հնարավոր չէ վճարել. այն վճարված, չեղարկված, փոխարինված կամ ժամկետանց է։ Գումար չի գանձվել։ Նոր հղումը մենեջերը կարող է տրամադրել /paylink ${name} հրամանով։`,
    ru: ({ name }) =>
      `По этой ссылке оплатить ${name} больше нельзя: она оплачена, отменена, заменена или её срок истёк. Деньги не списаны. Новую ссылку менеджер может выдать командой /paylink ${name}.`,
    en: ({ name }) =>
      `${name} can no longer be paid through this link: it is paid, cancelled, replaced or expired. Nothing was charged. A manager may issue a new one with /paylink ${name}.`,
  },
  link_stale: {
    hy: ({ name }) =>
      `${name}-ի գումարը CRM-ում փոխվել է հղումն ուղարկելուց հետո, ուստի այս հղումն այլևս չի ուղարկվում և չի վճարվում։ Ոչինչ չի փոխվել։ Չեղարկեք հղումը՝ նշելով պատճառը (/paylink cancel ${name} գումարը փոխվել է), ապա գրեք /paylink ${name}։`,
    ru: ({ name }) =>
      `Сумма по ${name} изменилась в CRM после отправки ссылки, поэтому эту ссылку больше нельзя ни отправить, ни оплатить. Ничего не изменено. Отмените ссылку с указанием причины (/paylink cancel ${name} сумма изменилась), затем напишите /paylink ${name}.`,
    en: ({ name }) =>
      `The amount of ${name} changed in the CRM after the link was sent, so this link can no longer be sent or paid. Nothing was changed. Cancel it with a reason (/paylink cancel ${name} amount changed), then ask again with /paylink ${name}.`,
  },
  resend_too_soon: {
    hy: ({ until }) =>
      `Հաճախորդին քիչ առաջ արդեն գրել ենք։ Ոչինչ չի ուղարկվել։ Կրկին ուղարկել կարելի կլինի ${until ? `${until}-ից` : "մի քանի րոպեից"}։`,
    ru: ({ until }) =>
      `Клиенту недавно уже написали. Ничего не отправлено. Отправить снова можно ${until ? `не раньше чем ${until}` : "через несколько минут"}.`,
    en: ({ until }) =>
      `The customer was written to only a short while ago. Nothing was sent. You may send again ${until ? `from ${until}` : "in a few minutes"}.`,
  },
  attempt_being_checked: {
    hy: ({ name }) =>
      `${name}-ի վճարման փորձն այժմ ստուգվում է վճարային համակարգում։ Ոչինչ չի փոխվել։ Սպասեք պատասխանին կամ ստուգեք անմիջապես՝ /paylink verify ${name}։`,
    ru: ({ name }) =>
      `Попытка оплаты ${name} сейчас проверяется в платёжной системе. Ничего не изменено. Подождите ответа или проверьте сразу: /paylink verify ${name}.`,
    en: ({ name }) =>
      `An attempt to pay ${name} is being checked with the payment provider. Nothing was changed. Wait for the answer, or ask for it at once with /paylink verify ${name}.`,
  },
  verb_unavailable: {
    hy: ({ name }) =>
      `reissue և dry-run հրամանները կավելանան հետագա տարբերակում։ Ոչինչ չի փոխվել։ Նոր հղման համար չեղարկեք հղումը՝ նշելով պատճառը, և կրկին գրեք /paylink ${name}։`,
    ru: ({ name }) =>
      `Команды reissue и dry-run появятся в следующей версии. Ничего не изменено. Для новой ссылки отмените прежнюю с указанием причины и снова напишите /paylink ${name}.`,
    en: ({ name }) =>
      `The commands reissue and dry-run arrive with a later version. Nothing was changed. For a new link, cancel the link with a reason and ask again with /paylink ${name}.`,
  },
  nothing_to_verify: {
    hy: ({ name }) =>
      `${name}-ը վճարելու փորձ դեռ չի եղել, ուստի ստուգելու բան չկա։ Ոչինչ չի փոխվել։ Հղումը հաճախորդին ուղարկելու համար գրեք /paylink send ${name}։`,
    ru: ({ name }) =>
      `Оплатить ${name} ещё никто не пробовал, поэтому проверять нечего. Ничего не изменено. Чтобы отправить ссылку клиенту, напишите /paylink send ${name}.`,
    en: ({ name }) =>
      `Nobody has tried to pay ${name} yet, so there is nothing to verify. Nothing was changed. Send the customer the link with /paylink send ${name}.`,
  },
  link_unknown: {
    hy: ({ name }) => `Այսպիսի հղում չկա։ Ոչինչ չի փոխվել։ Գործող հղումը ստանալու համար գրեք /paylink ${name}։`,
    ru: ({ name }) =>
      `Такой ссылки нет. Ничего не изменено. Чтобы получить действующую ссылку, напишите /paylink ${name}.`,
    en: ({ name }) => `There is no such link. Nothing was changed. Get the live one with /paylink ${name}.`,
  },
};

/** A no of our rules as a sentence for the person who asked. */
export function sayRefusal(
  refusal: Refusal,
  {
    locale,
    timeZone,
    invoiceName,
  }: { readonly locale: Locale; readonly timeZone: string; readonly invoiceName: string },
): string {
  const until = refusal.until ? sayTime(refusal.until, locale, timeZone) : "";
  return SENTENCES[refusal.because][locale]({ name: oneLine(invoiceName), who: plain(refusal.who ?? ""), until });
}
