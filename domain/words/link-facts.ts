import type { FactName } from "../facts.ts";
import { sayBecause, type Sentences } from "./fact-saying.ts";
import { sayOurs } from "./our-reasons.ts";
import { oneLine } from "./quote.ts";
import { sayChannel, sayOutcome } from "./sends.ts";

type Told = Extract<FactName, `${"link" | "send" | "attempt" | "checkout" | "customer"}_${string}`>;

/** What `notAnswered` writes where the provider's answer would stand. */
const NO_ANSWER = "no answer";

/** What happened to a link, its sends and its attempts. */
export const LINK_FACTS: Sentences<Told> = {
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
    hy: ({ reason }, { quote }) => `հղումը չեղարկվել է. պատճառը՝ ${quote(sayOurs(reason, "hy"))}`,
    ru: ({ reason }, { quote }) => `ссылка отменена, причина: ${quote(sayOurs(reason, "ru"))}`,
    en: ({ reason }, { quote }) => `cancelled link, the reason: ${quote(reason)}`,
  },
  link_replaced: {
    hy: ({ reason }, { quote }) => `հղումը փոխարինվել է նորով${sayBecause(reason, "hy", quote)}`,
    ru: ({ reason }, { quote }) => `ссылка заменена новой${sayBecause(reason, "ru", quote)}`,
    en: ({ reason }, { quote }) => `replaced link by a new one${sayBecause(reason, "en", quote)}`,
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
  checkout_closed: {
    hy: () => "վճարման էջը փակվել է վճարային համակարգում, այնտեղ այլևս վճարել հնարավոր չէ",
    ru: () => "страница оплаты закрыта в платёжной системе, заплатить там больше нельзя",
    en: () => "the checkout is closed at the provider, nobody can pay there any more",
  },
  checkout_left_open: {
    hy: ({ because }, { quote }) => `վճարային համակարգը չի փակել վճարման էջը՝ ${quote(because)}`,
    ru: ({ because }, { quote }) => `платёжная система не закрыла страницу оплаты: ${quote(because)}`,
    en: ({ because }, { quote }) => `the provider did not close the checkout: ${quote(because)}`,
  },
};
