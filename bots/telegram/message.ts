import { fmt, FormattedString } from "@grammyjs/parse-mode";
import type { InlineKeyboardMarkup, MessageEntity } from "grammy/types";
import { theLink } from "../../domain/apply.ts";
import { type Invoice, type Link, type Payment, referenceOf } from "../../domain/invoice.ts";
import type { Locale } from "../../domain/locale.ts";
import type { Money } from "../../domain/money.ts";
import { sayMoney } from "../../domain/words/money.ts";
import { sayTime } from "../../domain/words/time.ts";
import { fit, LONGEST_TEXT, oneLine } from "./fit.ts";
import { standingOf } from "./standing.ts";
import { WORDS } from "./words.ts";

/** A message as Telegram takes it. The styles are entities, so nothing that a CRM wrote needs escaping. */
export type CustomerMessage = {
  readonly text: string;
  readonly entities: MessageEntity[];
  readonly reply_markup?: InlineKeyboardMarkup;
};

type Reader = { readonly locale: Locale; readonly timeZone: string };

/**
 * The customer's message as it must look now: what is owed and one button to our own page (`url`) while the link can be
 * paid, and what became of it afterwards. It names no person: whoever sees the chat sees no more than the payment page.
 */
export function renderCustomer(
  invoice: Invoice,
  link: Link,
  reader: Reader & { readonly url: string },
): CustomerMessage {
  const { locale, timeZone, url } = reader;
  const words = WORDS[locale];
  const standing = standingOf(invoice, link);
  if (standing !== "payable") {
    const amounts = [
      fmt`${words.amount} ${FormattedString.b(sayMoney(link.amount, locale))}`,
      ...refundedLine(refundedThrough(invoice, link), locale),
    ];
    return withPurpose(titleOf(invoice, locale), link.purpose, [...amounts, fmt``, fmt`${words.standing[standing]}`]);
  }
  const lines = [
    fmt`${words.toPay} ${FormattedString.b(sayMoney(link.amount, locale))}`,
    fmt`${words.payBy} ${sayTime(link.expiresAt, locale, timeZone)}`,
  ];
  const reply_markup = { inline_keyboard: [[{ text: words.pay, url }]] };
  return { ...withPurpose(titleOf(invoice, locale), link.purpose, lines), reply_markup };
}

/** A payment in words, for the customer to keep. */
export function renderReceipt(invoice: Invoice, payment: Payment, { locale, timeZone }: Reader): CustomerMessage {
  const { receipt, title } = WORDS[locale];
  return withPurpose(FormattedString.b(receipt.title), theLink(invoice, payment.link).purpose, [
    fmt`${title[invoice.kind](invoice.number)}`,
    fmt`${receipt.paid} ${FormattedString.b(sayMoney(payment.amount, locale))}`,
    fmt`${receipt.date} ${sayTime(payment.paidAt, locale, timeZone)}`,
    fmt`${receipt.reference} ${FormattedString.code(referenceOf(payment))}`,
  ]);
}

const titleOf = ({ kind, number }: Invoice, locale: Locale): FormattedString =>
  FormattedString.b(WORDS[locale].title[kind](number));

const refundedLine = (refunded: Money, locale: Locale): FormattedString[] =>
  refunded.minor > 0n ? [fmt`${WORDS[locale].refunded} ${sayMoney(refunded, locale)}`] : [];

function refundedThrough({ payments }: Invoice, link: Link): Money {
  const { currency } = link.amount;
  const back = payments.filter(({ link: id, refunded }) => id === link.id && refunded.currency === currency);
  return { minor: back.reduce((total, { refunded }) => total + refunded.minor, 0n), currency };
}

/** Title, purpose, the rest. The purpose is the only part of any length: it is what is cut to keep Telegram's limit. */
function withPurpose(title: FormattedString, purpose: string, rest: readonly FormattedString[]): CustomerMessage {
  const frame = FormattedString.join([title, "", "", ...rest], "\n");
  const shown = fit(oneLine(purpose), LONGEST_TEXT - frame.text.length);
  const lines = [title, ...(shown === "" ? [] : [shown]), "", ...rest];
  const { text, entities } = FormattedString.join(lines, "\n");
  return { text, entities };
}
