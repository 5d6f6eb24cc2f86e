import type { Refusal } from "../decision.ts";
import type { StayingLink } from "../desk.ts";
import type { Fact } from "../facts.ts";
import type { Locale } from "../locale.ts";
import { RULE_OF_FACT, RULE_OF_REFUSAL } from "../rule-numbers.ts";
import { sayFactAlone } from "./facts.ts";
import { sayRefusal } from "./refusals.ts";
import { sayStays } from "./stays.ts";

type Phrases = {
  readonly would: string;
  readonly wouldNot: string;
  readonly allTheSame: string;
  readonly nothing: string;
  readonly rule: (number: number) => string;
};

const PHRASES: Readonly<Record<Locale, Phrases>> = {
  hy: {
    would: "Ոչինչ չի արվել։ Տեղի կունենար հետևյալը.",
    wouldNot: "Ոչինչ չի արվել։ Պատասխանը կլիներ.",
    allTheSame: "Այդուհանդերձ տեղի կունենար հետևյալը.",
    nothing: "Ոչինչ չէր փոխվի. խնդրվածն արդեն արված է։",
    rule: (number) => `կանոն ${number}`,
  },
  ru: {
    would: "Ничего не сделано. Произошло бы следующее:",
    wouldNot: "Ничего не сделано. Ответ был бы такой:",
    allTheSame: "При этом всё равно произошло бы следующее:",
    nothing: "Ничего не изменилось бы: то, о чём вы просите, уже сделано.",
    rule: (number) => `правило ${number}`,
  },
  en: {
    would: "Nothing was done. This would happen:",
    wouldNot: "Nothing was done. The answer would be:",
    allTheSame: "All the same, this would happen:",
    nothing: "Nothing would change: what you ask for is already so.",
    rule: (number) => `rule ${number}`,
  },
};

type Outcome = {
  readonly facts: readonly Fact[];
  readonly no: Refusal | null;
  readonly stays: StayingLink | null;
};
type Where = { readonly locale: Locale; readonly timeZone: string; readonly invoiceName: string };

/** What a request would lead to, line by line, each with the rule that says so. */
export function sayRehearsal({ facts, no, stays }: Outcome, where: Where): string {
  const { would, wouldNot, allTheSame, nothing, rule } = PHRASES[where.locale];
  const lines = facts.map((fact) => `• ${sayFactAlone(fact, where)} (${rule(RULE_OF_FACT[fact.is])})`);
  if (stays) return [sayStays(stays, where), ...(facts.length === 0 ? [] : [would, ...lines])].join("\n");
  if (!no) return facts.length === 0 ? nothing : [would, ...lines].join("\n");
  const refusal = [wouldNot, `• ${sayRefusal(no, where)} (${rule(RULE_OF_REFUSAL[no.because])})`];
  return [...refusal, ...(facts.length === 0 ? [] : [allTheSame, ...lines])].join("\n");
}
