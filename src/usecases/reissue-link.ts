import { theLink } from "../../domain/apply.ts";
import type { Answer, Ask, Request } from "../../domain/desk.ts";
import type { Fact } from "../../domain/facts.ts";
import type { Invoice, InvoiceKey } from "../../domain/invoice.ts";
import { reissue } from "../../domain/reissue.ts";
import { mayNot } from "../../domain/rights.ts";
import { actorOf, refusedFor, refusing } from "./answers.ts";
import { learnInvoice, stillSaid } from "./learn-invoice.ts";
import type { Needs } from "./needs.ts";
import { sendLink } from "./send-link.ts";

/**
 * Another link takes the place of the live one, for what the CRM says now. Where the customer saw the old one in their chat
 * they are shown the new one there at once: its message says that it was replaced, and they shall not have to ask.
 */
export async function reissueLink(needs: Needs, request: Request, ask: Ask & { want: "reissue" }): Promise<Answer> {
  const replaced = (await replacedBefore(needs, request, ask)) ?? (await replace(needs, request, ask));
  if ("kind" in replaced) return replaced;
  const { invoice, old, link } = replaced;
  const chat = await needs.invitations.chatOfLink(old);
  if (chat !== undefined) await needs.invitations.showIn(link, chat);
  const sent = chat === undefined ? undefined : await sendLink(needs, request, ask.invoice);
  return { kind: "reissued", invoice, link: theLink(invoice, link), sent: sent?.kind === "sent" };
}

type Replaced = { readonly invoice: Invoice; readonly old: string; readonly link: string };

async function replace(needs: Needs, request: Request, ask: Ask & { want: "reissue" }): Promise<Replaced | Answer> {
  const { books, crm, ids } = needs;
  const told = await crm.find(ask.invoice);
  if (!told) return refusedFor(ask.invoice, { because: "invoice_unknown" });
  const by = actorOf(request.by);
  const { origin } = request;
  const meant = ask.link === undefined ? {} : { meant: ask.link };
  const wanted = { by, id: ids.id(), token: ids.token(), reason: ask.reason, origin, ...meant };
  const { invoice, decision } = await books.decideLearned(
    told,
    { actor: by, requestId: request.requestId },
    (one, now, policy) => refusing(mayNot(request.by, "reissue", one, policy)) ?? reissue(one, wanted, policy, now),
  );
  // Asked again: a change that came between our question and our decision must not be undone by the older answer.
  if (!stillSaid(told, await crm.find(ask.invoice)))
    await learnInvoice(needs, ask.invoice, { actor: by, requestId: request.requestId });
  if (decision.kind === "refused") return refusedFor(ask.invoice, decision);
  const replaced = decision.kind === "done" ? replacementIn(decision.facts) : undefined;
  if (!replaced) throw new Error(`invoice ${told.number} replaced no link and refused nothing`);
  return { invoice, ...replaced };
}

/** The same request once more, after a crash or a lost answer: it says what it did, and replaces no newer link. */
async function replacedBefore(
  { books, crm }: Needs,
  { requestId }: Request,
  { invoice: name }: Ask & { want: "reissue" },
): Promise<Replaced | undefined> {
  const key: InvoiceKey = { crm: crm.name, ...name };
  const entries = await books.entries(key);
  const replaced = replacementIn(entries.filter((entry) => entry.requestId === requestId).map(({ fact }) => fact));
  const invoice = replaced && (await books.read({ key }));
  return invoice && { invoice, ...replaced };
}

function replacementIn(facts: readonly Fact[]): { readonly old: string; readonly link: string } | undefined {
  const found = facts.find((fact) => fact.is === "link_replaced");
  return found && { old: found.link, link: found.by };
}
