import type { AuditEntry } from "../audit.ts";
import type { Fact, FactName } from "../facts.ts";
import type { Locale } from "../locale.ts";
import type { Say } from "./fact-saying.ts";
import { FACT_SENTENCES } from "./fact-sentences.ts";
import { sayMoney } from "./money.ts";
import { quote } from "./quote.ts";
import { sayTime } from "./time.ts";
import { sayWho } from "./who.ts";

type Where = { readonly locale: Locale; readonly timeZone: string };

/** One line of an invoice's history: when, who, what. Never a link's secret, never a customer's contact. */
export const sayEntry = ({ fact, actor, at }: AuditEntry, where: Where): string =>
  `${sayTime(at, where.locale, where.timeZone)} · ${sayWho(actor, where.locale)} · ${sayFactAlone(fact, where)}`;

/** What became true, without when and through whom. */
export const sayFactAlone = (fact: Fact, { locale, timeZone }: Where): string =>
  sayFact(fact, locale, {
    money: (money) => sayMoney(money, locale),
    time: (time) => sayTime(time, locale, timeZone),
    quote: (text) => quote(text, locale),
  });

const sayFact = <Name extends FactName>(fact: Fact<Name>, locale: Locale, say: Say): string =>
  FACT_SENTENCES[fact.is][locale](fact, say);
