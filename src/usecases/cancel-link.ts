import { theLink } from "../../domain/apply.ts";
import { cancel } from "../../domain/cancel.ts";
import type { Answer, Ask, InvoiceName, Request } from "../../domain/desk.ts";
import type { Fact } from "../../domain/facts.ts";
import { mayNot } from "../../domain/rights.ts";
import { actorOf, refusedFor, refusing } from "./answers.ts";
import type { Needs } from "./needs.ts";

/** Stops new attempts at once, with the reason in the audit. */
export async function cancelLink(needs: Needs, request: Request, ask: Ask & { want: "cancel" }): Promise<Answer> {
  const { books, crm } = needs;
  const act = { actor: actorOf(request.by), requestId: request.requestId };
  const before = await cancelledBefore(needs, request, ask.invoice);
  if (before) return before;
  const outcome = await books.decide(
    { key: { crm: crm.name, ...ask.invoice } },
    act,
    (invoice, _now, policy) =>
      refusing(mayNot(request.by, "cancel", invoice, policy)) ?? cancel(invoice, ask.reason, ask.link),
  );
  if (!outcome) return refusedFor(ask.invoice, { because: "invoice_unknown" });
  const { invoice, decision } = outcome;
  if (decision.kind === "refused") return refusedFor(ask.invoice, decision);
  const facts: readonly Fact[] = decision.kind === "done" ? decision.facts : [];
  const cancelled = facts.find((fact) => fact.is === "link_cancelled");
  if (!cancelled) throw new Error(`invoice ${invoice.number} cancelled nothing and refused nothing`);
  return { kind: "cancelled", invoice, link: theLink(invoice, cancelled.link) };
}

/** The same request once more, after a crash or a lost answer: it says what it did, and touches no newer link. */
async function cancelledBefore(
  { books, crm }: Needs,
  request: Request,
  name: InvoiceName,
): Promise<Answer | undefined> {
  const key = { crm: crm.name, ...name };
  const entries = await books.entries(key);
  const done = entries.find(({ fact, requestId }) => fact.is === "link_cancelled" && requestId === request.requestId);
  const invoice = done && (await books.read({ key }));
  if (!invoice || done.fact.is !== "link_cancelled") return undefined;
  return { kind: "cancelled", invoice, link: theLink(invoice, done.fact.link) };
}
