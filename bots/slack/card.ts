import { type Case, type Invoice, type Link, nameOf, type Send } from "../../domain/invoice.ts";
import type { Locale } from "../../domain/locale.ts";
import { checkoutsToClose } from "../../domain/close-checkout.ts";
import type { Expecting } from "../../domain/schedule.ts";
import { statusOf } from "../../domain/status.ts";
import { sayCase } from "../../domain/words/cases.ts";
import { sayFiscal } from "../../domain/words/fiscal.ts";
import { sayMoney } from "../../domain/words/money.ts";
import { sayNextPart } from "../../domain/words/schedule.ts";
import { sayChannel, sayOutcome } from "../../domain/words/sends.ts";
import { sayAttemptState, sayLinkState, sayStatus } from "../../domain/words/status.ts";
import { sayTime } from "../../domain/words/time.ts";
import { actions, address, type Block, context, fields, header, section, type Words } from "./blocks.ts";
import { buttonsOf } from "./buttons.ts";
import { LIMITS, MOST } from "./limits.ts";
import { oneLine } from "./text.ts";
import { labelsIn } from "../labels.ts";

export type CardContext = {
  /** Our page, where the customer pays. */
  readonly url: string;
  readonly locale: Locale;
  readonly timeZone: string;
  /** When the next part of an invoice is due. */
  readonly expecting?: Expecting;
  /** Where a case is resolved. */
  readonly caseUrl?: (caseId: string) => string;
  /** The card stands in a direct message because the channel could not be written to. */
  readonly elsewhere?: boolean;
};

/** The card of one link, worked out from the invoice as it is now: the same invoice gives the same card. */
export function renderCard(invoice: Invoice, link: Link, where: CardContext): Words {
  const { locale, url } = where;
  const title = `${oneLine(nameOf(invoice), LIMITS.name)} · ${oneLine(sayMoney(link.amount, locale), 40)}`;
  const labels = labelsIn(locale);
  const status = sayStatus(statusOf(invoice), locale);
  return {
    text: `${title} · ${status} · ${oneLine(invoice.customer.name, LIMITS.name)}`,
    blocks: [
      header(title),
      fields(factsOf(invoice, link, where)),
      ...(link.state === "active" && !link.stale ? [section(labels.page), address(url)] : []),
      ...stillPayable(invoice, link, where),
      context(historyOf(link, where)),
      ...expected(invoice, where),
      ...casesOf(invoice, link, where),
      ...actions(buttonsOf(invoice, link, locale)),
      ...(where.elsewhere === true ? [context([labels.inviteMe])] : []),
    ],
  };
}

function factsOf(invoice: Invoice, link: Link, { locale, timeZone }: CardContext): string[] {
  const labels = labelsIn(locale);
  const last = invoice.attempts.findLast((attempt) => attempt.link === link.id);
  const ended = link.state !== "active" && link.state !== "paid";
  return [
    `${labels.status}: ${sayStatus(statusOf(invoice), locale)}`,
    ...(ended ? [`${labels.link}: ${sayLinkState(link.state, locale)}`] : []),
    `${labels.customer}: ${oneLine(invoice.customer.name, LIMITS.name)}`,
    `${labels.purpose}: ${oneLine(link.purpose, LIMITS.sentence)}`,
    `${labels.deadline}: ${sayTime(link.expiresAt, locale, timeZone)}`,
    ...(last ? [`${labels.attempt}: ${sayAttemptState(last.state, locale)}`] : []),
    ...receiptOf(invoice, link, locale),
  ];
}

/** A link that is over, and a checkout of it that may still bring money: said on the card for as long as it may. */
function stillPayable(invoice: Invoice, link: Link, { locale, timeZone }: CardContext): Block[] {
  const [open] = checkoutsToClose(invoice, link.id);
  if (!open) return [];
  const until = open.checkoutExpiresAt && sayTime(open.checkoutExpiresAt, locale, timeZone);
  return [section(labelsIn(locale).stillPayable(until))];
}

/** What is still to come of an invoice that is paid in parts. */
function expected(invoice: Invoice, { locale, timeZone, expecting }: CardContext): Block[] {
  const next = expecting?.(invoice);
  return next ? [section(sayNextPart(next, { locale, timeZone }))] : [];
}

/** Where the receipt of what was paid through the link stands; nothing where none is needed. */
function receiptOf(invoice: Invoice, link: Link, locale: Locale): string[] {
  const paid = invoice.payments.findLast((one) => one.link === link.id);
  return !paid || paid.fiscal === "none" ? [] : [`${labelsIn(locale).receipt}: ${sayFiscal(paid.fiscal, locale)}`];
}

/** Who issued it, and how its last deliveries went. */
function historyOf(link: Link, { locale, timeZone }: CardContext): string[] {
  const labels = labelsIn(locale);
  const who = (name: string, at: Date): [string, string] => [oneLine(name, LIMITS.name), sayTime(at, locale, timeZone)];
  const said = ({ channel, outcome, by, at }: Send): string =>
    labels.send(sayChannel(channel, locale), sayOutcome(outcome, locale), who(by, at).join(", "));
  const earlier = link.sends.length - MOST.sends;
  return [
    labels.issuedBy(...who(link.issuedBy.name, link.issuedAt)),
    ...(earlier > 0 ? [labels.earlier(earlier)] : []),
    ...link.sends.slice(-MOST.sends).map(said),
  ];
}

function casesOf(invoice: Invoice, link: Link, where: CardContext): Block[] {
  const open = invoice.cases.filter((one) => one.state === "open" && (one.link === null || one.link === link.id));
  const left = open.length - MOST.cases;
  return [
    ...open.slice(0, MOST.cases).flatMap((one) => caseOf(invoice, one, where)),
    ...(left > 0 ? [section(labelsIn(where.locale).more(left))] : []),
  ];
}

function caseOf(invoice: Invoice, one: Case, { locale, timeZone, caseUrl }: CardContext): Block[] {
  const said = sayCase(one, { locale, timeZone, invoiceName: nameOf(invoice) });
  return [section(`⚠ ${oneLine(said, LIMITS.sentence)}`), ...(caseUrl === undefined ? [] : [address(caseUrl(one.id))])];
}
