import type { Answer, Ask, Request } from "../../domain/desk.ts";
import { liveLink } from "../../domain/invoice.ts";
import { issue, unheeded } from "../../domain/issue.ts";
import { policyFor } from "../../domain/policy.ts";
import { mayNot } from "../../domain/rights.ts";
import { actorOf, refusedFor, refusing } from "./answers.ts";
import { learnInvoice, stillSaid } from "./learn-invoice.ts";
import type { Needs } from "./needs.ts";

/** `/paylink INV-1042`: the CRM is asked, the rules decide, one card appears. Asked again, it is the same link. */
export async function issueLink(needs: Needs, request: Request, ask: Ask & { want: "issue" }): Promise<Answer> {
  const { books, crm, ids } = needs;
  const told = await crm.find(ask.invoice);
  if (!told) return refusedFor(ask.invoice, { because: "invoice_unknown" });
  const wanted = {
    by: actorOf(request.by),
    id: ids.id(),
    token: ids.token(),
    origin: request.origin,
    ...(ask.part === undefined ? {} : { part: ask.part }),
    ...(ask.deadline ? { deadline: ask.deadline } : {}),
    ...(ask.language ? { language: ask.language } : {}),
  };
  const act = { actor: actorOf(request.by), requestId: request.requestId };
  const { invoice, decision } = await books.decideLearned(
    told,
    act,
    (one, now, policy) => refusing(mayNot(request.by, "issue", one, policy)) ?? issue(one, wanted, policy, now),
  );
  // Asked again: a change that came between our question and our decision must not be undone by the older answer.
  if (!stillSaid(told, await crm.find(ask.invoice))) await learnInvoice(needs, ask.invoice, act);
  if (decision.kind === "refused") return refusedFor(ask.invoice, decision);
  const link = liveLink(invoice);
  if (!link) throw new Error(`a link for ${told.number} was issued and is not there`);
  if (decision.kind !== "already") return { kind: "issued", invoice, link, already: false, unheeded: [] };
  const now = needs.clock();
  const where = { policy: policyFor(needs.policy, invoice, now), now };
  return { kind: "issued", invoice, link, already: true, unheeded: unheeded(invoice, link, ask, where) };
}
