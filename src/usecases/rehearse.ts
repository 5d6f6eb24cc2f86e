import { applyAll } from "../../domain/apply.ts";
import { already, type Decision } from "../../domain/decision.ts";
import type { Answer, InvoiceName } from "../../domain/desk.ts";
import type { Fact } from "../../domain/facts.ts";
import { type Invoice, nameOf } from "../../domain/invoice.ts";
import { learn } from "../../domain/learn.ts";
import { policyFor } from "../../domain/policy.ts";
import type { Books, Outcome, Rule } from "../ports.ts";
import type { Needs } from "./needs.ts";

/**
 * What would happen, by the same code that would do it (product rule 16): the use case runs on books that decide and record
 * nothing. No message, no invitation, no provider and no CRM hears of it.
 */
export async function rehearse(
  needs: Needs,
  name: InvoiceName,
  act: (quiet: Needs) => Promise<Answer> | Answer,
): Promise<Answer> {
  const facts: Fact[] = [];
  const answer = await act({ ...needs, books: unrecorded(needs, facts), invitations: unsent(needs) });
  const invoiceName = nameOf({ crm: "", ...name });
  return { kind: "rehearsed", invoiceName, facts, no: answer.kind === "refused" ? answer : null };
}

function unrecorded({ books, ids, clock, policy }: Needs, facts: Fact[]): Books {
  const rehearsed = new Map<string, Invoice>();
  const read: Books["read"] = async (where) => {
    const invoice = await books.read(where);
    return invoice && (rehearsed.get(invoice.id) ?? invoice);
  };
  const decide = (before: Invoice, rules: readonly Rule[]): Outcome => {
    let invoice = before;
    let decision: Decision = already;
    for (const rule of rules) {
      const now = clock();
      decision = rule(invoice, now, policyFor(policy, invoice, now));
      if (decision.kind !== "done") continue;
      invoice = applyAll(invoice, decision.facts);
      facts.push(...decision.facts);
    }
    rehearsed.set(invoice.id, invoice);
    return { invoice, decision };
  };
  return {
    ...books,
    read,
    decide: async (where, _act, ...rules) => {
      const invoice = await read(where);
      return invoice && decide(invoice, rules);
    },
    decideLearned: async (told, _act, ...rules) => {
      const fresh: Invoice = { ...told, id: ids.id(), links: [], attempts: [], payments: [], cases: [] };
      const learned: Rule = (invoice, now) => learn(invoice, told, { case: ids.id() }, now);
      return decide((await read({ key: told })) ?? fresh, [learned, ...rules]);
    },
  };
}

const unsent = ({ invitations, ids }: Needs): Needs["invitations"] => ({
  ...invitations,
  invite: async () => ids.token(),
  showIn: async () => undefined,
});
