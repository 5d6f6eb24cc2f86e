import type { Answer, InvoiceName, Request } from "../../domain/desk.ts";
import { type Invoice, type InvoiceKey, type Link, liveLink } from "../../domain/invoice.ts";
import { mayNot } from "../../domain/rights.ts";
import { send } from "../../domain/send.ts";
import { actorOf, refusedFor, refusing } from "./answers.ts";
import type { Needs } from "./needs.ts";

/**
 * The customer's chat is known: the outbox writes there. It is not: the manager gets an address to pass on, and the
 * customer's Start brings the link. Either way it is a send, with its actor and outcome (product rule 5).
 */
export async function sendLink(needs: Needs, request: Request, name: InvoiceName): Promise<Answer> {
  const { books, invitations } = needs;
  const invoice = await books.read({ key: keyOf(needs, name) });
  const link = invoice && liveLink(invoice);
  if (!invoice || !link) return decideSend(needs, request, name, "copy");
  const chat = (await invitations.chatOfLink(link.id)) ?? (await invitations.chatOf(invoice));
  if (chat !== undefined) {
    // Before the decision: its message may be delivered the moment it is committed, and must know where to.
    if (!mayNot(request.by, "send", invoice, needs.policy)) await invitations.showIn(link.id, chat);
    return decideSend(needs, request, name, "telegram");
  }
  const answer = await decideSend(needs, request, name, "copy");
  if (answer.kind !== "sent") return answer;
  const token = await invitations.invite(answer.link.id, answer.link.expiresAt);
  return { ...answer, kind: "invited", url: await needs.inviteUrl(token) };
}

/** The page's own address, for a manager who sends it another way. It may reach the customer, so it counts as a send. */
export async function copyLink(needs: Needs, request: Request, name: InvoiceName): Promise<Answer> {
  const answer = await decideSend(needs, request, name, "copy");
  return answer.kind === "sent" ? { ...answer, kind: "copied", url: needs.pageUrl(answer.link.token) } : answer;
}

async function decideSend(
  { books, ids, crm }: Needs,
  request: Request,
  name: InvoiceName,
  channel: "telegram" | "copy",
): Promise<Answer> {
  const act = { actor: actorOf(request.by), requestId: request.requestId };
  const wanted = { by: request.by, id: ids.id(), key: request.key, channel };
  const outcome = await books.decide(
    { key: { crm: crm.name, ...name } },
    act,
    (invoice, now, policy) =>
      refusing(mayNot(request.by, "send", invoice, policy)) ?? send(invoice, wanted, policy, now),
  );
  if (!outcome) return refusedFor(name, { because: "invoice_unknown" });
  if (outcome.decision.kind === "refused") return refusedFor(name, outcome.decision);
  return { kind: "sent", invoice: outcome.invoice, link: mustBeLive(outcome.invoice) };
}

const keyOf = ({ crm }: Needs, name: InvoiceName): InvoiceKey => ({ crm: crm.name, ...name });

function mustBeLive(invoice: Invoice): Link {
  const link = liveLink(invoice);
  if (!link) throw new Error(`invoice ${invoice.number} sent a link that is not live`);
  return link;
}
