import type { Answer } from "../../domain/desk.ts";
import { type Invoice, type Link, nameOf } from "../../domain/invoice.ts";
import type { Locale } from "../../domain/locale.ts";
import type { Expecting } from "../../domain/schedule.ts";
import { statusOf } from "../../domain/status.ts";
import { sayResolution } from "../../domain/words/case-actions.ts";
import { sayCase } from "../../domain/words/cases.ts";
import { sayEntry } from "../../domain/words/facts.ts";
import { sayMoney } from "../../domain/words/money.ts";
import { sayRehearsal } from "../../domain/words/rehearsal.ts";
import { sayRefusal } from "../../domain/words/refusals.ts";
import { sayNextPart } from "../../domain/words/schedule.ts";
import { sayStays } from "../../domain/words/stays.ts";
import { sayStatus } from "../../domain/words/status.ts";
import { sayTime } from "../../domain/words/time.ts";
import { address, section, type Words } from "./blocks.ts";
import { renderCard } from "./card.ts";
import { LIMITS, MOST } from "./limits.ts";
import { fitLines } from "./text.ts";
import { spoken } from "./whisper.ts";
import { labelsIn } from "../labels.ts";

export type AnswerContext = {
  readonly locale: Locale;
  readonly timeZone: string;
  readonly pageUrl: (link: Link) => string;
  /** When the next part of an invoice is due. */
  readonly expecting?: Expecting;
  readonly caseUrl?: (caseId: string) => string;
  /** Where the card of the link stands, when that is known. */
  readonly permalink?: string;
};

/** What is said to the one who asked; null: nothing, the card that appears is the answer. */
export function sayAnswer(answer: Answer, where: AnswerContext): Words | null {
  const labels = labelsIn(where.locale);
  switch (answer.kind) {
    case "issued":
      return answer.already ? sayAlready(answer, where) : null;
    case "sent":
    case "cancelled":
    case "reissued":
    case "resolved":
      return spoken(sayDone(answer, where.locale));
    case "invited":
    case "copied":
      return withAddress(labels[answer.kind](nameOf(answer.invoice)), answer.url);
    case "verified":
      return spoken(sayVerified(answer, where.locale));
    default:
      return spoken(sayReport(answer, where));
  }
}

/** The same card once more, for the one who asked: its buttons work here too. */
function sayAlready(answer: Extract<Answer, { kind: "issued" }>, where: AnswerContext): Words {
  const { invoice, link, unheeded } = answer;
  const { locale, timeZone, pageUrl, permalink } = where;
  const labels = labelsIn(locale);
  const issuedAt = sayTime(link.issuedAt, locale, timeZone);
  const card = renderCard(invoice, link, { ...where, url: pageUrl(link) });
  const whereItStands = permalink === undefined ? [] : [section(labels.cardIsHere), address(permalink)];
  const said = labels.alreadyIssued(nameOf(invoice), link.issuedBy.name, issuedAt);
  const stays = unheeded.length === 0 ? [] : [sayStays(answer, { ...where, invoiceName: nameOf(invoice) })];
  return spoken([...stays, said].join("\n"), [...whereItStands, ...card.blocks]);
}

const withAddress = (text: string, url: string): Words => {
  const { text: safe, blocks } = spoken(text, [address(url)]);
  return { text: `${safe}\n${url}`, blocks };
};

function sayVerified({ invoice, answered }: Extract<Answer, { kind: "verified" }>, locale: Locale): string {
  const labels = labelsIn(locale);
  const name = nameOf(invoice);
  return answered ? labels.verified(name, sayStatus(statusOf(invoice), locale)) : labels.notAnswered(name);
}

/** What was done, for the one who asked for it: the cards tell everybody else. */
function sayDone(
  answer: Extract<Answer, { kind: "sent" | "cancelled" | "reissued" | "resolved" }>,
  locale: Locale,
): string {
  const labels = labelsIn(locale);
  if (answer.kind === "resolved") {
    const { resolution } = answer.case;
    return answer.proposed || !resolution ? labels.proposed : labels.resolved(sayResolution(resolution, locale));
  }
  const name = nameOf(answer.invoice);
  return answer.kind === "reissued" ? labels.reissued(name, answer.sent) : labels[answer.kind](name);
}

type Report = Extract<Answer, { kind: "why" | "list" | "cases" | "rehearsed" | "refused" }>;

function sayReport(answer: Report, where: AnswerContext): string {
  const labels = labelsIn(where.locale);
  switch (answer.kind) {
    case "why":
      return sayWhy(answer, where);
    case "list":
      return (
        lines(
          answer.invoices.map((invoice) => inList(invoice, where.locale)),
          where.locale,
        ) || labels.noLinks
      );
    case "cases":
      return (
        lines(
          answer.cases.map((one) => inCases(one, where)),
          where.locale,
        ) || labels.noCases
      );
    case "rehearsed":
      return sayRehearsal(answer, { ...where, invoiceName: answer.invoiceName });
    case "refused":
      return sayRefusal(answer, { ...where, invoiceName: answer.invoiceName });
  }
}

/** The last entries explain the status: the oldest are left out when there are too many. */
function sayWhy({ invoice, entries }: Extract<Answer, { kind: "why" }>, where: AnswerContext): string {
  const { locale, timeZone, expecting } = where;
  const labels = labelsIn(locale);
  const said = entries.slice(-MOST.entries).map((entry) => sayEntry(entry, { locale, timeZone }));
  const next = expecting?.(invoice);
  const newestFirst = fitLines(said.toReversed(), LIMITS.blockTexts - LIMITS.sentence, labels.earlier);
  return [
    labels.why(nameOf(invoice), sayStatus(statusOf(invoice), locale)),
    ...newestFirst.split("\n").toReversed(),
    ...(next ? [sayNextPart(next, { locale, timeZone })] : []),
  ].join("\n");
}

const lines = (all: readonly string[], locale: Locale): string =>
  fitLines(all.slice(0, MOST.invoices), LIMITS.blockTexts - LIMITS.sentence, labelsIn(locale).more);

const inList = (invoice: Invoice, locale: Locale): string =>
  [
    nameOf(invoice),
    sayMoney(invoice.amount, locale),
    sayStatus(statusOf(invoice), locale),
    invoice.customer.name.slice(0, LIMITS.name),
  ].join(" · ");

function inCases(
  { invoice, case: one }: Extract<Answer, { kind: "cases" }>["cases"][number],
  { locale, timeZone }: AnswerContext,
): string {
  const invoiceName = invoice ? nameOf(invoice) : "";
  return `• ${sayCase(one, { locale, timeZone, invoiceName })}`;
}
