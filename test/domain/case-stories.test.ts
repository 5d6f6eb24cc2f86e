import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CaseKind, CASES, isCaseKind } from "../../domain/cases.ts";
import type { Case } from "../../domain/invoice.ts";
import { type Locale, LOCALES } from "../../domain/locale.ts";
import { sayCase } from "../../domain/words/cases.ts";
import { sayMoney } from "../../domain/words/money.ts";
import type { CaseStory } from "./case-tale.ts";
import { CASES_OF_MONEY } from "./cases-of-money.ts";
import { CASES_OF_OTHERS } from "./cases-of-others.ts";
import { type Merchant, openMerchant } from "./merchant.ts";
import { timeZone } from "./words-language.ts";

/** How a case of each kind comes to be opened: a kind without a story does not compile. */
const STORIES: Record<CaseKind, CaseStory> = { ...CASES_OF_MONEY, ...CASES_OF_OTHERS };
const TOLD = Object.keys(CASES)
  .filter(isCaseKind)
  .map((kind) => ({ kind, ...STORIES[kind] }));

let merchant: Merchant;
beforeAll(async () => {
  merchant = await openMerchant();
});
afterAll(() => merchant.close());

/** The case that the story opened, which is still to be looked at. */
async function openedIn({ kind, play }: (typeof TOLD)[number]): Promise<Case> {
  const came = await play(merchant);
  const all = came === undefined ? [] : "cases" in came ? came.cases : [came];
  const one = all.find((candidate) => candidate.kind === kind && candidate.state === "open");
  if (!one) throw new Error(`no open case ${kind} came of this, but ${all.map((other) => other.kind).join(", ")}`);
  return one;
}

const written = (name: CaseStory["names"][number], locale: Locale): string =>
  typeof name === "string" ? name : sayMoney(name, locale);

describe("a person must look at it:", () => {
  test.each(TOLD)("$kind — $tells", async (told) => {
    const one = await openedIn(told);
    const say = (locale: Locale): string => sayCase(one, { locale, timeZone, invoiceName: "INV-1042" });
    expect(new Set(LOCALES.map(say)).size).toBe(LOCALES.length);
    for (const locale of LOCALES) {
      for (const name of told.names) expect(say(locale)).toContain(written(name, locale));
      expect(say(locale)).not.toMatch(/undefined|null|NaN|\[object/);
    }
  });
});
