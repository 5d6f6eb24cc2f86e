import { theLink } from "../../domain/apply.ts";
import { cancel } from "../../domain/cancel.ts";
import type { Answer, Ask, Request } from "../../domain/desk.ts";
import type { Fact } from "../../domain/facts.ts";
import { mayNot } from "../../domain/rights.ts";
import { actorOf, refusedFor, refusing } from "./answers.ts";
import type { Needs } from "./needs.ts";

/** Stops new attempts at once, with the reason in the audit. */
export async function cancelLink(needs: Needs, request: Request, ask: Ask & { want: "cancel" }): Promise<Answer> {
  const { books, crm, policy } = needs;
  const act = { actor: actorOf(request.by), requestId: request.requestId };
  const outcome = await books.decide(
    { key: { crm: crm.name, ...ask.invoice } },
    act,
    (invoice) => refusing(mayNot(request.by, "cancel", invoice, policy)) ?? cancel(invoice, ask.reason),
  );
  if (!outcome) return refusedFor(ask.invoice, { because: "invoice_unknown" });
  const { invoice, decision } = outcome;
  if (decision.kind === "refused") return refusedFor(ask.invoice, decision);
  const facts: readonly Fact[] = decision.kind === "done" ? decision.facts : [];
  const cancelled = facts.find((fact) => fact.is === "link_cancelled");
  if (!cancelled) throw new Error(`invoice ${invoice.number} cancelled nothing and refused nothing`);
  return { kind: "cancelled", invoice, link: theLink(invoice, cancelled.link) };
}
