import type { Locale } from "../locale.ts";
import { plain, quote } from "./quote.ts";

/** What a person can type, and what it does. The words typed are the same in every language. */
const LINES: readonly (readonly [command: string, meaning: Readonly<Record<Locale, string>>])[] = [
  [
    "/paylink INV-1042",
    {
      hy: "տրամադրել հաշվի վճարման հղում կամ ցույց տալ արդեն տրամադրվածը",
      ru: "выдать ссылку на оплату счёта или показать уже выданную",
      en: "issue the payment link of an invoice, or show the one there is",
    },
  ],
  [
    "/paylink INV-1042 part 20000, part 50%",
    {
      hy: "հղում գումարի մի մասի համար. մնացածը կպահանջվի հետո",
      ru: "ссылка на часть суммы; остаток запрашивается потом",
      en: "a link for a part of it; the rest is asked for later",
    },
  ],
  [
    "/paylink INV-1042 expires 3d",
    {
      hy: "հղումը կգործի մինչև երրորդ օրվա վերջը",
      ru: "ссылка будет действовать до конца третьего дня",
      en: "payable to the end of the third day from today",
    },
  ],
  [
    "/paylink INV-1042 expires 2026-12-01",
    {
      hy: "հղումը կգործի մինչև այդ օրվա վերջը",
      ru: "ссылка будет действовать до конца этого дня",
      en: "payable to the end of that day",
    },
  ],
  [
    "/paylink INV-1042 lang hy",
    {
      hy: "հաճախորդի լեզուն՝ hy (հայերեն), ru (ռուսերեն) կամ en (անգլերեն)",
      ru: "язык для клиента: hy (армянский), ru (русский) или en (английский)",
      en: "the customer's language: hy (Armenian), ru (Russian) or en (English)",
    },
  ],
  [
    "/paylink deal:77, /paylink order:55",
    {
      hy: "նույնը գործարքի կամ պատվերի համար",
      ru: "то же для сделки или заказа",
      en: "the same for a deal or an order",
    },
  ],
  [
    "/paylink send INV-1042",
    { hy: "ուղարկել հղումը հաճախորդին", ru: "отправить ссылку клиенту", en: "send the link to the customer" },
  ],
  [
    "/paylink resend INV-1042",
    { hy: "կրկին ուղարկել նույն հղումը", ru: "отправить ту же ссылку ещё раз", en: "send the same link again" },
  ],
  [
    "/paylink cancel INV-1042 wrong customer",
    {
      hy: "չեղարկել հղումը. վերջում գրվում է պատճառը՝ ցանկացած լեզվով",
      ru: "отменить ссылку; в конце пишется причина на любом языке",
      en: "cancel the link; the last words are the reason",
    },
  ],
  [
    "/paylink reissue INV-1042 new amount",
    {
      hy: "փոխարինել հղումը նորով՝ CRM-ի այսօրվա գումարով. վերջում գրվում է պատճառը",
      ru: "заменить ссылку новой на сегодняшнюю сумму из CRM; в конце пишется причина",
      en: "replace the link by a new one for what is owed now; the last words are the reason",
    },
  ],
  [
    "/paylink dry-run cancel INV-1042",
    {
      hy: "ինչ տեղի կունենար և ըստ որ կանոնի՝ առանց որևէ բան անելու",
      ru: "что произошло бы и по какому правилу, ничего не делая",
      en: "what would happen and which rule says so, without doing it",
    },
  ],
  [
    "/paylink verify INV-1042",
    {
      hy: "անմիջապես ճշտել վճարային համակարգից, թե արդյոք վճարվել է",
      ru: "сразу узнать у платёжной системы, прошла ли оплата",
      en: "ask the provider at once whether it was paid",
    },
  ],
  [
    "/paylink why INV-1042",
    {
      hy: "տեսնել, թե ինչ է տեղի ունեցել և ինչու է կարգավիճակն այսպիսին",
      ru: "что происходило и почему статус именно такой",
      en: "what has happened, and why the status is what it is",
    },
  ],
  ["/paylink list", { hy: "իմ գործող հղումները", ru: "мои действующие ссылки", en: "my live links" }],
  ["/paylink cases", { hy: "ինչ պետք է ստուգել", ru: "что нужно проверить", en: "what a person must look at" }],
  [
    "/paylink telegram",
    {
      hy: "Slack-ում՝ կոդ, որով նույնը կարող եք գրել նաև Telegram-ում. դադարեցնելու համար՝ telegram off",
      ru: "в Slack: код, с которым то же можно писать и в Telegram; чтобы прекратить, telegram off",
      en: "in Slack: a code, to ask the same from Telegram; telegram off ends that",
    },
  ],
  ["/paylink help", { hy: "այս հուշումը", ru: "эта подсказка", en: "this help" }],
];

