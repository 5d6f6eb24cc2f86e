import type { RefusalCode } from "../decision.ts";
import type { Locale } from "../locale.ts";

/** What a sentence may name: the invoice, who may do it instead, from when it may be done, the limit. Empty: nobody said. */
export type Told = { readonly name: string; readonly who: string; readonly until: string; readonly limit: string };

/** What is, that nothing was changed, and what to do. A refusal without words in every language does not compile. */
export type Sentences<Code extends RefusalCode> = {
  readonly [C in Code]: Readonly<Record<Locale, (told: Told) => string>>;
};
