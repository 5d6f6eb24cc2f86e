import type { Send } from "../invoice.ts";
import type { Locale } from "../locale.ts";

/** Follows "link sent" in each language. */
const CHANNEL_WORDS: Readonly<Record<Locale, Readonly<Record<Send["channel"], string>>>> = {
  hy: {
    telegram: "Telegram-ով",
    slack: "Slack-ով",
    email: "էլեկտրոնային փոստով",
    copy: "մենեջերին՝ հաճախորդին փոխանցելու համար",
  },
  ru: {
    telegram: "в Telegram",
    slack: "в Slack",
    email: "по электронной почте",
    copy: "менеджеру, чтобы передать клиенту",
  },
  en: { telegram: "in Telegram", slack: "in Slack", email: "by e-mail", copy: "to the manager to pass on" },
};

const OUTCOME_WORDS: Readonly<Record<Locale, Readonly<Record<Send["outcome"], string>>>> = {
  hy: {
    sent: "ուղարկված է",
    opened: "հաճախորդը բացել է",
    blocked: "հաճախորդն արգելափակել է բոտը",
    failed: "չի առաքվել",
  },
  ru: {
    sent: "отправлено",
    opened: "клиент открыл",
    blocked: "клиент заблокировал бота",
    failed: "не доставлено",
  },
  en: {
    sent: "sent",
    opened: "opened by the customer",
    blocked: "the customer has blocked the bot",
    failed: "not delivered",
  },
};

/** Which way a link went, as it follows "link sent". */
export const sayChannel = (channel: Send["channel"], locale: Locale): string => CHANNEL_WORDS[locale][channel];

/** How a delivery ended. */
export const sayOutcome = (outcome: Send["outcome"], locale: Locale): string => OUTCOME_WORDS[locale][outcome];
