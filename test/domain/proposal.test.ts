import { describe, expect, test } from "vitest";
import { LOCALES } from "../../domain/locale.ts";
import { sayProposal, sayResolution } from "../../domain/words/case-actions.ts";
import { after, openedCase, owed, payment, when } from "./story.ts";
import { languageFaults } from "./words-language.ts";

const policy = { approvalAbove: { AMD: 1n } };
const held = owed(
  { it: "active" },
  {
    payments: [payment("p", { home: "held" })],
    cases: [openedCase("c", { kind: "paid_stale_link", cause: "payment:vpos:vpos-p", link: "it" })],
  },
);
const [proposed] = after(held, when(held, { policy }).isDecided({ reason: "agreed" })).cases;

describe("the first of two persons has chosen", () => {
  test("the second one reads what, by whom and why", () => {
    expect(proposed && sayProposal(proposed, "en")).toBe(
      "Proposed; a second person must choose the same. Ani: apply to the invoice (“agreed”)",
    );
  });

  test.each(LOCALES)("in %s too", (locale) => {
    expect(languageFaults(proposed ? sayProposal(proposed, locale) : "", locale)).toEqual([]);
  });

  test("before anybody chose, and when it is over, there is nothing to agree to", () => {
    expect(sayProposal(openedCase("c"), "en")).toBe("");
    expect(proposed && sayProposal({ ...proposed, state: "resolved" }, "en")).toBe("");
  });
});

describe("a case that ended by itself", () => {
  test.each(LOCALES)("says why in %s", (locale) => {
    const words = sayResolution({ action: "dismiss", reason: "the link was reissued", by: "paythread" }, locale);
    expect(languageFaults(words, locale)).toEqual([]);
  });
});
