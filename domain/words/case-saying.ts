import type { CaseKind } from "../cases.ts";
import type { Locale } from "../locale.ts";
import type { CaseFacts } from "./case-facts.ts";

/** What happened, in every language, for some of the kinds of cases: a kind without words does not compile. */
export type CaseSentences<Kind extends CaseKind> = {
  readonly [K in Kind]: Readonly<Record<Locale, (facts: CaseFacts) => string>>;
};
