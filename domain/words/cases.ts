import type { Case } from "../invoice.ts";
import type { Locale } from "../locale.ts";
import { caseFacts } from "./case-facts.ts";
import { CASE_SENTENCES } from "./case-sentences.ts";
import { caseTail } from "./case-tail.ts";

export { titleCase } from "./case-titles.ts";

/** A case as a person reads it: what happened, where the money is, what to do, and by what it is found at the provider. */
export function sayCase(
  one: Case,
  {
    locale,
    timeZone,
    invoiceName,
  }: { readonly locale: Locale; readonly timeZone: string; readonly invoiceName: string },
): string {
  const what = CASE_SENTENCES[one.kind][locale](caseFacts(one, locale, invoiceName));
  return [what, ...caseTail(one, locale, timeZone)].filter((sentence) => sentence !== "").join(" ");
}
