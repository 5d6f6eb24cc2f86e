import type { Refusal, RefusalCode } from "../decision.ts";
import type { Locale } from "../locale.ts";
import { sayMoney } from "./money.ts";
import { oneLine, plain } from "./quote.ts";
import { sayTime } from "./time.ts";

/** What a sentence may name: the invoice, who may do it instead, from when it may be done. Empty: nobody said. */
type Told = { readonly name: string; readonly who: string; readonly until: string; readonly limit: string };

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
  not_yours_to_decide: {
    hy: ({ name }) => `${name}-ի պահված գումարի մասին որոշում է հաշվապահը։ Ոչինչ չի փոխվել։ Դիմեք հաշվապահին։`,
    ru: ({ name }) => `Об отложенных деньгах по ${name} решает бухгалтер. Ничего не изменено. Обратитесь к бухгалтеру.`,
    en: ({ name }) =>
      `The held money of ${name} is for an accountant to decide. Nothing was changed. Ask an accountant.`,
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
  part_unreadable: {
    hy: ({ name }) =>
      `Մասնակի գումարը հնարավոր չէ օգտագործել այս արժույթով։ Հղում չի տրամադրվել։ Գրեք, օրինակ, /paylink ${name} part 20000 կամ part 50%։`,
    ru: ({ name }) =>
      `Такую часть в валюте счёта запросить нельзя. Ссылка не выдана. Напишите, например, /paylink ${name} part 20000 или part 50%.`,
    en: ({ name }) =>
      `That is no amount of this currency. No link was issued. Write for example /paylink ${name} part 20000 or part 50%.`,
  },
  part_too_small: {
    hy: ({ name, limit }) =>
      `Մասնակի վճարումը չի կարող պակաս լինել ${limit}-ից։ Հղում չի տրամադրվել։ Գրեք ավելի մեծ մաս կամ ամբողջ գումարի համար՝ /paylink ${name}։`,
    ru: ({ name, limit }) =>
      `Часть не может быть меньше ${limit}. Ссылка не выдана. Укажите большую часть или запросите всё: /paylink ${name}.`,
    en: ({ name, limit }) =>
      `A part may not be less than ${limit}. No link was issued. Ask for more, or for all of it with /paylink ${name}.`,
  },
  part_too_large: {
    hy: ({ name, limit }) =>
      `${name}-ով մնացել է վճարել միայն ${limit}։ Հղում չի տրամադրվել։ Մնացածի համար գրեք /paylink ${name}։`,
    ru: ({ name, limit }) =>
      `По ${name} осталось заплатить только ${limit}. Ссылка не выдана. Чтобы запросить остаток, напишите /paylink ${name}.`,
    en: ({ name, limit }) =>
      `Only ${limit} is still owed for ${name}. No link was issued. Ask for the rest with /paylink ${name}.`,
  },
  part_too_many: {
    hy: ({ name, limit }) =>
      `${name}-ն արդեն բաժանված է առավելագույն թվով վճարումների։ Հղում չի տրամադրվել։ Մնացածը (${limit}) պահանջեք մեկ անգամից՝ /paylink ${name}։`,
    ru: ({ name, limit }) =>
      `${name} уже разделён на наибольшее число платежей. Ссылка не выдана. Запросите остаток (${limit}) целиком: /paylink ${name}.`,
    en: ({ name, limit }) =>
      `${name} is already cut into as many payments as the policy allows. No link was issued. Ask for the rest (${limit}) at once with /paylink ${name}.`,
  },
  part_leaves_too_little: {
    hy: ({ name, limit }) =>
      `Այդ մասից հետո կմնար ${limit}-ից պակաս, որը հետո հնարավոր չէր լինի պահանջել։ Հղում չի տրամադրվել։ Գրեք ավելի փոքր մաս կամ ամբողջը՝ /paylink ${name}։`,
    ru: ({ name, limit }) =>
      `После такой части осталось бы меньше ${limit}, и остаток нельзя было бы запросить. Ссылка не выдана. Укажите меньшую часть или запросите всё: /paylink ${name}.`,
    en: ({ name, limit }) =>
      `That part would leave less than ${limit}, which could not be asked for afterwards. No link was issued. Ask for less, or for all of it with /paylink ${name}.`,
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
      `${name}-ի գումարը CRM-ում փոխվել է հղումն ուղարկելուց հետո, ուստի այս հղումն այլևս չի ուղարկվում և չի վճարվում։ Ոչինչ չի փոխվել։ Փոխարինեք այն նորով՝ /paylink reissue ${name}։`,
    ru: ({ name }) =>
      `Сумма по ${name} изменилась в CRM после отправки ссылки, поэтому эту ссылку больше нельзя ни отправить, ни оплатить. Ничего не изменено. Замените её новой: /paylink reissue ${name}.`,
    en: ({ name }) =>
      `The amount of ${name} changed in the CRM after the link was sent, so this link can no longer be sent or paid. Nothing was changed. Replace it by a new one with /paylink reissue ${name}.`,
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
  case_unknown: {
    hy: () => "Այսպիսի ստուգում չկա։ Ոչինչ չի փոխվել։ Բաց ստուգումների ցանկը՝ /paylink cases։",
    ru: () => "Такой проверки нет. Ничего не изменено. Открытые проверки: /paylink cases.",
    en: () => "There is no such case. Nothing was changed. See the open ones with /paylink cases.",
  },
  case_closed: {
    hy: ({ name }) => `Այս ստուգումն արդեն փակված է այլ որոշմամբ։ Ոչինչ չի փոխվել։ Տեսեք՝ /paylink why ${name}։`,
    ru: ({ name }) =>
      `Эта проверка уже закрыта с другим решением. Ничего не изменено. Посмотрите: /paylink why ${name}.`,
    en: ({ name }) =>
      `This case was already resolved in another way. Nothing was changed. See how with /paylink why ${name}.`,
  },
  reason_missing: {
    hy: () => "Որոշման համար անհրաժեշտ է պատճառ։ Ոչինչ չի փոխվել։ Կրկնեք՝ գրելով պատճառը։",
    ru: () => "Для решения нужна причина. Ничего не изменено. Повторите и напишите причину.",
    en: () => "A decision needs a reason. Nothing was changed. Do it again and write why.",
  },
  action_unavailable: {
    hy: ({ name }) =>
      `Այս որոշումն այստեղ հնարավոր չէ. գումարն այլևս պահված չէ, կամ ${name}-ով պարտք չկա, կամ արժույթն այլ է։ Ոչինչ չի փոխվել։ Ընտրեք մեկ այլ որոշում։`,
    ru: ({ name }) =>
      `Такое решение здесь невозможно: деньги уже не отложены, или по ${name} нет долга, или валюта другая. Ничего не изменено. Выберите другое решение.`,
    en: ({ name }) =>
      `This cannot be chosen here: the money is not held any more, or nothing is owed on ${name}, or the currency is another. Nothing was changed. Choose another action.`,
  },
  second_person_needed: {
    hy: ({ limit }) =>
      `${limit}-ից ավելի գումարի դեպքում երկրորդ մարդը պետք է ընտրի նույն որոշումը։ Ձեր առաջարկը գրանցված է, գումարը տեղից չի շարժվել։ Խնդրեք մեկ այլ հաշվապահի։`,
    ru: ({ limit }) =>
      `Если сумма больше ${limit}, то же решение должен принять второй человек. Ваше предложение записано, деньги не тронуты. Попросите другого бухгалтера.`,
    en: ({ limit }) =>
      `Above ${limit} a second person must choose the same. Your proposal is recorded and no money was moved. Ask another accountant.`,
  },
};

/** Where nobody said which limit it was. */
const UNKNOWN_LIMIT: Readonly<Record<Locale, string>> = {
  hy: "սահմանված գումար",
  ru: "установленной суммы",
  en: "the amount set by the policy",
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
  const limit = refusal.limit ? sayMoney(refusal.limit, locale) : UNKNOWN_LIMIT[locale];
  return SENTENCES[refusal.because][locale]({
    name: oneLine(invoiceName),
    who: plain(refusal.who ?? ""),
    until,
    limit,
  });
}
