import { system } from "../../domain/actor.ts";
import { theAttempt } from "../../domain/apply.ts";
import { askAbout, openCase } from "../../domain/case.ts";
import { checkoutLeftOpen } from "../../domain/close-checkout.ts";
import { already, type Decision, doneOrAlready } from "../../domain/decision.ts";
import { refundNotTaken } from "../../domain/give-back.ts";
import { silent } from "../../domain/look-up.ts";
import type { Act, Rule, Where } from "../ports.ts";
import { lookUpAttempt } from "./look-up-attempt.ts";
import type { Needs } from "./needs.ts";
import { lookInCrm } from "./tell-crm.ts";

/** Something that could not be delivered, and what it was about. */
export type Dead = {
  readonly id: string;
  readonly topic: string;
  readonly about: { readonly link: string } | { readonly invoice: string } | { readonly attempt: string } | null;
  /** The payment that was to go back; null: it was about something else. */
  readonly payment: string | null;
  readonly error: string;
};

/** Work or a message that was given up opens a case instead of vanishing: once each, seen by the managers and by ops. */
export async function noteDead(needs: Needs, dead: Dead): Promise<void> {
  const { books, ids } = needs;
  const act: Act = { actor: system("outbox"), requestId: `outbox:${dead.id}` };
  const where = whereOf(dead.about);
  const rule = ruleFor(needs, dead);
  // It may have been written all the same, by a try that did not live to say so.
  if (dead.topic === "crm_paid" && where && "id" in where && (await lookInCrm(needs, where.id, act.requestId))) return;
  if (!where) return books.openOrphanCase({ id: ids.id(), ...caseOf(dead) }, act);
  if (dead.topic === "refund_payment" && "attempt" in where) await lookUpAttempt(needs, where.attempt, act);
  await books.decide(where, act, rule);
}

/** What giving up means depends on what it was: an unclosed checkout is no undelivered message. */
function ruleFor(needs: Needs, dead: Dead): Rule {
  const attempt = dead.about && "attempt" in dead.about ? dead.about.attempt : undefined;
  return (invoice, now) => {
    const caseId = needs.ids.id();
    if (attempt === undefined) return undelivered(dead)(invoice, now, needs.policy);
    switch (dead.topic) {
      case "refund_payment":
        return dead.payment === null
          ? already
          : refundNotTaken(invoice, dead.payment, { because: dead.error, code: "no_answer", caseId, now });
      case "close_checkout":
        return checkoutLeftOpen(invoice, attempt, dead.error);
      case "open_attempt": {
        const details = { because: dead.error, code: "no_answer" };
        const asked = { id: caseId, kind: "provider_refused", details } as const;
        return doneOrAlready(askAbout(invoice, theAttempt(invoice, attempt), asked, now));
      }
      default:
        return silent(invoice, attempt, caseId, now);
    }
  };

  function undelivered(about: Dead): Rule {
    return (invoice, now): Decision => {
      const link = about.about && "link" in about.about ? about.about.link : (invoice.links.at(-1)?.id ?? null);
      return doneOrAlready(openCase(invoice, { id: needs.ids.id(), link, ...caseOf(about) }, now));
    };
  }
}

function caseOf({ id, topic, error }: Dead) {
  const cause = `outbox:${id}`;
  return topic === "crm_paid"
    ? ({ kind: "crm_refused", cause, details: { because: error } } as const)
    : ({ kind: "delivery_failed", cause, details: { what: topic, error } } as const);
}

function whereOf(about: Dead["about"]): Exclude<Where, { key: unknown }> | undefined {
  if (!about) return undefined;
  return "invoice" in about ? { id: about.invoice } : about;
}
