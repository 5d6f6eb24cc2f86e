import type { Actor } from "./actor.ts";
import type { Refusal } from "./decision.ts";
import type { CrmInvoice } from "./invoice.ts";
import { type Policy, type Role, ROLES } from "./policy.ts";

/** Someone who asks, with what the chat says of them at this moment: nothing of it is remembered between presses. */
export type Asker = Actor & {
  /** The chat's own id of the person, as an invoice's owner carries it. */
  readonly userId: string;
  /** A full member of the installed workspace: not a guest, not from another company, not a bot. */
  readonly member: boolean;
  /** The chat's user groups that hold the person now, as a policy writes them (`slack-group:T1:S1`); absent: none. */
  readonly groups?: readonly string[];
};

/** `decide`: a case of an accountant, with or without money that is held. `attend`: one of ops. `close`: one of a manager. */
export type Verb = "issue" | "reissue" | "send" | "cancel" | "verify" | "see" | "decide" | "attend" | "close";

/** What each role may do to which invoices. Denied by default: what is not here is not allowed (product rule 14). */
const RIGHTS: Record<Role, { readonly verbs: readonly Verb[]; readonly of: "own" | "any" }> = {
  manager: { verbs: ["issue", "reissue", "send", "cancel", "verify", "see", "close"], of: "own" },
  lead: { verbs: ["issue", "reissue", "send", "cancel", "verify", "see", "close"], of: "any" },
  accountant: { verbs: ["verify", "see", "decide", "attend", "close"], of: "any" },
  ops: { verbs: ["send", "verify", "see", "attend", "close"], of: "any" },
  viewer: { verbs: ["see"], of: "any" },
};

/** The roles of a person now: those that list them or a group that holds them, and manager by membership. */
export function rolesOf(asker: Asker, policy: Policy): readonly Role[] {
  const listed: readonly Role[] = ROLES.filter((role) => policy.roles[role].some((entry) => means(asker, entry)));
  return asker.member ? [...listed, "manager"] : listed;
}

/** Why this person may not do this to this invoice; undefined: they may. Says who may do it instead. */
export function mayNot(asker: Asker, verb: Verb, invoice: CrmInvoice, policy: Policy): Refusal | undefined {
  const roles = rolesOf(asker, policy);
  if (roles.length === 0) return { because: "not_a_member" };
  const able = roles.filter(
    (role) => RIGHTS[role].verbs.includes(verb) && (RIGHTS[role].of === "any" || owns(asker, invoice)),
  );
  if (able.length === 0)
    return { because: verb === "decide" ? "not_yours_to_decide" : "not_allowed", who: invoice.owner?.name ?? "" };
  if ((verb === "issue" || verb === "reissue") && able.every((role) => overLimit(role, invoice, policy)))
    return { because: "over_your_limit" };
  return undefined;
}

/** A case that belongs to no invoice is for those whose role reaches every invoice. */
export function mayNotOrphan(asker: Asker, verb: Verb, policy: Policy): Refusal | undefined {
  const roles = rolesOf(asker, policy);
  if (roles.length === 0) return { because: "not_a_member" };
  const able = roles.some((role) => RIGHTS[role].of === "any" && RIGHTS[role].verbs.includes(verb));
  return able ? undefined : { because: verb === "decide" ? "not_yours_to_decide" : "not_allowed" };
}

/** A group gives roles to full members only: who keeps its list may not know that it decides about money. */
const means = ({ id, member, groups = [] }: Asker, entry: string): boolean =>
  entry === id || (member && groups.includes(entry));

const owns = (asker: Asker, { owner }: CrmInvoice): boolean =>
  owner?.slackUserId == null || owner.slackUserId === asker.userId;

function overLimit(role: Role, { amount }: CrmInvoice, policy: Policy): boolean {
  const most = policy.limits[role]?.[amount.currency];
  return most !== undefined && amount.minor > most;
}
