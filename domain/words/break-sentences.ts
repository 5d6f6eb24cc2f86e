import type { Locale } from "../locale.ts";
import type { BreakKind } from "../reconcile.ts";
import type { CaseFacts } from "./case-facts.ts";

type Sentences = { readonly [Kind in BreakKind]: Readonly<Record<Locale, (facts: CaseFacts) => string>> };

/** How a provider's day and our books differ, what that means for the money and what to do. A name is there where an invoice is. */
export const BREAK_SENTENCES: Sentences = {
  unknown: {
    hy: ({ name, provider, paid }) =>
      `Վճարային համակարգի${provider} օրվա ցանկում կա ${paid} վճարում${name && `՝ ${name}-ի համար`}, որը մեր գրքերում չկա։ Ոչ մի հաշվի վճարում չի գրանցվել։ Գտեք այն վճարային համակարգի գրասենյակում և պարզեք, թե ինչի համար է։`,
    ru: ({ name, provider, paid }) =>
      `В списке платёжной системы${provider} за день есть платёж ${paid}${name && ` по ${name}`}, которого нет в наших книгах. Ни в один счёт он не зачтён. Найдите его в кабинете платёжной системы и выясните, за что он.`,
    en: ({ name, provider, paid }) =>
      `The provider${provider} lists a payment of ${paid}${name && ` for ${name}`} that our books do not have. It is applied to no invoice. Find it in the provider's panel and find out what it is for.`,
  },
  differs: {
    hy: ({ name, provider, paid, expected }) =>
      `${name}-ի վճարումը վճարային համակարգի${provider} օրվա ցանկում ${paid} է, իսկ մեր գրքերում՝ ${expected}։ Գրքերում ոչինչ չի փոխվել։ Համեմատեք վճարային համակարգի գրասենյակի տվյալների հետ։`,
    ru: ({ name, provider, paid, expected }) =>
      `Платёж по ${name} в списке платёжной системы${provider} за день: ${paid}, а в наших книгах: ${expected}. В книгах ничего не изменено. Сравните с кабинетом платёжной системы.`,
    en: ({ name, provider, paid, expected }) =>
      `The provider${provider} lists the payment of ${name} as ${paid}, and our books have ${expected}. Nothing was changed in the books. Compare it with the provider's panel.`,
  },
  refund: {
    hy: ({ name, provider, paid, expected }) =>
      `Վճարային համակարգի${provider} օրվա ցանկում ${name}-ի վճարումից հաճախորդին վերադարձված է ${paid}, իսկ մեր գրքերում՝ ${expected}։ Գրքերում ոչինչ չի փոխվել։ Համեմատեք վճարային համակարգի գրասենյակի տվյալների հետ։`,
    ru: ({ name, provider, paid, expected }) =>
      `По списку платёжной системы${provider} за день из оплаты ${name} клиенту возвращено ${paid}, а по нашим книгам: ${expected}. В книгах ничего не изменено. Сравните с кабинетом платёжной системы.`,
    en: ({ name, provider, paid, expected }) =>
      `The provider${provider} lists that ${paid} of the payment of ${name} went back to the customer, and our books have ${expected}. Nothing was changed in the books. Compare it with the provider's panel.`,
  },
  unlisted: {
    hy: ({ name, provider, expected }) =>
      `${name}-ի ${expected} վճարումը գրանցված է մեր գրքերում, բայց վճարային համակարգի${provider} օրվա ցանկում չկա։ Գրքերում ոչինչ չի փոխվել։ Ստուգեք վճարային համակարգի գրասենյակում՝ գումարը ձեզ հասե՞լ է։`,
    ru: ({ name, provider, expected }) =>
      `Платёж по ${name}, ${expected}, есть в наших книгах, но его нет в списке платёжной системы${provider} за день. В книгах ничего не изменено. Проверьте в кабинете платёжной системы, дошли ли до вас деньги.`,
    en: ({ name, provider, expected }) =>
      `Our books have ${expected} paid for ${name}, and the provider${provider} does not list it for that day. Nothing was changed in the books. Look in the provider's panel whether the money has reached you.`,
  },
  unread: {
    hy: ({ provider, day }) =>
      `Վճարային համակարգի${provider} ${day} օրվա ցանկը ստանալ չի հաջողվել, ուստի այդ օրը մեր գրքերի հետ չի համեմատվել։ Գրքերում ոչինչ չի փոխվել։ Համեմատեք այդ օրը ձեռքով։`,
    ru: ({ provider, day }) =>
      `Список платёжной системы${provider} за ${day} получить не удалось, поэтому этот день с нашими книгами не сверен. В книгах ничего не изменено. Сверьте этот день вручную.`,
    en: ({ provider, day }) =>
      `The list of the provider${provider} for ${day} could not be had, so that day was not compared with our books. Nothing was changed in the books. Compare that day by hand.`,
  },
};
