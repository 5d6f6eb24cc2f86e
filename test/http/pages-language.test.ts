import { describe, expect, test } from "vitest";
import type { Locale } from "../../domain/locale.ts";
import { chooseLanguage } from "../../src/http/pages/language.ts";
import { customerPages, TOKEN } from "./customer-desk.ts";

const PAGE = `/p/${TOKEN}`;
const langOf = (page: string): string | undefined => page.match(/<html lang="(\w+)">/)?.[1];

describe("in which language a customer reads the page", () => {
  test("the one pressed, before the one known, before the browser's, before Armenian", async () => {
    await using pages = await customerPages({ language: "ru" });
    const browser = { "accept-language": "en" };
    expect(langOf(await pages.read(`${PAGE}?lang=hy`, browser))).toBe("hy");
    expect(langOf(await pages.read(PAGE, browser))).toBe("ru");
    pages.desk.becomes({ language: null });
    expect(langOf(await pages.read(PAGE, browser))).toBe("en");
    expect(langOf(await pages.read(PAGE, { "accept-language": "" }))).toBe("hy");
  });

  test("a language we do not speak is no wish", async () => {
    await using pages = await customerPages({ language: "ru" });
    for (const query of ["?lang=de", "?lang=", "?lang=en&lang=hy", "?lang[]=en"])
      expect([query, langOf(await pages.read(PAGE + query))]).toEqual([query, "ru"]);
  });

  test("pages about no payment follow the press and the browser", async () => {
    await using pages = await customerPages({ language: "ru" });
    expect(langOf(await pages.read("/p/unknown", { "accept-language": "en" }))).toBe("en");
    expect(langOf(await pages.read("/p/unknown?lang=ru", { "accept-language": "en" }))).toBe("ru");
  });

  test("the header says the language the page is in", async () => {
    await using pages = await customerPages();
    expect((await pages.ask(`${PAGE}?lang=ru`)).headers.get("content-language")).toBe("ru");
  });

  test("three links change it and keep the path; the one in use is marked", async () => {
    await using pages = await customerPages();
    const page = await pages.read(`${PAGE}/return?lang=ru`);
    const links = [...page.matchAll(/<a\s+href="([^"]*)"\s+lang="(\w+)"[^>]*?(aria-current="true")?\s*>/g)];
    expect(links.map(([, href, lang, current]) => [href, lang, current !== undefined])).toEqual([
      ["?lang=hy", "hy", false],
      ["?lang=ru", "ru", true],
      ["?lang=en", "en", false],
    ]);
  });
});

describe("what a browser prefers", () => {
  test.each<[string, Locale]>([
    ["ru", "ru"],
    ["ru-RU,ru;q=0.9,en-US;q=0.8,en;q=0.7", "ru"],
    ["en;q=0.5, ru;q=0.8", "ru"],
    ["en;q=0.8,ru;q=0.8", "en"],
    ["EN-us", "en"],
    ["de-DE,de;q=0.9,en;q=0.1", "en"],
    ["en;q=0,ru;q=0.1", "ru"],
    ["en;q=0", "hy"],
    ["*", "hy"],
    ["hy;q=0,*;q=0.5", "ru"],
    ["de,*;q=0.1,en;q=0.5", "en"],
    ["de,fr", "hy"],
    ["en;q=nonsense,ru;q=0.3", "ru"],
    ["en ; q=0.2 , ru ; q=0.3", "ru"],
    ["", "hy"],
    [";;;,,,q=1", "hy"],
  ])("%s: %s", (accepted, locale) => {
    expect(chooseLanguage({ chosen: null, known: null, accepted })).toBe(locale);
  });
});
