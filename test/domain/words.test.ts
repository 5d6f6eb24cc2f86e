import { describe, expect, test } from "vitest";
import { CASES, type CaseKind, isCaseKind } from "../../domain/cases.ts";
import { REFUSALS } from "../../domain/decision.ts";
import type { Case } from "../../domain/invoice.ts";
import { type Locale, LOCALES } from "../../domain/locale.ts";
import { ATTEMPT_STATES, LINK_STATES } from "../../domain/states.ts";
import { STATUSES } from "../../domain/status.ts";
import { sayCase, titleCase } from "../../domain/words/cases.ts";
import { sayStays } from "../../domain/words/stays.ts";
import { GRAMMAR_PROBLEMS, sayBadGrammar, sayHelp } from "../../domain/words/help.ts";
import { sayRefusal } from "../../domain/words/refusals.ts";
import { sayAttemptState, sayLinkState, sayStatus } from "../../domain/words/status.ts";
import { link } from "./story.ts";
import { languageFaults, sentenceFaults, timeZone } from "./words-language.ts";

const invoiceName = "INV-1042";
const KINDS = Object.keys(CASES).filter(isCaseKind);

const caseOf = (kind: CaseKind, details: Case["details"]): Case => ({
  id: "case-1",
  kind,
  cause: "payment:RRN-7",
  state: "open",
  link: null,
  details,
  openedAt: new Date("2026-11-24T10:00:00Z"),
  resolution: null,
});

const say = (kind: CaseKind, details: Case["details"], locale: Locale = "en"): string =>
  sayCase(caseOf(kind, details), { locale, timeZone, invoiceName }).replaceAll(/\u00a0/gu, " ");

const settled = {
  paid: "20000.00",
  currency: "AMD",
  expected: "15000.00",
  expectedCurrency: "AMD",
  reference: "RRN-7",
  paidAt: "2026-11-24T10:02:00.000Z",
  order: "INV-9",
  expectedOrder: "INV-1042",
  due: "15000.00",
};

