import type { Refusal, RefusalCode } from "../decision.ts";
import type { Locale } from "../locale.ts";
import { ASKING_REFUSALS } from "./asking-refusals.ts";
import { CASE_REFUSALS } from "./case-refusals.ts";
import { sayMoney } from "./money.ts";
import { oneLine, plain } from "./quote.ts";
import type { Sentences } from "./refusal-saying.ts";
import { sayTime } from "./time.ts";

const SENTENCES: Sentences<RefusalCode> = {
  ...ASKING_REFUSALS,
  ...CASE_REFUSALS,
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
      `${name}-ի համար այս հղումով արդեն ստացված գումարը պահված է մինչև հաշվապահի որոշումը։ Նոր վճարում դրանով չի սկսվում։ Սպասեք որոշմանը. տեսնել կարելի է այսպես՝ /paylink why ${name}։`,
    ru: ({ name }) =>
      `Деньги, пришедшие по этой ссылке за ${name}, отложены до решения бухгалтера. Новая оплата по ней не начинается. Дождитесь решения; посмотреть можно так: /paylink why ${name}.`,
    en: ({ name }) =>
      `Money that came for ${name} through this link is held until an accountant decides. No new payment begins on it. Wait for the decision; see it with /paylink why ${name}.`,
  },
  nothing_to_verify: {
    hy: ({ name }) =>
      `${name}-ը վճարելու փորձ դեռ չի եղել, ուստի ստուգելու բան չկա։ Ոչինչ չի փոխվել։ Հղումը հաճախորդին ուղարկելու համար գրեք /paylink send ${name}։`,
    ru: ({ name }) =>
      `Оплатить ${name} ещё никто не пробовал, поэтому проверять нечего. Ничего не изменено. Чтобы отправить ссылку клиенту, напишите /paylink send ${name}.`,
    en: ({ name }) =>
      `Nobody has tried to pay ${name} yet, so there is nothing to verify. Nothing was changed. Send the customer the link with /paylink send ${name}.`,
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
