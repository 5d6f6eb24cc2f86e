import { applyAll } from "../../domain/apply.ts";
import type { AuditEntry } from "../../domain/audit.ts";
import { deadlineOf } from "../../domain/deadline.ts";
import type { Decision } from "../../domain/decision.ts";
import type { Fact } from "../../domain/facts.ts";
import type { CrmInvoice, Invoice } from "../../domain/invoice.ts";
import { issue } from "../../domain/issue.ts";
import { decimalOf } from "../../domain/money.ts";
import { type Policy, policyFor } from "../../domain/policy.ts";
import { resolve } from "../../domain/resolve.ts";
import { mayNot, type Verb } from "../../domain/rights.ts";
import { send } from "../../domain/send.ts";

/** One thing that happened and would have gone otherwise. */
export type Difference = {
  readonly at: Date;
  readonly invoice: Invoice;
  readonly fact: Fact;
  /** What the other policy says: no, and why, or another deadline. */
  readonly instead:
    | { readonly no: Extract<Decision, { kind: "refused" }> }
    | { readonly proposal: true }
    | { readonly deadline: Date };
};

type Then = { readonly before: Invoice; readonly entry: AuditEntry; readonly policy: Policy };

/**
 * Runs what happened to an invoice through another policy: the state before each decision is made again from the facts, and
 * the rule of that decision is asked once more. What no policy can change (money that came) is taken as it was.
 */
export function replayPolicy(
  entries: readonly AuditEntry[],
  { policy, since }: { readonly policy: Policy; readonly since: Date },
): readonly Difference[] {
  const [first] = entries;
  if (first?.fact.is !== "invoice_learned") return [];
  const differences: Difference[] = [];
  let invoice = emptyOf(first.fact.told);
  for (const entry of entries) {
    if (entry.at >= since) {
      const then = { before: invoice, entry, policy: policyFor(policy, invoice, entry.at) };
      const instead = otherwise(then);
      if (instead) differences.push({ at: entry.at, invoice, fact: entry.fact, instead });
    }
    invoice = applyAll(invoice, [entry.fact]);
  }
  return differences;
}

const emptyOf = (told: CrmInvoice): Invoice => ({ ...told, id: "", links: [], attempts: [], payments: [], cases: [] });

function otherwise(then: Then): Difference["instead"] | undefined {
  const { entry } = then;
  const { fact } = entry;
  switch (fact.is) {
    case "link_issued":
      return noFrom(may(then, "issue") ?? issuedAgain(then, fact)) ?? otherDeadline(then, fact);
    case "link_sent":
      return sentAgain(then, fact);
    case "link_cancelled":
      return entry.actor.kind === "manager" ? noFrom(may(then, "cancel")) : undefined;
    case "case_resolved":
      return decidedAgain(then, fact);
    default:
      return undefined;
  }
}

/** Rights as the policy lists them. That a manager was a member then is taken as it was. */
function may({ before, entry: { actor }, policy }: Then, verb: Verb): Decision | undefined {
  if (actor.kind !== "manager") return undefined;
  const userId = actor.id.split(":").at(-1) ?? "";
  const no = mayNot({ ...actor, userId, member: true }, verb, before, policy);
  return no && { kind: "refused", ...no };
}

function issuedAgain({ before, entry, policy }: Then, { link }: Fact<"link_issued">): Decision {
  const part = link.part ? { part: decimalOf(link.amount) } : {};
  // A link that was replaced in the same decision is not in the way of the one that took its place.
  const free = { ...before, links: before.links.filter(({ state }) => state !== "active") };
  return issue(free, { by: entry.actor, id: link.id, token: link.token, origin: null, ...part }, policy, entry.at);
}

/** An address handed to a manager has no cooldown, and a customer's own Start asks nobody. */
function sentAgain(then: Then, { send: sent }: Fact<"link_sent">): Difference["instead"] | undefined {
  if (sent.channel !== "telegram" || sent.outcome === "opened") return undefined;
  const { before, entry, policy } = then;
  const again = { ...sent, channel: "telegram", by: entry.actor } as const;
  return noFrom(may(then, "send") ?? send(before, again, policy, entry.at));
}

/** Only a deadline that nobody had asked for follows the policy: one that was asked for is not known to be another. */
function otherDeadline({ entry, policy }: Then, { link }: Fact<"link_issued">): Difference["instead"] | undefined {
  const deadline = deadlineOf(entry.at, policy);
  return deadline.getTime() === link.expiresAt.getTime() ? undefined : { deadline };
}

function decidedAgain({ before, entry, policy }: Then, fact: Fact<"case_resolved">): Difference["instead"] | undefined {
  const { action, reason } = fact.resolution;
  if (entry.actor.kind === "system") return undefined;
  const decision = resolve(before, { case: fact.case, action, reason, by: entry.actor }, policy);
  if (decision.kind === "refused") return { no: decision };
  const proposed = decision.kind === "done" && decision.facts.some(({ is }) => is === "case_proposed");
  return proposed ? { proposal: true } : undefined;
}

const noFrom = (decision: Decision | undefined): Difference["instead"] | undefined =>
  decision?.kind === "refused" ? { no: decision } : undefined;
