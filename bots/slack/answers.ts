import type { Answer } from "../../domain/desk.ts";
import { type Link, nameOf } from "../../domain/invoice.ts";
import type { Locale } from "../../domain/locale.ts";
import type { Expecting } from "../../domain/schedule.ts";
import { sayStays } from "../../domain/words/stays.ts";
import { sayTime } from "../../domain/words/time.ts";
import { address, section, type Words } from "./blocks.ts";
import { renderCard } from "./card.ts";
import { LIMITS } from "./limits.ts";
import { spoken } from "./whisper.ts";
import { sayDone, sayReport } from "../answers.ts";
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
    case "verified":
      return spoken(sayDone(answer, where.locale));
    case "invited":
    case "copied":
      return withAddress(labels[answer.kind](nameOf(answer.invoice)), answer.url);
    default:
      return spoken(sayReport(answer, { ...where, room: LIMITS.blockTexts - LIMITS.sentence, name }));
  }
}

const name = (text: string): string => text.slice(0, LIMITS.name);

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
