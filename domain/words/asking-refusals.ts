import type { RefusalCode } from "../decision.ts";
import type { Sentences } from "./refusal-saying.ts";

type Code = Extract<
  RefusalCode,
  `part_${string}` | `deadline_${string}` | `invoice_${"cancelled" | "paid"}` | "amount_not_whole" | "over_your_limit"
>;

/** Why a link cannot be asked for. */
export const ASKING_REFUSALS: Sentences<Code> = {
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
};
