import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Reading, readAsk } from "../../bots/ask.ts";
import { INVOICE_KINDS } from "../../domain/invoice.ts";
import { LOCALES } from "../../domain/locale.ts";

const invoice = { kind: "invoice", number: "INV-1042" } as const;

describe("what a manager types is read", () => {
  test.each<[string, Reading]>([
    ["INV-1042", { want: "issue", invoice }],
    ["  INV-1042\u00a0 ", { want: "issue", invoice }],
    ["invoice:INV-1042", { want: "issue", invoice }],
    ["deal:77", { want: "issue", invoice: { kind: "deal", number: "77" } }],
    ["ORDER:55", { want: "issue", invoice: { kind: "order", number: "55" } }],
    ["INV-1042 part 20000", { want: "issue", invoice, part: "20000" }],
    ["INV-1042 PART 50%", { want: "issue", invoice, part: "50%" }],
    ["INV-1042 expires 3d", { want: "issue", invoice, deadline: { days: 3 } }],
    ["INV-1042 expires 2026-12-01", { want: "issue", invoice, deadline: { date: "2026-12-01" } }],
    ["INV-1042 lang HY", { want: "issue", invoice, language: "hy" }],
    [
      "INV-1042 lang ru part 50% expires 3D",
      { want: "issue", invoice, language: "ru", part: "50%", deadline: { days: 3 } },
    ],
    ["send INV-1042", { want: "send", invoice }],
    ["Resend INV-1042", { want: "resend", invoice }],
    ["cancel INV-1042 wrong  customer", { want: "cancel", invoice, reason: "wrong customer" }],
    ["cancel INV-1042", { want: "cancel", invoice, reason: "" }],
    ["cancel INV-1042 &lt;R&amp;D&gt; asked", { want: "cancel", invoice, reason: "<R&D> asked" }],
    ["reissue INV-1042", { want: "reissue", invoice, reason: "" }],
    ["reissue INV-1042 new amount", { want: "reissue", invoice, reason: "new amount" }],
    ["verify INV-1042 please", { want: "verify", invoice }],
    ["why deal:77", { want: "why", invoice: { kind: "deal", number: "77" } }],
    ["dry-run INV-1042", { want: "dry-run", invoice, of: { want: "issue", invoice } }],
    ["dry-run INV-1042 part 50%", { want: "dry-run", invoice, of: { want: "issue", invoice, part: "50%" } }],
    ["dry-run cancel INV-1042 typo", { want: "dry-run", invoice, of: { want: "cancel", invoice, reason: "typo" } }],
    ["dry-run send INV-1042", { want: "dry-run", invoice, of: { want: "send", invoice } }],
    ["dry-run", { problem: "no_invoice" }],
    ["dry-run why INV-1042", { problem: "unknown_word", word: "why" }],
    ["list", { want: "list" }],
    ["Cases", { want: "cases" }],
    ["telegram", { account: "link" }],
    ["Telegram OFF", { account: "unlink" }],
    ["telegram on", { problem: "unknown_word", word: "on" }],
    ["telegram off now", { problem: "unknown_word", word: "now" }],
    ["invoice:telegram", { want: "issue", invoice: { kind: "invoice", number: "telegram" } }],
    ["HELP", "help"],
    ["", "empty"],
    [" \n\u200b ", "empty"],
    ["Հաշիվ-7/26", { want: "issue", invoice: { kind: "invoice", number: "Հաշիվ-7/26" } }],
    ["\u0438\u0306-7", { want: "issue", invoice: { kind: "invoice", number: "\u0439-7" } }],
    ["#1042", { want: "issue", invoice: { kind: "invoice", number: "#1042" } }],
    ["invoice:help", { want: "issue", invoice: { kind: "invoice", number: "help" } }],
  ])("%j", (text, reading) => {
    expect(readAsk(text)).toEqual(reading);
  });
});

describe("what cannot be read says which word it was", () => {
  test.each<[string, Reading]>([
    ["send", { problem: "no_invoice" }],
    ["send !!", { problem: "no_invoice", word: "!!" }],
    ["part 50%", { problem: "no_invoice", word: "part" }],
    ["---", { problem: "unknown_word", word: "---" }],
    ["car:77", { problem: "unknown_word", word: "car:77" }],
    ["frobnicate INV-1042", { problem: "unknown_verb", word: "frobnicate" }],
    ["Frobnicate deal:77 part 50%", { problem: "unknown_verb", word: "Frobnicate" }],
    ["dry-run frobnicate INV-1042", { problem: "unknown_verb", word: "frobnicate" }],
    ["frobnicate lang de", { problem: "bad_language", word: "de" }],
    ["deal:A soon", { problem: "unknown_word", word: "soon" }],
    ["INV-1042 soon", { problem: "unknown_word", word: "soon" }],
    ["INV-1042 lang hy lang ru", { problem: "unknown_word", word: "lang" }],
    ["list INV-1042", { problem: "unknown_word", word: "INV-1042" }],
    ["INV-1042 expires tomorrow", { problem: "bad_deadline", word: "tomorrow" }],
    ["INV-1042 expires 2026-02-30", { problem: "bad_deadline", word: "2026-02-30" }],
    ["INV-1042 expires", { problem: "bad_deadline" }],
    ["INV-1042 part 0", { problem: "bad_part", word: "0" }],
    ["INV-1042 part 101%", { problem: "bad_part", word: "101%" }],
    ["INV-1042 part -5", { problem: "bad_part", word: "-5" }],
    ["INV-1042 lang de", { problem: "bad_language", word: "de" }],
    [`cancel INV-1042 ${"a".repeat(400)}`, { problem: "too_long" }],
    ["x".repeat(65), { problem: "unknown_word", word: "x".repeat(65) }],
  ])("%j", (text, reading) => {
    expect(readAsk(text)).toEqual(reading);
  });
});

const sign = fc.constantFrom(...Array.from("abzABZ019._/#-ԱաՖֆЯяёñ漢"));
const number = fc
  .array(sign, { minLength: 1, maxLength: 64 })
  .map((signs) => signs.join(""))
  .filter((text) => /[\p{L}\p{N}]/u.test(text));
const anyCase = (word: string) => fc.constantFrom(word, word.toUpperCase());

describe("whatever is typed", () => {
  test("it is read or refused, never an accident", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 500 }), (text) => {
        const reading = readAsk(text);
        expect(typeof reading === "string" || "want" in reading || "problem" in reading).toBe(true);
      }),
    );
  });

  test("a number keeps its spelling, whatever the case of the words around it", () => {
    fc.assert(
      fc.property(
        number,
        fc.constantFrom(...INVOICE_KINDS).chain(anyCase),
        fc.constantFrom(...LOCALES).chain(anyCase),
        fc.integer({ min: 0, max: 9999 }),
        (text, kind, language, days) => {
          expect(readAsk(`${kind}:${text} LANG ${language} expires ${days}d`)).toEqual({
            want: "issue",
            invoice: { kind: kind.toLowerCase(), number: text },
            language: language.toLowerCase(),
            deadline: { days },
          });
        },
      ),
    );
  });
});
