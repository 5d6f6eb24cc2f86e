import type { AuditEntry } from "../audit.ts";
import type { Fact, FactName } from "../facts.ts";
import type { Locale } from "../locale.ts";
import { FACT_SENTENCES, type Say } from "./fact-sentences.ts";
import { sayMoney } from "./money.ts";
import { quote } from "./quote.ts";
import { sayTime } from "./time.ts";
import { sayWho } from "./who.ts";

/** One line of an invoice's history: when, who, what. Never a link's secret, never a customer's contact. */
export function sayEntry(
  { fact, actor, at }: AuditEntry,
  { locale, timeZone }: { readonly locale: Locale; readonly timeZone: string },
): string {
  const say: Say = {
    money: (money) => sayMoney(money, locale),
    time: (time) => sayTime(time, locale, timeZone),
    quote: (text) => quote(text, locale),
  };
  return `${say.time(at)} · ${sayWho(actor, locale)} · ${sayFact(fact, locale, say)}`;
}

const sayFact = <Name extends FactName>(fact: Fact<Name>, locale: Locale, say: Say): string =>
  FACT_SENTENCES[fact.is][locale](fact, say);
