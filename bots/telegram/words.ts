import type { InvoiceKind } from "../../domain/invoice.ts";
import type { Locale } from "../../domain/locale.ts";
import type { CustomerStanding } from "./standing.ts";

/** Everything the bot says to a customer. A sentence that is missing in a language does not compile. */
export type CustomerWords = {
  readonly pay: string;
  readonly title: Record<InvoiceKind, (number: string) => string>;
  readonly toPay: string;
  readonly payBy: string;
  readonly amount: string;
  readonly refunded: string;
  readonly standing: Record<Exclude<CustomerStanding, "payable">, string>;
  readonly receipt: {
    readonly title: string;
    readonly paid: string;
    readonly date: string;
    readonly reference: string;
  };
  readonly bareStart: string;
  readonly unknownCode: string;
  readonly help: string;
  readonly notUnderstood: string;
  readonly chooseLanguage: string;
  readonly languageChosen: string;
  readonly commands: Record<CustomerCommand, string>;
};

/** What the menu of a private chat offers, in this order. */
export const CUSTOMER_COMMANDS = ["start", "language", "help"] as const;
type CustomerCommand = (typeof CUSTOMER_COMMANDS)[number];

/** Each language by its own name: whoever cannot read the question can still find the answer. */
export const LANGUAGE_NAMES: Record<Locale, string> = { hy: "Հայերեն", ru: "Русский", en: "English" };

const hy: CustomerWords = {
  pay: "Վճարել",
  title: {
    invoice: (number) => `Հաշիվ ${number}`,
    deal: (number) => `Գործարք ${number}`,
    order: (number) => `Պատվեր ${number}`,
  },
  toPay: "Վճարման ենթակա գումարը՝",
  payBy: "Վճարել մինչև՝",
  amount: "Գումարը՝",
  refunded: "Վերադարձված գումարը՝",
  standing: {
    checking: "Վճարումը ստուգվում է։ Խնդրում ենք կրկին չվճարել․ վաճառողը կկապվի Ձեզ հետ։",
    paid: "✅ Վճարված է։",
    settled: "✅ Արդեն վճարված է․ այլևս վճարելու կարիք չկա։",
    refunded: "Գումարը վերադարձվել է։",
    part_refunded: "✅ Վճարված է։ Գումարի մի մասը վերադարձվել է։",
    expired: "Վճարման ժամկետը լրացել է։ Խնդրեք վաճառողից նոր հղում։",
    cancelled: "Վճարման հղումը չեղարկվել է։ Հարցերի դեպքում դիմեք վաճառողին։",
    replaced: "Այս հղումը փոխարինվել է նորով։ Խնդրում ենք վճարել միայն նոր հղումով։",
    outdated: "Գումարը փոխվել է։ Խնդրում ենք սպասել վաճառողի նոր հղմանը։",
  },
  receipt: {
    title: "Վճարումն ստացված է",
    paid: "Վճարված գումարը՝",
    date: "Ամսաթիվը՝",
    reference: "Վճարման համարը՝",
  },
  bareStart:
    "Ես ցույց եմ տալիս Ձեր հաշիվը և բացում դրա վճարման էջը։ Հաշիվը տեսնելու համար բացեք Ձեզ ուղարկված հղումը " +
    "կամ գրեք ինձ դրա կոդը։\n\n/language – փոխել լեզուն\n/help – օգնություն",
  unknownCode: "Այս կոդով հաշիվ չի բացվում։ Խնդրեք վաճառողից նոր հղում։",
  help:
    "Ես ուղարկում եմ հաշիվներ՝ «Վճարել» կոճակով։ Վճարումը կատարվում է պաշտպանված էջում, և վաճառողը տեղեկանում է " +
    "դրա մասին, հենց որ այն հաստատվի։ Երբեք մի՛ ուղարկեք ինձ քարտի տվյալներ։\n\n" +
    "/start և կոդը – բացել հաշիվը\n/language – փոխել լեզուն\n/help – օգնություն",
  notUnderstood: "Ես հասկանում եմ միայն հրամաններ։ Բացեք Ձեզ ուղարկված հղումը կամ ընտրեք /help հրամանը։",
  chooseLanguage: "Ընտրեք լեզուն՝",
  languageChosen: "Այսուհետ Ձեզ կգրեմ հայերեն։",
  commands: { start: "Բացել հաշիվը", language: "Փոխել լեզուն", help: "Օգնություն" },
};

