import type { Fact } from "./facts.ts";
import type { Case, Invoice } from "./invoice.ts";

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
