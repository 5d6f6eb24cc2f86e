import type { StayingLink } from "../desk.ts";
import type { Locale } from "../locale.ts";
import { sayMoney } from "./money.ts";
import { quote } from "./quote.ts";
import { sayTime } from "./time.ts";

type Told = { readonly invoice: string; readonly amount: string; readonly until: string; readonly words: string };

const SENTENCES: Readonly<Record<Locale, (told: Told) => string>> = {
  hy: ({ invoice, amount, until, words }) =>
    `${invoice}-ի հղումը մնում է անփոփոխ՝ ${amount}, վճարել մինչև ${until}։ Այս բառերը ոչինչ չփոխեցին՝ ${words}։ ` +
    `Այլ հղում ստանալու համար նախ չեղարկեք այս մեկը՝ /paylink cancel ${invoice} և պատճառը, ապա կրկնեք նույն հրամանը։ ` +
    `/paylink reissue ${invoice} հրամանն այն փոխարինում է նորով՝ այսօրվա պարտքի համար, առանց այդ բառերի։`,
  ru: ({ invoice, amount, until, words }) =>
    `Ссылка на ${invoice} остаётся как есть: ${amount}, оплатить до ${until}. Эти слова ничего не изменили: ${words}. ` +
    `Чтобы получить другую, сначала отмените эту: /paylink cancel ${invoice} и причина, затем повторите тот же запрос. ` +
    `/paylink reissue ${invoice} заменяет её новой на нынешний долг, без этих слов.`,
  en: ({ invoice, amount, until, words }) =>
    `The link for ${invoice} stays as it is: ${amount}, payable until ${until}. These words changed nothing: ${words}. ` +
    `To have another one, first cancel this one, /paylink cancel ${invoice} and the reason, and then ask in the same words again. ` +
    `/paylink reissue ${invoice} replaces it by a new one for what is owed now, without these words.`,
};

type Where = { readonly locale: Locale; readonly timeZone: string; readonly invoiceName: string };

/** That the link which is there is not the one that was asked for, what it is, and how to get another. */
export const sayStays = ({ link, unheeded }: StayingLink, { locale, timeZone, invoiceName }: Where): string =>
  SENTENCES[locale]({
    invoice: invoiceName,
    amount: sayMoney(link.amount, locale),
    until: sayTime(link.expiresAt, locale, timeZone),
    words: unheeded.map((word) => quote(word, locale)).join(", "),
  });