const ru: CustomerWords = {
  pay: "Оплатить",
  title: {
    invoice: (number) => `Счёт ${number}`,
    deal: (number) => `Сделка ${number}`,
    order: (number) => `Заказ ${number}`,
  },
  toPay: "К оплате:",
  payBy: "Оплатить до:",
  amount: "Сумма:",
  refunded: "Возвращено:",
  standing: {
    checking: "Платёж проверяется. Пожалуйста, не платите ещё раз: продавец свяжется с вами.",
    paid: "✅ Оплачено.",
    settled: "✅ Уже оплачено, больше платить не нужно.",
    refunded: "Деньги возвращены.",
    part_refunded: "✅ Оплачено. Часть денег возвращена.",
    expired: "Срок оплаты истёк. Попросите у продавца новую ссылку.",
    cancelled: "Ссылка на оплату отменена. Если есть вопросы, обратитесь к продавцу.",
    replaced: "Эта ссылка заменена новой. Пожалуйста, платите только по новой.",
    outdated: "Сумма изменилась. Пожалуйста, дождитесь новой ссылки от продавца.",
  },
  receipt: { title: "Платёж получен", paid: "Оплачено:", date: "Дата:", reference: "Номер платежа:" },
  bareStart:
    "Я показываю ваш счёт и открываю страницу его оплаты. Чтобы увидеть счёт, откройте присланную вам ссылку " +
    "или напишите мне код из неё.\n\n/language – сменить язык\n/help – помощь",
  unknownCode: "По этому коду счёт не открывается. Попросите у продавца новую ссылку.",
  help:
    "Я присылаю счета с кнопкой «Оплатить». Оплата проходит на защищённой странице, и продавец узнаёт о ней сразу " +
    "после подтверждения. Никогда не присылайте мне данные карты.\n\n" +
    "/start и код – открыть счёт\n/language – сменить язык\n/help – помощь",
  notUnderstood: "Я понимаю только команды. Откройте присланную вам ссылку или выберите команду /help.",
  chooseLanguage: "Выберите язык:",
  languageChosen: "Теперь я пишу вам по-русски.",
  commands: { start: "Открыть счёт", language: "Сменить язык", help: "Помощь" },
};

const en: CustomerWords = {
  pay: "Pay",
  title: {
    invoice: (number) => `Invoice ${number}`,
    deal: (number) => `Deal ${number}`,
    order: (number) => `Order ${number}`,
  },
  toPay: "To pay:",
  payBy: "Pay by:",
  amount: "Amount:",
  refunded: "Refunded:",
  standing: {
    checking: "A payment is being checked. Please do not pay again: the seller will contact you.",
    paid: "✅ Paid.",
    settled: "✅ Already paid: nothing more is due.",
    refunded: "The money was refunded.",
    part_refunded: "✅ Paid. Part of the money was refunded.",
    expired: "The time to pay has run out. Please ask the seller for a new link.",
    cancelled: "The payment link was cancelled. If you have questions, please ask the seller.",
    replaced: "This link was replaced by a new one. Please pay with the new one only.",
    outdated: "The amount has changed. Please wait for a new link from the seller.",
  },
  receipt: { title: "Payment received", paid: "Paid:", date: "Date:", reference: "Payment reference:" },
  bareStart:
    "I show you your invoice and open its payment page. To see the invoice, open the link you were sent, " +
    "or write me the code from it.\n\n/language – change the language\n/help – help",
  unknownCode: "This code does not open an invoice. Please ask the seller for a new link.",
  help:
    "I send invoices with a Pay button. You pay on a protected page, and the seller is told as soon as the payment " +
    "is confirmed. Never send me card details.\n\n" +
    "/start and the code – open an invoice\n/language – change the language\n/help – help",
  notUnderstood: "I only understand commands. Open the link you were sent, or choose the command /help.",
  chooseLanguage: "Choose the language:",
  languageChosen: "From now on I write to you in English.",
  commands: { start: "Open an invoice", language: "Change the language", help: "Help" },
};

export const WORDS: Record<Locale, CustomerWords> = { hy, ru, en };