/** Everything that may stand first after `/paylink`: an invoice, or what to do with one. */
const FIRST_WORDS = [...new Set(LINES.map(([command]) => command.split(/[ ,]+/)[1] ?? ""))].join(", ");

/** How to type, one command a line. The same in every chat of managers. */
export const sayHelp = (locale: Locale): string =>
  LINES.map(([command, meaning]) => `${command} — ${meaning[locale]}`).join("\n");

/** Why words typed in a chat could not be read. */
export const GRAMMAR_PROBLEMS = [
  "no_invoice",
  "unknown_word",
  "unknown_verb",
  "bad_deadline",
  "bad_part",
  "bad_language",
  "too_long",
] as const;
export type GrammarProblem = (typeof GRAMMAR_PROBLEMS)[number];

type Sentences = { readonly [Problem in GrammarProblem]: Readonly<Record<Locale, (word: string) => string>> };

/** `word` is what could not be read, in quotation marks with what leads to it, or empty. */
const SENTENCES: Sentences = {
  no_invoice: {
    hy: () => "Նշեք հաշվի համարը, օրինակ՝ /paylink INV-1042 (գործարքը՝ deal:77, պատվերը՝ order:55)։ Ոչինչ չի փոխվել։",
    ru: () => "Укажите номер счёта, например /paylink INV-1042 (сделка: deal:77, заказ: order:55). Ничего не изменено.",
    en: () =>
      "Say which invoice, for example /paylink INV-1042 (a deal: deal:77, an order: order:55). Nothing was changed.",
  },
  unknown_word: {
    hy: (word) => `Այստեղ անհասկանալի բառ կա${word}։ Ոչինչ չի փոխվել։ Հրամանների ցանկը՝ /paylink help։`,
    ru: (word) => `Здесь есть непонятное слово${word}. Ничего не изменено. Список команд: /paylink help.`,
    en: (word) =>
      `There is a word here that is not understood${word}. Nothing was changed. All commands: /paylink help.`,
  },
  unknown_verb: {
    hy: (word) => `Այդպիսի հրաման չկա${word}։ Ոչինչ չի փոխվել։ /paylink հրամանից հետո կարելի է գրել՝ ${FIRST_WORDS}։`,
    ru: (word) => `Такой команды нет${word}. Ничего не изменено. После /paylink можно написать: ${FIRST_WORDS}.`,
    en: (word) => `There is no such command${word}. Nothing was changed. After /paylink you can write: ${FIRST_WORDS}.`,
  },
  bad_deadline: {
    hy: (word) =>
      `Ժամկետը հնարավոր չէ կարդալ${word}։ Ոչինչ չի փոխվել։ Գրեք օրերը կամ ամսաթիվը՝ expires 3d կամ expires 2026-12-01։`,
    ru: (word) =>
      `Не удалось прочитать срок${word}. Ничего не изменено. Напишите число дней или дату: expires 3d или expires 2026-12-01.`,
    en: (word) =>
      `The deadline cannot be read${word}. Nothing was changed. Write days or a date: expires 3d or expires 2026-12-01.`,
  },
  bad_part: {
    hy: (word) =>
      `Մասնակի գումարը հնարավոր չէ կարդալ${word}։ Ոչինչ չի փոխվել։ Գրեք գումար կամ տոկոս՝ part 20000 կամ part 50%։`,
    ru: (word) =>
      `Не удалось прочитать часть суммы${word}. Ничего не изменено. Напишите сумму или долю: part 20000 или part 50%.`,
    en: (word) =>
      `The part cannot be read${word}. Nothing was changed. Write an amount or a share: part 20000 or part 50%.`,
  },
  bad_language: {
    hy: (word) => `Այդ լեզուն չկա${word}։ Ոչինչ չի փոխվել։ Գրեք lang hy, lang ru կամ lang en։`,
    ru: (word) => `Такого языка нет${word}. Ничего не изменено. Напишите lang hy, lang ru или lang en.`,
    en: (word) => `There is no such language here${word}. Nothing was changed. Write lang hy, lang ru or lang en.`,
  },
  too_long: {
    hy: () => "Հաղորդագրությունը չափազանց երկար է։ Ոչինչ չի փոխվել։ Գրեք մեկ հաշիվ և կարճ պատճառ։",
    ru: () => "Сообщение слишком длинное. Ничего не изменено. Укажите один счёт и короткую причину.",
    en: () => "The message is too long. Nothing was changed. Name one invoice, and keep the reason short.",
  },
};

const LEADS: Readonly<Record<Locale, string>> = { hy: "՝ ", ru: ": ", en: ": " };

/** Why the words typed could not be read, what was read of them, and how to type it. */
export function sayBadGrammar(
  problem: GrammarProblem,
  locale: Locale,
  { word }: { readonly word?: string | undefined } = {},
): string {
  const read = plain(word ?? "");
  return SENTENCES[problem][locale](read && `${LEADS[locale]}${quote(read, locale)}`);
}
