import type { Actor } from "../../domain/actor.ts";
import { type CaseAction, CASES } from "../../domain/cases.ts";
import { type Refusal, refused } from "../../domain/decision.ts";
import type { Answer } from "../../domain/desk.ts";
import { type Case, type Invoice, nameOf } from "../../domain/invoice.ts";
import { isAboutMoney, resolve } from "../../domain/resolve.ts";
import { type Asker, mayNot, mayNotOrphan } from "../../domain/rights.ts";
import { actorOf, refusing } from "./answers.ts";
import type { Needs } from "./needs.ts";

type Deciding = Pick<Needs, "books" | "policy">;

export type Wish = {
  readonly case: string;
  readonly action: CaseAction;
  readonly reason: string;
  readonly requestId: string;
};

/** A person in a chat decides a case: an accountant where money is held, else whoever looks after the invoice. */
export const resolveAsPerson = (needs: Needs, wish: Wish, by: Asker): Promise<Answer> =>
  resolveCase(needs, wish, {
    actor: actorOf(by),
    may: (invoice, one) => {
      const verb = verbFor(invoice, one);
      return invoice ? mayNot(by, verb, invoice, needs.policy) : mayNotOrphan(by, verb, needs.policy);
    },
  });

/** A program decides a case. Its token was given to it for that. */
export const resolveAsProgram = (needs: Deciding, wish: Wish, actor: Actor): Promise<Answer> =>
  resolveCase(needs, wish, { actor, may: () => undefined });

const VERBS = { accountant: "decide", ops: "attend", manager: "close" } as const;

/** Held money is an accountant's matter whatever the case is called. */
const verbFor = (invoice: Invoice | null, one: Case) =>
  invoice && isAboutMoney(invoice, one) ? "decide" : VERBS[CASES[one.kind].owner];

type By = { readonly actor: Actor; readonly may: (invoice: Invoice | null, one: Case) => Refusal | undefined };

async function resolveCase({ books }: Deciding, wish: Wish, { actor, may }: By): Promise<Answer> {
  const known = await books.readCase(wish.case);
  if (!known) return no({ because: "case_unknown" });
  const act = { actor, requestId: wish.requestId };
  if (!known.invoice) {
    const not = may(null, known.case);
    if (not) return no(not);
    // The same once more, after a lost answer, is what it was.
    if (known.case.resolution?.action === wish.action) return { kind: "resolved", ...known, proposed: false };
    return resolveOrphan({ books }, wish, act);
  }
  const outcome = await books.decide({ id: known.invoice.id }, act, (invoice, _now, policy) => {
    const one = invoice.cases.find(({ id }) => id === wish.case);
    if (!one) return refused("case_unknown");
    return refusing(may(invoice, one)) ?? resolve(invoice, { ...wish, by: actor }, policy);
  });
  if (!outcome) return no({ because: "case_unknown" });
  const { invoice, decision } = outcome;
  if (decision.kind === "refused") return no(decision, invoice);
  const one = invoice.cases.find(({ id }) => id === wish.case) ?? known.case;
  return { kind: "resolved", invoice, case: one, proposed: one.state === "open" };
}

/** Money or a webhook that belongs to nothing we know: it can only be closed, by a person who has looked. */
async function resolveOrphan(
  { books }: Pick<Needs, "books">,
  { case: id, action, reason }: Wish,
  act: { readonly actor: Actor; readonly requestId: string },
): Promise<Answer> {
  if (reason.trim() === "") return no({ because: "reason_missing" });
  if (action !== "dismiss") return no({ because: "action_unavailable" });
  const closed = await books.resolveOrphanCase({ id }, { action, reason, by: act.actor.name }, act);
  return closed ? { kind: "resolved", invoice: null, case: closed, proposed: false } : no({ because: "case_closed" });
}

const no = (refusal: Refusal, invoice?: Invoice): Answer => ({
  kind: "refused",
  invoiceName: invoice ? nameOf(invoice) : "",
  because: refusal.because,
  ...(refusal.who === undefined ? {} : { who: refusal.who }),
  ...(refusal.limit === undefined ? {} : { limit: refusal.limit }),
});