/** What the rules put into a case of each kind, and what its sentence must name. */
const STORIES: Record<CaseKind, { readonly details: Case["details"]; readonly names: readonly string[] }> = {
  order_differs: { details: settled, names: ["AMD 20,000", "order INV-9", "INV-1042 was expected", "RRN-7", "14:02"] },
  currency_differs: { details: { ...settled, currency: "USD" }, names: ["$20,000.00", "AMD 15,000", "held"] },
  amount_differs: { details: settled, names: ["AMD 20,000", "AMD 15,000", "hundred times", "still owed"] },
  overpaid: { details: settled, names: ["AMD 20,000", "AMD 15,000", "money is held", "invoice is still owed"] },
  underpaid: { details: { ...settled, paid: "5000.00" }, names: ["AMD 5,000", "AMD 15,000", "still owed"] },
  paid_twice: { details: { ...settled, due: "0.00" }, names: ["AMD 20,000", "held", "nothing more is owed"] },
  paid_cancelled_link: { details: settled, names: ["AMD 20,000", "cancelled", "held", "not applied"] },
  paid_stale_link: { details: settled, names: ["AMD 20,000", "outdated", "held"] },
  paid_expired_link: { details: settled, names: ["AMD 20,000", "expired", "held"] },
  paid_replaced_link: { details: settled, names: ["AMD 20,000", "replaced", "held"] },
  unknown_payment: { details: { reference: "R-1", order: "X-5", provider: "vpos" }, names: ["R-1", "X-5", "(vpos)"] },
  refund_unannounced: {
    details: { refunded: "5000.00", currency: "AMD", reference: "R-1", provider: "vpos" },
    names: ["AMD 5,000", "R-1", "no longer counts"],
  },
  refund_overdue: {
    details: { paid: "15000.00", currency: "AMD", reference: "R-1", provider: "vpos" },
    names: ["AMD 15,000", "R-1", "stays held", "/paylink verify INV-1042"],
  },
  refund_refused: {
    details: {
      paid: "15000.00",
      currency: "AMD",
      reference: "R-1",
      provider: "vpos",
      because: "merchant is blocked",
      code: "E42",
    },
    names: ["AMD 15,000", "R-1", "stays held", "“merchant is blocked”", "E42"],
  },
  refund_came_back: {
    details: { paid: "15000.00", currency: "AMD", reference: "R-1", provider: "stripe", status: "HALF_DONE" },
    names: ["AMD 15,000", "R-1", "(stripe)", "“HALF_DONE”", "held for the accountant"],
  },
  refund_reversed: {
    details: { paid: "15000.00", currency: "AMD", reference: "R-1", provider: "stripe", status: "HALF_DONE" },
    names: ["AMD 15,000", "R-1", "(stripe)", "“HALF_DONE”", "Do not collect the same amount again"],
  },
  chargeback: {
    details: { paid: "15000.00", currency: "AMD", reference: "R-1", provider: "stripe", dispute: "lost" },
    names: ["AMD 15,000", "R-1", "(stripe)", "no longer counts towards the invoice"],
  },
  fiscal_failed: {
    details: { paid: "15000.00", currency: "AMD", reference: "R-1", provider: "vpos", fiscal: "unknown" },
    names: ["AMD 15,000", "R-1", "only when you are sure that there is none"],
  },
  refund_exceeds: {
    details: { refunded: "30000.00", paid: "15000.00", currency: "AMD", reference: "R-1", provider: "vpos" },
    names: ["AMD 30,000", "AMD 15,000", "R-1"],
  },
  link_stale: {
    details: { was: "15000.00", now: "18000.50", currency: "AMD", newCurrency: "USD" },
    names: ["AMD 15,000", "$18,000.50", "/paylink reissue INV-1042"],
  },
  provider_refused: {
    details: { provider: "vpos", because: "merchant is blocked", code: "E42" },
    names: ["(vpos)", "“merchant is blocked”", "E42", "Nothing was charged"],
  },
  provider_unclear: { details: { provider: "vpos", status: "HALF_DONE" }, names: ["“HALF_DONE”", "may or may not"] },
  provider_silent: { details: { provider: "vpos" }, names: ["(vpos)", "may or may not"] },
  provider_down: { details: { provider: "vpos" }, names: ["(vpos)", "closes by itself"] },
  provider_stopped: {
    details: { provider: "stripe/shop2", because: "record is locked", code: "E42" },
    names: ["(stripe/shop2)", "“record is locked”", "dismiss this case"],
  },
  webhook_altered: { details: { provider: "vpos" }, names: ["(vpos)", "No money depends on it"] },
  part_overdue: {
    details: { expected: "10000.00", expectedCurrency: "AMD", by: "2026-12-01T19:59:59.000Z" },
    names: ["AMD 10,000", "/paylink INV-1042", "1 Dec 2026, 23:59"],
  },
  crm_unknown: {
    details: { paid: "15000.00", currency: "AMD", reference: "R-1", because: "record is locked" },
    names: ["INV-1042 is paid (AMD 15,000)", "payment itself is safe", "dismiss this case with a reason", "R-1"],
  },
  reconciliation_break: {
    details: { ...settled, break: "differs", provider: "stripe/shop2" },
    names: ["(stripe/shop2)", "AMD 20,000", "our books have AMD 15,000", "RRN-7"],
  },
  crm_refused: { details: { because: "record is locked" }, names: ["is paid", "“record is locked”", "CRM"] },
  delivery_failed: { details: { what: "receipt", error: "chat not found" }, names: ["(receipt)", "“chat not found”"] },
};

