import type { Locale } from "../locale.ts";

/** What the rules themselves write as a reason, in the words of each language. */
const OURS: Readonly<Record<string, { readonly hy: string; readonly ru: string }>> = {
  "the link was reissued": { hy: "տրամադրվել է նոր հղում", ru: "выдана новая ссылка" },
  "the link was cancelled": { hy: "հղումը չեղարկվել է", ru: "ссылка отменена" },
  "the provider answered": { hy: "վճարային համակարգը պատասխանել է", ru: "платёжная система ответила" },
  "its attempt turned up": { hy: "գտնվել է դրա վճարման փորձը", ru: "нашлась её попытка оплаты" },
  "the money went back": { hy: "գումարը վերադարձվել է", ru: "деньги вернулись" },
  "paythread started again": { hy: "paythread-ը վերագործարկվել է", ru: "paythread запущен заново" },
  "a part was paid": { hy: "վճարվել է հաջորդ մասը", ru: "следующая часть оплачена" },
  "nothing is owed any more": { hy: "հաշվով այլևս պարտք չկա", ru: "долга по счёту больше нет" },
  "it was found in the CRM": { hy: "գրառումը գտնվել է CRM-ում", ru: "запись нашлась в CRM" },
  "the receipt was issued": { hy: "կտրոնը տպվել է", ru: "чек пробит" },
  "the invoice was paid elsewhere": { hy: "հաշիվը վճարվել է այլ կերպ", ru: "счёт оплачен иначе" },
  "the invoice was cancelled in the CRM": { hy: "հաշիվը չեղարկվել է CRM-ում", ru: "счёт отменён в CRM" },
};

/** A reason in the reader's language where it is one of ours, else as somebody gave it. */
export const sayOurs = (reason: string, locale: Locale): string =>
  locale === "en" ? reason : (OURS[reason]?.[locale] ?? reason);
