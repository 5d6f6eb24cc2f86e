import type { Fact, FactName } from "../facts.ts";
import type { Locale } from "../locale.ts";
import type { Money } from "../money.ts";
import { sayOurs } from "./our-reasons.ts";

export type Say = {
  readonly money: (money: Money) => string;
  readonly time: (at: Date) => string;
  readonly quote: (text: string) => string;
};

/** What happened, in every language, for some of the facts: a fact without words does not compile. */
export type Sentences<Name extends FactName> = {
  readonly [N in Name]: Readonly<Record<Locale, (fact: Fact<N>, say: Say) => string>>;
};

/** A reason that somebody gave, our own ones in the reader's language; nothing where none was given. */
export const sayBecause = (reason: string, locale: Locale, quote: Say["quote"]): string => {
  const said = sayOurs(reason, locale);
  return said && `${BECAUSE[locale]}${quote(said)}`;
};

const BECAUSE: Readonly<Record<Locale, string>> = { hy: ", պատճառը՝ ", ru: ", причина: ", en: ", the reason: " };
