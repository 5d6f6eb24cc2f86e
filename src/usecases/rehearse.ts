import { applyAll } from "../../domain/apply.ts";
import { already, type Decision } from "../../domain/decision.ts";
import type { Answer, InvoiceName, StayingLink } from "../../domain/desk.ts";
import type { Fact } from "../../domain/facts.ts";
import { type Invoice, nameOf } from "../../domain/invoice.ts";
import { learn } from "../../domain/learn.ts";
import { policyFor } from "../../domain/policy.ts";
import type { Books, Crm, Invitations, Outcome, Rule } from "../ports.ts";
import type { Needs } from "./needs.ts";

/** What a rehearsal reads. */
export type Rehearsing = Pick<Needs, "books" | "crm" | "invitations" | "policy" | "clock" | "ids">;

export type Rehearsed = Extract<Answer, { kind: "rehearsed" }>;

/**
 * What would happen, by the same code that would do it (product rule 16): the use case runs on books that decide and record
 * nothing. No message, no invitation and no provider hears of it, and the CRM is only asked. `name` is null for what is not
 * asked about an invoice. Facts beside a no are what would be recorded all the same: what the CRM says is learned first.
 */
export async function rehearse(
  needs: Rehearsing,
  name: InvoiceName | null,
  act: (quiet: Needs) => Promise<Answer> | Answer,
): Promise<Rehearsed> {
  const facts: Fact[] = [];
  const answer = await act(quiet(needs, facts));
  const no = answer.kind === "refused" ? answer : null;
  const invoiceName = no?.invoiceName ?? (name ? nameOf({ crm: "", ...name }) : "");
  return { kind: "rehearsed", invoiceName, facts, no, stays: staying(answer) };
}

const staying = (answer: Answer): StayingLink | null =>
  answer.kind === "issued" && answer.unheeded.length > 0 ? answer : null;

const quiet = (needs: Rehearsing, facts: Fact[]): Needs => ({
  ...needs,
  books: unrecorded(needs, facts),
  invitations: unsent(needs),
  crm: untold(needs.crm),
  providers: { all: [], of: unheard, chosen: unheard, hear: unheard },
  pageUrl: () => "",
  inviteUrl: async () => "",
});

const unheard = (): never => {
  throw new Error("a rehearsal spoke to the world outside");
};

const untold = (crm: Crm): Crm => ({
  name: crm.name,
  find: (invoice) => crm.find(invoice),
  lookForPaid: unheard,
  tellPaid: unheard,
});

/** What of the books only reads. Whatever is added to them must be kept quiet here, or does not compile. */
type Reading =
  | "entries"
  | "paidBetween"
  | "verifyAudit"
  | "liveOf"
  | "recent"
  | "openCases"
  | "readCase"
  | "orphanIsOpen";

function unrecorded(needs: Rehearsing, facts: Fact[]): Books {
  const { books, ids } = needs;
  const rehearsed = new Map<string, Invoice>();
  const read: Books["read"] = async (where) => {
    const invoice = await books.read(where);
    return invoice && (rehearsed.get(invoice.id) ?? invoice);
  };
  const decide = (before: Invoice, rules: readonly Rule[]): Outcome => {
    const { became, ...outcome } = decided(needs, before, rules);
    facts.push(...became);
    rehearsed.set(before.id, outcome.invoice);
    return outcome;
  };
  const unwritten: Omit<Books, Reading> = {
    read,
    decide: async (where, _act, ...rules) => {
      const invoice = await read(where);
      return invoice && decide(invoice, rules);
    },
    decideLearned: async (told, _act, ...rules) => {
      const known = await read({ key: told });
      if (!known) facts.push({ is: "invoice_learned", told });
      const fresh: Invoice = { ...told, id: ids.id(), links: [], attempts: [], payments: [], cases: [] };
      const learned: Rule = (invoice, now) => learn(invoice, told, { case: ids.id() }, now);
      return decide(known ?? fresh, [learned, ...rules]);
    },
    resolveOrphanCase: async (which, resolution) => {
      const known = "id" in which ? await books.readCase(which.id) : undefined;
      if (!known || known.invoice || known.case.state !== "open") return undefined;
      facts.push({ is: "case_resolved", case: known.case.id, kind: known.case.kind, resolution });
      return { ...known.case, state: "resolved", resolution };
    },
    ...UNDONE,
  };
  return { ...books, ...unwritten };
}

/** What a rehearsal leaves out altogether. */
const UNDONE = {
  openOrphanCase: async () => undefined,
  askSoon: async () => undefined,
  mayAsk: async () => false,
  askLater: async () => undefined,
  expectPart: async () => undefined,
  adoptPolicy: async () => false,
} satisfies Partial<Books>;

/** The rules one after the other, as the books run them. */
function decided(
  { clock, policy }: Rehearsing,
  before: Invoice,
  rules: readonly Rule[],
): Outcome & { readonly became: readonly Fact[] } {
  const now = clock();
  const became: Fact[] = [];
  let invoice = before;
  let decision: Decision = already;
  for (const rule of rules) {
    decision = rule(invoice, now, policyFor(policy, invoice, now));
    if (decision.kind !== "done") continue;
    invoice = applyAll(invoice, decision.facts);
    became.push(...decision.facts);
  }
  return { invoice, decision, became };
}

/** Remembers which chat would see which link, because a send that follows looks there. */
function unsent({ invitations, ids }: Rehearsing): Invitations {
  const shown = new Map<string, string>();
  return {
    invite: async () => ids.token(),
    open: async () => undefined,
    bind: async () => false,
    chatOf: (invoice) => invitations.chatOf(invoice),
    chatOfLink: async (link) => shown.get(link) ?? (await invitations.chatOfLink(link)),
    showIn: async (link, chat) => void shown.set(link, chat),
  };
}
