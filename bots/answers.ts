import type { Answer } from "../domain/desk.ts";
import { type Invoice, nameOf } from "../domain/invoice.ts";
import type { Locale } from "../domain/locale.ts";
import type { Expecting } from "../domain/schedule.ts";
import { statusOf } from "../domain/status.ts";
import { sayResolution } from "../domain/words/case-actions.ts";
import { sayCase } from "../domain/words/cases.ts";
import { sayEntry } from "../domain/words/facts.ts";
import { sayMoney } from "../domain/words/money.ts";
import { sayRefusal } from "../domain/words/refusals.ts";
import { sayRehearsal } from "../domain/words/rehearsal.ts";
import { sayNextPart } from "../domain/words/schedule.ts";
import { sayStatus } from "../domain/words/status.ts";
import { fitLines } from "./fit-lines.ts";
import { labelsIn } from "./labels.ts";

type Of<Kind extends Answer["kind"]> = Extract<Answer, { kind: Kind }>;

/** What was done, for the one who asked for it: the cards tell everybody else. */
export function sayDone(
  answer: Of<"sent" | "cancelled" | "reissued" | "resolved" | "verified">,
  locale: Locale,
): string {
  const labels = labelsIn(locale);
  if (answer.kind === "resolved") {
    const { resolution } = answer.case;
    return answer.proposed || !resolution ? labels.proposed : labels.resolved(sayResolution(resolution, locale));
  }
  const name = nameOf(answer.invoice);
  if (answer.kind === "reissued") return labels.reissued(name, answer.sent);
  if (answer.kind !== "verified") return labels[answer.kind](name);
  return answer.answered
    ? labels.verified(name, sayStatus(statusOf(answer.invoice), locale))
    : labels.notAnswered(name);
}

/** How a chat shows a report. */
export type Reporting = {
  readonly locale: Locale;
  readonly timeZone: string;
  /** When the next part of an invoice is due. */
  readonly expecting?: Expecting | undefined;
  /** How many characters of lines one message takes. */
  readonly room: number;
  /** Somebody else's name, as this chat can show it in a line. */
  readonly name: (text: string) => string;
};

/** What was asked to be told, and a refusal. What does not fit is counted, never left out in silence. */
export function sayReport(answer: Of<"why" | "list" | "cases" | "rehearsed" | "refused">, where: Reporting): string {
  const { locale, timeZone, room } = where;
  const labels = labelsIn(locale);
  switch (answer.kind) {
    case "why":
      return sayWhy(answer, where);
    case "list":
      return (
        fitLines(
          answer.invoices.map((invoice) => inList(invoice, where)),
          room,
          labels.more,
        ) || labels.noLinks
      );
    case "cases":
      return (
        fitLines(
          answer.cases.map((one) => inCases(one, where)),
          room,
          labels.more,
        ) || labels.noCases
      );
    case "rehearsed":
      return sayRehearsal(answer, { locale, timeZone, invoiceName: answer.invoiceName });
    case "refused":
      return sayRefusal(answer, { locale, timeZone, invoiceName: answer.invoiceName });
  }
}

/** The last entries explain the status: the oldest are left out when there are too many. */
function sayWhy({ invoice, entries }: Of<"why">, { locale, timeZone, expecting, room }: Reporting): string {
  const labels = labelsIn(locale);
  const next = expecting?.(invoice);
  const newestFirst = entries.map((entry) => sayEntry(entry, { locale, timeZone })).toReversed();
  return [
    labels.why(nameOf(invoice), sayStatus(statusOf(invoice), locale)),
    ...fitLines(newestFirst, room, labels.earlier).split("\n").toReversed(),
    ...(next ? [sayNextPart(next, { locale, timeZone })] : []),
  ].join("\n");
}

const inList = (invoice: Invoice, { locale, name }: Reporting): string =>
  [
    nameOf(invoice),
    sayMoney(invoice.amount, locale),
    sayStatus(statusOf(invoice), locale),
    name(invoice.customer.name),
  ].join(" · ");

const inCases = ({ invoice, case: one }: Of<"cases">["cases"][number], { locale, timeZone }: Reporting): string =>
  `• ${sayCase(one, { locale, timeZone, invoiceName: invoice ? nameOf(invoice) : "" })}`;
