import type { Answer, InvoiceName, Request } from "../../domain/desk.ts";
import { mayNot } from "../../domain/rights.ts";
import { actorOf, refusedFor } from "./answers.ts";
import { lookUpAttempt } from "./look-up-attempt.ts";
import type { Needs } from "./needs.ts";

/** *Verify now*: every attempt that has reached the provider is looked up at once, newest first. */
export async function verifyInvoice(needs: Needs, request: Request, name: InvoiceName): Promise<Answer> {
  const { books, crm, policy } = needs;
  const where = { key: { crm: crm.name, ...name } };
  const invoice = await books.read(where);
  if (!invoice) return refusedFor(name, { because: "invoice_unknown" });
  const no = mayNot(request.by, "verify", invoice, policy);
  if (no) return refusedFor(name, no);
  const known = invoice.attempts
    .filter(({ reference }) => reference !== null)
    .toReversed()
    .slice(0, MOST);
  if (known.length === 0) return refusedFor(name, { because: "nothing_to_verify" });
  const act = { actor: actorOf(request.by), requestId: request.requestId };
  const results = await Promise.all(known.map(({ id }) => lookUpAttempt(needs, id, act)));
  const after = (await books.read(where)) ?? invoice;
  return { kind: "verified", invoice: after, answered: results.every(({ answered }) => answered) };
}

/** Older attempts of one invoice than these are left to the ladder: a press on a button is not a storm of calls. */
const MOST = 5;
