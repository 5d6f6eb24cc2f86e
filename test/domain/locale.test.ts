import { describe, expect, test } from "vitest";
import { isLocale, LOCALES } from "../../domain/locale.ts";

describe("a language that somebody names", () => {
  test.each(LOCALES)("%s is one that every sentence exists in", (locale) => {
    expect(isLocale(locale)).toBe(true);
  });

  test.each(["de", "EN", "", null, undefined, 1])("%s is none", (other) => {
    expect(isLocale(other)).toBe(false);
  });
});
