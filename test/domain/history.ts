import type { CaseAction } from "../../domain/cases.ts";
import { cancel } from "../../domain/cancel.ts";
import type { Decision } from "../../domain/decision.ts";
import { expire } from "../../domain/expire.ts";
import type { Fact } from "../../domain/facts.ts";
import type { Invoice } from "../../domain/invoice.ts";
import { issue } from "../../domain/issue.ts";
import { learn } from "../../domain/learn.ts";
import { attemptRefused, lookedUp, notAnswered, silent } from "../../domain/look-up.ts";
import type { Money } from "../../domain/money.ts";
import { attemptOpened, attemptUnanswered, beginAttempt } from "../../domain/open-attempt.ts";
import { DEFAULT_POLICY } from "../../domain/policy.ts";
import { reissue } from "../../domain/reissue.ts";
import { resolve } from "../../domain/resolve.ts";
import { answerSend, send } from "../../domain/send.ts";
import { heard, type LookUpStep, pick, type Said, saidBy, type Told } from "./onlooker.ts";
import { after, ani, crmOf, later, NOW } from "./story.ts";

/** One thing that can happen to an invoice. `nth` picks among the links or attempts there are, old ones first. */
export type Step =
  | { readonly do: "issue"; readonly part?: string }
  | { readonly do: "cancel" | "reissue" }
  | { readonly do: "resolve"; readonly nth: number; readonly action: CaseAction }
  | { readonly do: "wait"; readonly seconds: number }
  | { readonly do: "send"; readonly channel: "telegram" | "copy"; readonly outcome: "sent" | "failed" }
  | { readonly do: "learn"; readonly amount: Money; readonly purpose: string; readonly state: Invoice["state"] }
  | { readonly do: "expire" | "begin"; readonly nth: number }
  | { readonly do: "open" | "leave" | "silence"; readonly nth: number }
  | { readonly do: "refuse"; readonly nth: number; readonly mayExist: boolean }
  | LookUpStep;

/** An invoice in the middle of its history, with what only an onlooker knows. */
export type World = {
  readonly invoice: Invoice;
  readonly now: Date;
  /** How many steps were made: ids are drawn from it. */
  readonly step: number;
  /** What the step that has just been made found to be true. */
  readonly facts: readonly Fact[];
  readonly told: Told;
};

export const begin = (invoice: Invoice): World => ({ invoice, now: NOW, step: 0, facts: [], told: new Map() });

export function next(world: World, step: Step): World {
  const drawn = { ...world, step: world.step + 1, facts: [] };
  if (step.do === "wait") return { ...drawn, now: later(step.seconds, world.now) };
  const said = step.do === "look up" ? saidBy(world.invoice, step, world.now) : undefined;
  const decision = decide(drawn, step, said);
  return {
    ...drawn,
    invoice: after(world.invoice, decision),
    facts: decision.kind === "done" ? decision.facts : [],
    told: said ? heard(world.told, said, world.invoice) : world.told,
  };
}

const NOTHING: Decision = { kind: "already" };

function decide({ invoice, now, step: drawn }: World, step: Exclude<Step, { do: "wait" }>, said?: Said): Decision {
  switch (step.do) {
    case "issue":
    case "cancel":
    case "reissue":
    case "resolve":
      return byManager(invoice, step, { drawn, now });
    case "send":
      return sendAndHear(invoice, step, { drawn, now });
    case "learn": {
      const { amount, purpose, state } = step;
      return learn(invoice, { ...crmOf(invoice), amount, purpose, state }, { case: `case-${drawn}` }, now);
    }
    case "expire":
    case "begin":
      return onLink(invoice, step, { drawn, now });
    default:
      return onAttempt(invoice, step, { drawn, now, ...(said ? { said } : {}) });
  }
}

type ByManager = Extract<Step, { do: "issue" | "cancel" | "reissue" | "resolve" }>;

function byManager(invoice: Invoice, step: ByManager, { drawn, now }: Draw): Decision {
  const drew = { by: ani, id: `link-${drawn}`, token: `token-${drawn}`, origin: null };
  switch (step.do) {
    case "issue":
      return issue(invoice, { ...drew, ...(step.part === undefined ? {} : { part: step.part }) }, DEFAULT_POLICY, now);
    case "cancel":
      return cancel(invoice, "typo");
    case "reissue":
      return reissue(invoice, { ...drew, reason: "again" }, DEFAULT_POLICY, now);
    case "resolve": {
      const one = pick(invoice.cases, step.nth);
      if (!one) return NOTHING;
      return resolve(invoice, { case: one.id, action: step.action, reason: "looked", by: ani }, DEFAULT_POLICY);
    }
  }
}

type Draw = { readonly drawn: number; readonly now: Date };

/** A send, together with what becomes of it. */
function sendAndHear(invoice: Invoice, step: Extract<Step, { do: "send" }>, { drawn, now }: Draw): Decision {
  const id = `send-${drawn}`;
  const sent = send(invoice, { by: ani, id, key: id, channel: step.channel }, DEFAULT_POLICY, now);
  const answered = answerSend(after(invoice, sent), id, step.outcome);
  return sent.kind === "done" && answered.kind === "done"
    ? { kind: "done", facts: [...sent.facts, ...answered.facts] }
    : sent;
}

function onLink(invoice: Invoice, step: Extract<Step, { do: "expire" | "begin" }>, { drawn, now }: Draw): Decision {
  const link = pick(invoice.links, step.nth);
  if (!link) return NOTHING;
  return step.do === "expire"
    ? expire(invoice, link.id, DEFAULT_POLICY, now)
    : beginAttempt(invoice, { id: `try-${drawn}`, link: link.id, provider: "vpos", account: "main" }, now);
}

type OnAttempt = Extract<Step, { do: "open" | "leave" | "silence" | "refuse" | "look up" }>;

function onAttempt(invoice: Invoice, step: OnAttempt, { drawn, now, said }: Draw & { said?: Said }): Decision {
  const id = pick(invoice.attempts, step.nth)?.id;
  if (id === undefined) return NOTHING;
  switch (step.do) {
    case "open": {
      const checkout = {
        reference: `vpos-${id}`,
        url: "https://vpos.example",
        expiresAt: null,
        requestId: `r-${drawn}`,
      };
      return attemptOpened(invoice, id, checkout);
    }
    case "leave":
      return attemptUnanswered(invoice, id, "timeout");
    case "silence":
      return silent(invoice, id, `case-${drawn}`, now);
    case "refuse": {
      const refusal = { because: "limit", code: "E7", mayExist: step.mayExist, caseId: `case-${drawn}` };
      return attemptRefused(invoice, id, refusal, now);
    }
    case "look up": {
      if (!said) return step.status === "no answer" ? notAnswered(id) : NOTHING;
      const ids = { payment: `payment-${drawn}`, case: `case-${drawn}` };
      return lookedUp(invoice, said.attempt, { report: said.report, requestId: `r-${drawn}`, ids, now });
    }
  }
}
