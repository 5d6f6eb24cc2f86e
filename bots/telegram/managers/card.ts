import type { AuditEntry } from "../../../domain/audit.ts";
import { checkoutsToClose } from "../../../domain/close-checkout.ts";
import { type Case, type Invoice, type Link, nameOf, type Send } from "../../../domain/invoice.ts";
import type { Locale } from "../../../domain/locale.ts";
import type { Expecting } from "../../../domain/schedule.ts";
import { statusOf } from "../../../domain/status.ts";
import { sayProposal, sayResolution } from "../../../domain/words/case-actions.ts";
import { sayCaseStory } from "../../../domain/words/case-story.ts";
import { sayCase, titleCase } from "../../../domain/words/cases.ts";
import { sayFiscal } from "../../../domain/words/fiscal.ts";
import { sayMoney } from "../../../domain/words/money.ts";
import { sayNextPart } from "../../../domain/words/schedule.ts";
import { sayChannel, sayOutcome } from "../../../domain/words/sends.ts";
import { sayAttemptState, sayLinkState, sayStatus } from "../../../domain/words/status.ts";
import { sayTime } from "../../../domain/words/time.ts";
import { labelsIn } from "../../labels.ts";
import { fit, oneLine } from "../fit.ts";
import { cardKeyboard } from "./buttons.ts";
import { asMessage, type ManagerMessage } from "./say.ts";

export type CardReader = { readonly locale: Locale; readonly timeZone: string; readonly expecting?: Expecting };

/** What a card shows of things that can be many or long: all of it stays below Telegram's limit. */
const MOST = { sends: 4, cases: 3, name: 80, sentence: 400 } as const;

const short = (text: string, most: number): string => fit(oneLine(text), most);

/** The card of one link, worked out from the invoice as it is now. `url` is our page. */
export function renderCard(
  invoice: Invoice,
  link: Link,
  reader: CardReader & { readonly url: string },
): ManagerMessage {
  const { locale, url } = reader;
  const payable = link.state === "active" && !link.stale;
  const message = asMessage([
    `${short(nameOf(invoice), MOST.name)} · ${sayMoney(link.amount, locale)}`,
    ...factsOf(invoice, link, reader),
    ...(payable ? ["", labelsIn(locale).page, url] : []),
    ...stillPayable(invoice, link, reader),
    "",
    ...historyOf(link, reader),
    ...expected(invoice, reader),
    ...casesOf(invoice, link, reader),
  ]);
  return { ...message, reply_markup: cardKeyboard(invoice, link, locale) };
}

function factsOf(invoice: Invoice, link: Link, { locale, timeZone }: CardReader): string[] {
  const labels = labelsIn(locale);
  const attempt = invoice.attempts.findLast((one) => one.link === link.id);
  const paid = invoice.payments.findLast((one) => one.link === link.id);
  const ended = link.state !== "active" && link.state !== "paid";
  return [
    `${labels.status}: ${sayStatus(statusOf(invoice), locale)}`,
    ...(ended ? [`${labels.link}: ${sayLinkState(link.state, locale)}`] : []),
    `${labels.customer}: ${short(invoice.customer.name, MOST.name)}`,
    `${labels.purpose}: ${short(link.purpose, MOST.sentence)}`,
    `${labels.deadline}: ${sayTime(link.expiresAt, locale, timeZone)}`,
    ...(attempt ? [`${labels.attempt}: ${sayAttemptState(attempt.state, locale)}`] : []),
    ...(paid && paid.fiscal !== "none" ? [`${labels.receipt}: ${sayFiscal(paid.fiscal, locale)}`] : []),
  ];
}

/** A link that is over, and a checkout of it that may still bring money. */
function stillPayable(invoice: Invoice, link: Link, { locale, timeZone }: CardReader): string[] {
  const [open] = checkoutsToClose(invoice, link.id);
  if (!open) return [];
  const until = open.checkoutExpiresAt && sayTime(open.checkoutExpiresAt, locale, timeZone);
  return ["", labelsIn(locale).stillPayable(until)];
}

/** Who issued it, and how its last deliveries went. */
function historyOf(link: Link, { locale, timeZone }: CardReader): string[] {
  const labels = labelsIn(locale);
  const said = ({ channel, outcome, by, at }: Send): string =>
    labels.send(
      sayChannel(channel, locale),
      sayOutcome(outcome, locale),
      `${short(by, MOST.name)}, ${sayTime(at, locale, timeZone)}`,
    );
  const earlier = link.sends.length - MOST.sends;
  return [
    labels.issuedBy(short(link.issuedBy.name, MOST.name), sayTime(link.issuedAt, locale, timeZone)),
    ...(earlier > 0 ? [labels.earlier(earlier)] : []),
    ...link.sends.slice(-MOST.sends).map(said),
  ];
}

function expected(invoice: Invoice, { locale, timeZone, expecting }: CardReader): string[] {
  const next = expecting?.(invoice);
  return next ? [sayNextPart(next, { locale, timeZone })] : [];
}

function casesOf(invoice: Invoice, link: Link, { locale, timeZone }: CardReader): string[] {
  const open = invoice.cases.filter((one) => one.state === "open" && (one.link === null || one.link === link.id));
  const left = open.length - MOST.cases;
  const said = (one: Case): string => sayCase(one, { locale, timeZone, invoiceName: nameOf(invoice) });
  return [
    ...open.slice(0, MOST.cases).map((one) => `⚠ ${short(said(one), MOST.sentence)}`),
    ...(left > 0 ? [labelsIn(locale).more(left)] : []),
  ];
}

/** One case as a reply to its card, the same message from its opening to its resolution. It is decided in Slack. */
export function renderCase(
  invoice: Invoice,
  one: Case,
  { entries, locale, timeZone }: CardReader & { readonly entries: readonly AuditEntry[] },
): ManagerMessage {
  const labels = labelsIn(locale);
  const invoiceName = nameOf(invoice);
  const decided = one.resolution ? sayResolution(one.resolution, locale) : sayProposal(one, locale);
  return asMessage([
    `${labels.case}: ${titleCase(one.kind, locale)} (${labels.caseStates[one.state]})`,
    `${short(invoiceName, MOST.name)} · ${sayMoney(invoice.amount, locale)}`,
    short(sayCase(one, { locale, timeZone, invoiceName }), 2 * MOST.sentence),
    ...sayCaseStory(one, invoice, { entries, locale, timeZone }).map((line) => short(line, MOST.sentence / 2)),
    ...(decided === "" ? [] : [short(decided, MOST.sentence)]),
  ]);
}
