import type { Actor } from "../../domain/actor.ts";
import type { AccountWish, Ask, Rehearsable } from "../../domain/desk.ts";
import type { Policy } from "../../domain/policy.ts";
import type { Asker } from "../../domain/rights.ts";
import type { GrammarProblem } from "../../domain/words/help.ts";
import { createDesk } from "./desk.ts";
import { type Rehearsed, rehearse, type Rehearsing } from "./rehearse.ts";
import { resolveAsPerson, resolveAsProgram, type Wish } from "./resolve-case.ts";

type Misread = { readonly problem: GrammarProblem; readonly word?: string };

/** What the chats' parser makes of words. */
export type Read = Ask | AccountWish | Misread | "help" | "empty";

/** Who wants to know, and in whose place: a person as the policy lists them (`slack:T1:U1`), or nobody's. */
export type Curious = { readonly actor: Actor; readonly as?: string | undefined };

/** Asks without doing (product rule 16), for those who are in no chat. */
export type DryRun = ReturnType<typeof createDryRun>;

export const createDryRun = (needs: Rehearsing) => ({
  /** What somebody would get for these words in a chat. In nobody's place: what a lead would get. */
  request: (ask: Rehearsable, { actor, as }: Curious): Promise<Rehearsed> => {
    const by = as === undefined ? { ...actor, userId: "", member: false } : personOf(as);
    const policy = as === undefined ? withLead(needs.policy, actor.id) : needs.policy;
    const [key, requestId] = [needs.ids.id(), needs.ids.id()];
    return rehearse({ ...needs, policy }, ask.invoice, (quiet) =>
      createDesk(quiet)({ ask, by, key, requestId, origin: null }),
    );
  },
  /** What the decision of a case would lead to. In nobody's place: decided by the program that asks. */
  decision: (decision: Omit<Wish, "requestId">, { actor, as }: Curious): Promise<Rehearsed> => {
    const wish = { ...decision, requestId: needs.ids.id() };
    return rehearse(needs, null, (quiet) =>
      as === undefined ? resolveAsProgram(quiet, wish, actor) : resolveAsPerson(quiet, wish, personOf(as)),
    );
  },
});

/** The words' request, if it can be asked for without doing it. `dry-run` may stand before them, as in a chat. */
export function rehearsable(read: Read): Rehearsable | Misread {
  if (read === "empty") return { problem: "no_invoice" };
  if (read === "help") return { problem: "unknown_word", word: read };
  if ("problem" in read) return read;
  if ("account" in read) return { problem: "unknown_word", word: "telegram" };
  return rehearsableWish(read);
}

function rehearsableWish(read: Ask): Rehearsable | Misread {
  switch (read.want) {
    case "dry-run":
      return read.of;
    case "verify":
    case "why":
    case "list":
    case "cases":
    case "resolve":
      return { problem: "unknown_word", word: read.want };
    default:
      return read;
  }
}

/** Nobody asks Slack about this person now: they are taken for a full member, and every role they are listed in is theirs. */
const personOf = (id: string): Asker => ({
  kind: "manager",
  id,
  name: id,
  userId: id.split(":").at(-1) ?? "",
  member: id.startsWith("slack:"),
});

const withLead = (policy: Policy, id: string): Policy => ({
  ...policy,
  roles: { ...policy.roles, lead: [...policy.roles.lead, id] },
});
