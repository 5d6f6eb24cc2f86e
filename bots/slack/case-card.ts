import type { AuditEntry } from "../../domain/audit.ts";
import { type Case, type Invoice, nameOf } from "../../domain/invoice.ts";
import type { Locale } from "../../domain/locale.ts";
import { sayProposal, sayResolution } from "../../domain/words/case-actions.ts";
import { sayCaseStory } from "../../domain/words/case-story.ts";
import { sayCase, titleCase } from "../../domain/words/cases.ts";
import { sayMoney } from "../../domain/words/money.ts";
import { sayTime } from "../../domain/words/time.ts";
import { actions, address, context, section, sections, type Words } from "./blocks.ts";
import { caseButtons } from "./buttons.ts";
import { LIMITS } from "./limits.ts";
import { oneLine } from "./text.ts";
import { labelsIn } from "../labels.ts";

export type CaseContext = {
  /** What became true of the invoice: the story of held money is told from it. */
  readonly entries: readonly AuditEntry[];
  readonly locale: Locale;
  readonly timeZone: string;
  readonly caseUrl?: (caseId: string) => string;
};

/** One case as people read it, the same message from its opening to its resolution. `invoice` null: money without one. */
export function renderCase(invoice: Invoice | null, one: Case, where: CaseContext): Words {
  const { locale, timeZone, caseUrl, entries } = where;
  const labels = labelsIn(locale);
  const invoiceName = invoice ? nameOf(invoice) : "";
  const title = oneLine(titleCase(one.kind, locale), LIMITS.name);
  const state = labels.caseStates[one.state];
  const said = oneLine(sayCase(one, { locale, timeZone, invoiceName }), LIMITS.line);
  const story = invoice ? sayCaseStory(one, invoice, { entries, locale, timeZone }) : [];
  const about = invoice ? [`${oneLine(invoiceName, LIMITS.name)} · ${sayMoney(invoice.amount, locale)}`] : [];
  const decided = one.resolution ? sayResolution(one.resolution, locale) : sayProposal(one, locale);
  const resolution = decided === "" ? [] : [oneLine(decided, LIMITS.sentence)];
  return {
    text: [`${labels.case}: ${title} (${state})`, ...about].join(" · "),
    blocks: [
      section([`${labels.case}: ${title} (${state})`, ...about].join("\n")),
      ...sections([said, ...story.map((line) => oneLine(line, LIMITS.sentence)), ...resolution].join("\n")),
      ...(caseUrl && one.state === "open" ? [section(labels.openCase), address(caseUrl(one.id))] : []),
      ...actions(caseButtons(invoice, one, locale)),
      context([sayTime(one.openedAt, locale, timeZone)]),
    ],
  };
}
