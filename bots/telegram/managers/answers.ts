import type { Answer } from "../../../domain/desk.ts";
import { nameOf } from "../../../domain/invoice.ts";
import type { Locale } from "../../../domain/locale.ts";
import { statusOf } from "../../../domain/status.ts";
import { sayStatus } from "../../../domain/words/status.ts";
import { sayStays } from "../../../domain/words/stays.ts";
import { sayTime } from "../../../domain/words/time.ts";
import { type Reporting, sayDone, sayReport } from "../../answers.ts";
import type { Posted } from "../../desk.ts";
import { labelsIn } from "../../labels.ts";
import { fit, LONGEST_TEXT, oneLine } from "../fit.ts";
import type { ManagerDoors, Place } from "./doors.ts";
import { MANAGER_WORDS } from "./words.ts";

export type AnswerContext = Pick<ManagerDoors, "timeZone" | "pageUrl" | "expecting"> & {
  readonly locale: Locale;
  /** The message that asked. */
  readonly place: Place;
  /** Where the card of the link stands, when there is one. */
  readonly posted: Posted | undefined;
};

/** `alone`: for the person who asked; `meanwhile` is then said in the group. */
type Answered =
  | { readonly is: "here"; readonly text: string }
  | { readonly is: "alone"; readonly text: string; readonly meanwhile: string | null };

const here = (text: string): Answered => ({ is: "here", text });
const alone = (text: string, meanwhile: string | null = null): Answered => ({ is: "alone", text, meanwhile });

/**
 * What is said to the one who asked; null: nothing, the card that appears is the answer. An address that makes its opener the
 * customer is for the person alone: a colleague's curious tap would bind the wrong chat.
 */
export function sayAnswer(answer: Answer, where: AnswerContext): Answered | null {
  const { locale } = where;
  const labels = labelsIn(locale);
  switch (answer.kind) {
    case "issued":
      return sayIssued(answer, where);
    case "refused":
      return alone(sayReport(answer, reporting(where)));
    case "invited":
    case "copied":
      return alone(`${labels[answer.kind](nameOf(answer.invoice))}\n${answer.url}`, MANAGER_WORDS[locale].inPrivate);
    case "why":
    case "list":
    case "cases":
    case "rehearsed":
      return here(sayReport(answer, reporting(where)));
    default:
      return here(sayDone(answer, locale));
  }
}

const LONGEST_NAME = 100;

/** What stands around a list, and the longest single line of ours. */
const ROOM = 600;

const reporting = ({ locale, timeZone, expecting }: AnswerContext): Reporting => ({
  locale,
  timeZone,
  expecting,
  room: LONGEST_TEXT - ROOM,
  name: (text) => fit(oneLine(text), LONGEST_NAME),
});

type Issued = Extract<Answer, { kind: "issued" }>;

const sayIssued = (answer: Issued, where: AnswerContext): Answered | null =>
  answer.already && !isSameRequest(answer, where) ? here(sayAlready(answer, where)) : null;

/** The same words delivered again: the link that stands is the one they made. */
const isSameRequest = ({ link: { origin } }: Issued, { place }: AnswerContext): boolean =>
  origin?.chat === "telegram" && origin.channel === place.channel && origin.message === place.message;

/** The link that stands, as it is at this moment, and where its card shows how it goes on. */
function sayAlready(answer: Issued, where: AnswerContext): string {
  const { invoice, link, unheeded } = answer;
  const { locale, timeZone, pageUrl, posted } = where;
  const labels = labelsIn(locale);
  const name = nameOf(invoice);
  const card = posted && addressOf(posted);
  return [
    ...(unheeded.length === 0 ? [] : [sayStays(answer, { ...where, invoiceName: name })]),
    labels.alreadyIssued(name, oneLine(link.issuedBy.name), sayTime(link.issuedAt, locale, timeZone)),
    pageUrl(link.token),
    `${labels.status}: ${sayStatus(statusOf(invoice), locale)}`,
    card === undefined ? MANAGER_WORDS[locale].later(name) : `${labels.cardIsHere} ${card}`,
  ].join("\n");
}

/** Messages of supergroups have an address that their members can open; a card elsewhere has none here. */
function addressOf({ channel, message }: Posted): string | undefined {
  const group = /^-100(\d+)$/.exec(channel)?.[1];
  return group === undefined ? undefined : `https://t.me/c/${group}/${message}`;
}
