import type { Locale } from "../locale.ts";
import type { AttemptState, LinkState } from "../states.ts";
import type { Status } from "../status.ts";

type Words<Code extends string> = Readonly<Record<Locale, Readonly<Record<Code, string>>>>;

const STATUS_WORDS: Words<Status> = {
  hy: {
    awaiting: "Սպասում է վճարման",
    pending: "Վճարումն ընթացքի մեջ է",
    paid: "Վճարված է",
    "part paid": "Մասամբ վճարված է",
    failed: "Վճարումը չի հաջողվել",
    expired: "Ժամկետը լրացել է",
    cancelled: "Չեղարկված է",
    refunded: "Գումարը վերադարձված է",
    "part refunded": "Գումարը մասամբ վերադարձված է",
    "manual review": "Պահանջում է ստուգում",
  },
  ru: {
    awaiting: "Ожидает оплаты",
    pending: "Оплата выполняется",
    paid: "Оплачено",
    "part paid": "Оплачено частично",
    failed: "Оплата не прошла",
    expired: "Срок истёк",
    cancelled: "Отменено",
    refunded: "Деньги возвращены",
    "part refunded": "Деньги возвращены частично",
    "manual review": "Требует проверки",
  },
  en: {
    awaiting: "Awaiting payment",
    pending: "Payment in progress",
    paid: "Paid",
    "part paid": "Part paid",
    failed: "Payment failed",
    expired: "Expired",
    cancelled: "Cancelled",
    refunded: "Refunded",
    "part refunded": "Part refunded",
    "manual review": "Manual review",
  },
};

const LINK_WORDS: Words<LinkState> = {
  hy: {
    active: "Գործող",
    paid: "Վճարված",
    expired: "Ժամկետանց",
    cancelled: "Չեղարկված",
    replaced: "Փոխարինված",
  },
  ru: {
    active: "Действует",
    paid: "Оплачена",
    expired: "Срок истёк",
    cancelled: "Отменена",
    replaced: "Заменена",
  },
  en: { active: "Active", paid: "Paid", expired: "Expired", cancelled: "Cancelled", replaced: "Replaced" },
};

const ATTEMPT_WORDS: Words<AttemptState> = {
  hy: {
    opening: "Վճարման էջը բացվում է",
    pending: "Սպասում ենք հաճախորդի վճարմանը",
    paid: "Վճարված է",
    failed: "Չի հաջողվել",
    expired: "Ժամանակը լրացել է",
    unknown: "Արդյունքը դեռ հայտնի չէ",
  },
  ru: {
    opening: "Открывается страница оплаты",
    pending: "Ждём оплату от клиента",
    paid: "Оплачено",
    failed: "Не удалась",
    expired: "Время истекло",
    unknown: "Результат пока неизвестен",
  },
  en: {
    opening: "Opening the checkout",
    pending: "Waiting for the customer to pay",
    paid: "Paid",
    failed: "Failed",
    expired: "Ran out of time",
    unknown: "Outcome not known yet",
  },
};

/** The one status of an invoice, as its manager reads it. */
export const sayStatus = (status: Status, locale: Locale): string => STATUS_WORDS[locale][status];

/** Where a link stands: agrees with the word for link in each language. */
export const sayLinkState = (state: LinkState, locale: Locale): string => LINK_WORDS[locale][state];

/** Where one try to pay stands. */
export const sayAttemptState = (state: AttemptState, locale: Locale): string => ATTEMPT_WORDS[locale][state];
