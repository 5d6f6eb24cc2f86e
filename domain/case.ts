import type { Fact } from "./facts.ts";
import type { Attempt, Case, Invoice } from "./invoice.ts";

type NewCase = Pick<Case, "id" | "kind" | "cause" | "link" | "details">;

/** One open case per cause: the same cause again updates what it says, and only when that changed. */
export function openCase(invoice: Invoice, { id, kind, cause, link, details }: NewCase, at: Date): Fact[] {
  const open = invoice.cases.find((one) => one.state === "open" && one.kind === kind && one.cause === cause);
  if (!open) {
    return [
      { is: "case_opened", case: { id, kind, cause, state: "open", link, details, openedAt: at, resolution: null } },
    ];
  }
  const same = Object.entries({ ...open.details, ...details }).every(([key, value]) => open.details[key] === value);
  return same ? [] : [{ is: "case_updated", case: open.id, kind, details: { ...open.details, ...details } }];
}

/** Without a link or a cause: all of this kind. */
type Over = { readonly kind: Case["kind"]; readonly link?: string; readonly cause?: string };

/** What these cases were about is over: they end by themselves, with the reason in the audit. */
export const closeCases = (invoice: Invoice, over: Over, reason: string): Fact[] =>
  invoice.cases
    .filter((one) => one.state === "open" && one.kind === over.kind)
    .filter(({ link }) => over.link === undefined || link === over.link)
    .filter(({ cause }) => over.cause === undefined || cause === over.cause)
    .map(({ id, kind }) => ({
      is: "case_resolved",
      case: id,
      kind,
      resolution: { action: "dismiss", reason, by: "paythread" },
    }));

type Question = { readonly id: string; readonly kind: Case["kind"]; readonly details: Case["details"] };

export const causeOfAttempt = ({ id }: Pick<Attempt, "id">): string => `attempt:${id}`;

/** A person is asked about an attempt: one case for each kind of question, with the provider's name. */
export const askAbout = (invoice: Invoice, attempt: Attempt, { id, kind, details }: Question, at: Date): Fact[] => {
  const about = { cause: causeOfAttempt(attempt), link: attempt.link };
  return openCase(invoice, { id, kind, ...about, details: { provider: attempt.provider, ...details } }, at);
};
