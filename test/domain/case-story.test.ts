import { describe, expect, test } from "vitest";
import type { AuditEntry } from "../../domain/audit.ts";
import type { Decision } from "../../domain/decision.ts";
import type { Invoice } from "../../domain/invoice.ts";
import { LOCALES } from "../../domain/locale.ts";
import { attemptOpened } from "../../domain/open-attempt.ts";
import { sayCaseStory } from "../../domain/words/case-story.ts";
import { after, ani, attempt, factsOf, later, NOW, openedCase, owed, when } from "./story.ts";
import { languageFaults, timeZone } from "./words-language.ts";

type Step = (invoice: Invoice) => Decision;

/** An invoice and its audit after these steps, a minute apart. */
function played(start: Invoice, steps: readonly Step[]) {
  let invoice = start;
  const entries: AuditEntry[] = [];
  for (const [minute, step] of steps.entries()) {
    const decision = step(invoice);
    const facts = factsOf(decision);
    invoice = after(invoice, decision);
    for (const fact of facts) {
      entries.push({ position: entries.length + 1, fact, actor: ani, at: later(60 * minute), requestId: "r" });
    }
  }
  return { invoice, entries };
}

const CHECKOUT = { reference: "vpos-77", url: "https://vpos.example", expiresAt: null, requestId: null };

describe("a customer pays the link we replaced, after the new one was paid", () => {
  const { invoice, entries } = played(owed({ it: "active" }, { attempts: [attempt("try-it")] }), [
    (one) => when(one).isSent(),
    (one) => when(one).isReissued({ reason: "new date" }),
    (one) => when(one).isTriedThrough("new"),
    (one) => attemptOpened(one, "next", CHECKOUT),
    (one) => when(one).isPaidThrough("new", { attempt: "next" }),
    (one) => when(one).isPaidThrough("it", { reference: "vpos-2" }),
  ]);
  const story = (locale: (typeof LOCALES)[number]) => {
    const [one] = invoice.cases;
    return one ? sayCaseStory(one, invoice, { entries, locale, timeZone }) : [];
  };

  test("the case tells how each link went, when and by whom", () => {
    expect(story("en").map((line) => line.replaceAll("\u00a0", " "))).toEqual([
      "Link 1: 24 Nov 2026, 12:00 · Ani · sent link in Telegram",
      "Link 1: 24 Nov 2026, 12:01 · Ani · replaced link by a new one, the reason: “new date”",
      "Link 2: 24 Nov 2026, 12:04 · Ani · received and applied AMD 15,000, reference bank-77",
      "Link 1: 24 Nov 2026, 12:05 · Ani · received AMD 15,000, reference bank-77, and held it for a decision: “Paid twice”",
    ]);
  });

  test.each(LOCALES)("in %s too", (locale) => {
    for (const line of story(locale)) {
      expect(languageFaults(line.replaceAll(/bank|date|“[^”]*”|«[^»]*»/g, ""), locale)).toEqual([]);
    }
  });

  test("a case about something else needs no story", () => {
    const one = openedCase("c", { openedAt: NOW });
    expect(sayCaseStory(one, invoice, { entries, locale: "en", timeZone })).toEqual([]);
  });
});
