import type { DeadlineAsked } from "../domain/deadline.ts";
import type { AccountWish, Ask, InvoiceAsk, InvoiceName } from "../domain/desk.ts";
import { INVOICE_KINDS } from "../domain/invoice.ts";
import { isLocale, type Locale } from "../domain/locale.ts";
import type { GrammarProblem } from "../domain/words/help.ts";

/** What a line of words asks for, or why it cannot be read. `word` is the one that could not be understood. */
export type Reading = Ask | AccountWish | Misread | "help" | "empty";
export type Misread = { readonly problem: GrammarProblem; readonly word?: string };

/** Nobody types more by hand: a longer text is something pasted by mistake. */
const LONGEST = 400;

const VERBS = ["send", "resend", "cancel", "reissue", "verify", "why"] as const;
const OPTIONS = ["part", "expires", "lang"] as const;

/** Letters of any script, digits and `. _ / # -`, with at least one letter or digit; a kind may stand before a colon. */
const NAME = /^(?:(?<kind>\w+):)?(?<number>(?=.*[\p{L}\p{N}])[\p{L}\p{M}\p{N}._/#-]{1,64})$/u;
const PART = /^(?=.*[1-9])\d{1,12}(?:\.\d{1,3})?$/;
const PERCENT = /^(?=.*[1-9])(?:100|\d{1,2}(?:\.\d{1,2})?)%$/;
const DAYS = /^(\d{1,4})d$/i;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/**
 * The one parser of what managers type, whatever the chat (product section 3). Verbs, kinds and options are read without
 * regard to case; the spelling of a number is kept.
 */
export function readAsk(text: string): Reading {
  const words = typed(text);
  if (words.length > LONGEST) return { problem: "too_long" };
  const [first = "", ...rest] = words.split(" ");
  const verb = first.toLowerCase();
  if (verb === "") return "empty";
  if (verb === "help") return "help";
  if (verb === "telegram") return aboutAccount(rest);
  if (verb === "list" || verb === "cases") return rest[0] === undefined ? { want: verb } : unknown(rest[0]);
  return verb === "dry-run" ? rehearsal(rest) : aboutOne(first, rest);
}

/** `telegram` links an account there, `telegram off` ends that. */
function aboutAccount([word, ...more]: readonly string[]): AccountWish | Misread {
  if (word === undefined) return { account: "link" };
  return word.toLowerCase() === "off" && more[0] === undefined ? { account: "unlink" } : unknown(more[0] ?? word);
}

function aboutOne(first: string, rest: readonly string[]): InvoiceAsk | Misread {
  const verb = VERBS.find((one) => one === first.toLowerCase());
  return verb ? aboutInvoice(verb, rest) : issue(first, rest);
}

/** `dry-run INV-1042` asks for a link without doing it; a verb may stand before the invoice: `dry-run cancel INV-1042`. */
function rehearsal([first = "", ...rest]: readonly string[]): Ask | Misread {
  const of = aboutOne(first, rest);
  if ("problem" in of) return of;
  if (of.want === "verify" || of.want === "why" || of.want === "dry-run") return unknown(first);
  return { want: "dry-run", invoice: of.invoice, of };
}

/** `deal:77` is a deal, plain words are an invoice; undefined: it cannot be the name of one. */
export function readInvoiceName(word: string): InvoiceName | undefined {
  const { kind: prefix = "invoice", number = "" } = NAME.exec(word)?.groups ?? {};
  const kind = INVOICE_KINDS.find((known) => known === prefix.toLowerCase());
  return kind && number !== "" ? { kind, number } : undefined;
}

/** As it was typed: Slack's entities decoded, invisible characters gone, one space between words. */
const typed = (text: string): string =>
  text
    .replaceAll(/&(amp|lt|gt);/g, (_entity, name: string) => ({ amp: "&", lt: "<", gt: ">" })[name] ?? "")
    .replaceAll(/\p{Cf}/gu, "")
    .normalize("NFC")
    .replaceAll(/[\s\p{Cc}]+/gu, " ")
    .trim();

function aboutInvoice(want: (typeof VERBS)[number], [name = "", ...rest]: readonly string[]): InvoiceAsk | Misread {
  const invoice = readInvoiceName(name);
  if (!invoice) return name === "" ? { problem: "no_invoice" } : { problem: "no_invoice", word: name };
  return want === "cancel" || want === "reissue" ? { want, invoice, reason: rest.join(" ") } : { want, invoice };
}

function issue(name: string, rest: readonly string[]): InvoiceAsk | Misread {
  if (name === "") return { problem: "no_invoice" };
  if (OPTIONS.some((option) => option === name.toLowerCase())) return { problem: "no_invoice", word: name };
  const invoice = readInvoiceName(name);
  if (!invoice) return unknown(name);
  if (isMeantAsVerb(name, rest)) return bad("unknown_verb", name);
  const options = readOptions(rest);
  return "problem" in options ? options : { want: "issue", invoice, ...options };
}

/** `frobnicate INV-1042`: a word without a digit, before one that is no option, asks for something we do not know. */
const isMeantAsVerb = (name: string, [next]: readonly string[]): boolean =>
  next !== undefined && !/[\p{N}:]/u.test(name) && !OPTIONS.some((option) => option === next.toLowerCase());

type Options = { part?: string; deadline?: DeadlineAsked; language?: Locale };

/** Pairs of a name and a value, in any order, each at most once. */
function readOptions(words: readonly string[]): Options | Misread {
  const options: Options = {};
  for (let at = 0; at < words.length; at += 2) {
    const name = words[at] ?? "";
    const read = readOption(name, words[at + 1] ?? "");
    if ("problem" in read) return read;
    if (Object.keys(read).some((key) => key in options)) return unknown(name);
    Object.assign(options, read);
  }
  return options;
}

function readOption(name: string, value: string): Options | Misread {
  switch (name.toLowerCase()) {
    case "part":
      return PART.test(value) || PERCENT.test(value) ? { part: value } : bad("bad_part", value);
    case "expires": {
      const deadline = readDeadline(value);
      return deadline ? { deadline } : bad("bad_deadline", value);
    }
    case "lang": {
      const language = value.toLowerCase();
      return isLocale(language) ? { language } : bad("bad_language", value);
    }
    default:
      return unknown(name);
  }
}

/** Days from now, or a day that stands in the calendar. Whether it is too near or too far is the rules' matter. */
function readDeadline(value: string): DeadlineAsked | undefined {
  const days = DAYS.exec(value)?.[1];
  if (days !== undefined) return { days: Number(days) };
  const day = DATE.test(value) ? new Date(`${value}T00:00:00Z`) : undefined;
  const exists = day !== undefined && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
  return exists ? { date: value } : undefined;
}

const bad = (problem: GrammarProblem, word: string): Misread => (word === "" ? { problem } : { problem, word });
const unknown = (word: string): Misread => bad("unknown_word", word);
