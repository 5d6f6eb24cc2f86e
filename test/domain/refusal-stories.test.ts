import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RefusalCode, REFUSALS } from "../../domain/decision.ts";
import { type Locale, LOCALES } from "../../domain/locale.ts";
import { sayMoney } from "../../domain/words/money.ts";
import { sayRefusal } from "../../domain/words/refusals.ts";
import { sayTime } from "../../domain/words/time.ts";
import { type Merchant, openMerchant } from "./merchant.ts";
import { noOf, type RefusalStory } from "./refusal-story.ts";
import { REFUSALS_OF_ASKING } from "./refusals-of-asking.ts";
import { REFUSALS_OF_DECIDING } from "./refusals-of-deciding.ts";
import { languageFaults, timeZone } from "./words-language.ts";

/** How each no comes to be heard: one without a story does not compile. */
const STORIES: Record<RefusalCode, RefusalStory> = { ...REFUSALS_OF_ASKING, ...REFUSALS_OF_DECIDING };
const TOLD = REFUSALS.map((because) => ({ because, ...STORIES[because] }));

let merchant: Merchant;
beforeAll(async () => {
  merchant = await openMerchant();
});
afterAll(() => merchant.close());

/** The no that the story's request is answered with. */
async function heardIn({ play, because }: (typeof TOLD)[number]) {
  const no = noOf(await play(merchant));
  if (!no) throw new Error(`nobody said ${because}`);
  return no;
}

const say = (no: NonNullable<ReturnType<typeof noOf>>, locale: Locale): string =>
  sayRefusal(no, { locale, timeZone, invoiceName: no.invoiceName ?? "INV-1042" });

function written(name: RefusalStory["names"][number], locale: Locale): string {
  if (typeof name === "string") return name;
  return name instanceof Date ? sayTime(name, locale, timeZone) : sayMoney(name, locale);
}

describe("a request is refused:", () => {
  test.each(TOLD)("$because — $tells", async (told) => {
    const no = await heardIn(told);
    expect(no.because).toBe(told.because);
    expect(new Set(LOCALES.map((locale) => say(no, locale))).size).toBe(LOCALES.length);
    for (const locale of LOCALES) {
      const text = say(no, locale);
      expect(languageFaults(text.replace("INV-1O42", ""), locale)).toEqual([]);
      for (const name of told.names) expect(text).toContain(written(name, locale));
      expect(text.toLowerCase()).toContain(told.instead?.[locale] ?? "");
    }
  });

  test.each(TOLD.filter(({ advised }) => advised))("$because — what its words advise is granted", async (told) => {
    expect(noOf(await told.advised?.(merchant))).toBeUndefined();
  });
});