describe.each(LOCALES)("a person reads %s", (locale) => {
  test.each(REFUSALS)("the refusal %s says in that language what is and what to do", (because) => {
    const context = { locale, timeZone, invoiceName };
    const until = new Date("2026-11-24T10:12:00Z");
    for (const more of [{}, { who: "" }, { who: "Ani", until }]) {
      expect(sentenceFaults(sayRefusal({ because, ...more }, context), locale)).toEqual([]);
    }
  });

  test.each(KINDS)("the case %s explains itself in that language, whatever details it lacks", (kind) => {
    const { details } = STORIES[kind];
    expect(sentenceFaults(say(kind, details, locale), locale)).toEqual([]);
    expect(sentenceFaults(say(kind, {}, locale), locale)).toEqual([]);
    for (const lacking of Object.keys(details)) {
      const rest = Object.fromEntries(Object.entries(details).filter(([key]) => key !== lacking));
      expect(sentenceFaults(say(kind, rest, locale), locale)).toEqual([]);
    }
    expect(languageFaults(titleCase(kind, locale), locale)).toEqual([]);
  });

  test("every status and state has its own words", () => {
    const words = [
      STATUSES.map((one) => sayStatus(one, locale)),
      LINK_STATES.map((one) => sayLinkState(one, locale)),
      ATTEMPT_STATES.map((one) => sayAttemptState(one, locale)),
      KINDS.map((one) => titleCase(one, locale)),
    ];
    for (const list of words) {
      expect(new Set(list).size).toBe(list.length);
      for (const word of list) expect(languageFaults(word, locale)).toEqual([]);
    }
  });

  test("the help shows every command, each on its own line", () => {
    const help = sayHelp(locale);
    expect(languageFaults(help, locale)).toEqual([]);
    for (const command of ["send", "resend", "cancel", "verify", "why"]) {
      expect(help).toContain(`/paylink ${command} INV-1042`);
    }
    for (const words of [
      "expires 3d",
      "expires 2026-12-01",
      "lang hy",
      "deal:77",
      "order:55",
      "list",
      "cases",
      "help",
    ]) {
      expect(help).toMatch(new RegExp(`^/paylink.*${words}.* — .+$`, "mu"));
    }
    expect(help).toMatch(/part 20000, part 50%/);
  });

  test("a link that stays although another one was asked for says what it is and how to get another", () => {
    const said = sayStays(
      { link: link("it"), unheeded: ["part", "expires", "lang"] },
      { locale, timeZone, invoiceName },
    );
    expect(sentenceFaults(said, locale)).toEqual([]);
  });

  test("a command that is not there is answered with everything that is", () => {
    const said = sayBadGrammar("unknown_verb", locale, { word: "frobnicate" });
    expect(said).toContain("frobnicate");
    for (const verb of ["send", "resend", "cancel", "reissue", "verify", "why", "dry-run", "list", "cases", "help"]) {
      expect(said).toMatch(new RegExp(`\\b${verb}\\b`));
    }
  });

  test.each(GRAMMAR_PROBLEMS)("words that could not be read (%s) are answered with how to type them", (problem) => {
    expect(sentenceFaults(sayBadGrammar(problem, locale), locale)).toEqual([]);
    expect(sentenceFaults(sayBadGrammar(problem, locale, { word: "x7" }), locale)).toEqual([]);
  });
});

describe("a refusal makes itself useful", () => {
  const context = { locale: "en", timeZone, invoiceName } as const;

  test("it names who may do it instead, and a lead when nobody is known", () => {
    expect(sayRefusal({ because: "not_allowed", who: "Ani" }, context)).toContain("Ani or a lead may do it");
    expect(sayRefusal({ because: "not_allowed", who: "" }, context)).toContain("A lead may do it");
  });

  test("it says from when it may be done", () => {
    const until = new Date("2026-11-24T10:12:00Z");
    expect(sayRefusal({ because: "resend_too_soon", until }, context)).toContain("from 24 Nov 2026, 14:12");
    expect(sayRefusal({ because: "resend_too_soon", until }, { ...context, locale: "hy" })).toContain("14:12-ից");
  });
});

describe("a case tells its facts", () => {
  test.each(KINDS)("%s names what it knows", (kind) => {
    const { details, names } = STORIES[kind];
    for (const name of names) expect(say(kind, details)).toContain(name);
  });

  test("an amount that the provider wrote unreadably is quoted, and nothing is said to be held", () => {
    const words = say("currency_differs", { paid: "15000,00 драм", reference: "R-1", provider: "vpos" });
    expect(words).toContain("“15000,00 драм”");
    expect(words).not.toContain("held");
  });

  test("a payment is called owed only while something is owed", () => {
    expect(say("overpaid", { ...settled, due: "0.00" })).not.toContain("still owed");
    expect(say("overpaid", { ...settled, due: "0.50" })).toContain("still owed");
  });

  test("a nine-digit reference is not mistaken for a telephone number", () => {
    expect(say("overpaid", { ...settled, reference: "012345678" })).toContain("012345678");
  });

  test("what a stranger wrote keeps to one line, ends in time and gives no contact or secret away", () => {
    const because = `call ani@example.am, +374 77 123456 or 077 12-34-56\nhttps://pay.example/p/secret ${"long ".repeat(90)}`;
    const words = say("crm_refused", { because });
    expect(words).not.toMatch(/ani@|77|secret|\n/);
    expect(words.length).toBeLessThan(400);
  });
});
