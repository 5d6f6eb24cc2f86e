import { system } from "../../domain/actor.ts";
import { openCase } from "../../domain/case.ts";
import { doneOrAlready } from "../../domain/decision.ts";
import { refundNotTaken } from "../../domain/give-back.ts";
import type { Where } from "../ports.ts";
import type { Needs } from "./needs.ts";

/** Something that could not be delivered, and what it was about. */
export type Dead = {
  readonly id: string;
  readonly topic: string;
  readonly about: { readonly link: string } | { readonly invoice: string } | { readonly attempt: string } | null;
  /** The payment that was to go back; null: it was about something else. */
  readonly payment: string | null;
  readonly error: string;
};

/** A message that was given up opens a case instead of vanishing: once per message, seen by the managers and by ops. */
export async function noteDead({ books, ids }: Needs, dead: Dead): Promise<void> {
  const kind = dead.topic === "crm_paid" ? "crm_refused" : "delivery_failed";
  const cause = `outbox:${dead.id}`;
  const details = kind === "crm_refused" ? { because: dead.error } : { what: dead.topic, error: dead.error };
  const act = { actor: system("outbox"), requestId: cause };
  const where = whereOf(dead.about);
  if (!where) return books.openOrphanCase({ id: ids.id(), kind, cause, details }, act);
  await books.decide(where, act, (invoice, now) => {
    if (dead.topic === "refund_payment" && dead.payment !== null) {
      return refundNotTaken(invoice, dead.payment, { because: dead.error, code: "no_answer", caseId: ids.id(), now });
    }
    const link = dead.about && "link" in dead.about ? dead.about.link : (invoice.links.at(-1)?.id ?? null);
    return doneOrAlready(openCase(invoice, { id: ids.id(), kind, cause, link, details }, now));
  });
}

function whereOf(about: Dead["about"]): Where | undefined {
  if (!about) return undefined;
  return "invoice" in about ? { id: about.invoice } : about;
}
