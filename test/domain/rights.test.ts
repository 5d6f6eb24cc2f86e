import { describe, expect, test } from "vitest";
import { DEFAULT_POLICY, type Policy, type Role } from "../../domain/policy.ts";
import { type Asker, mayNot, mayNotOrphan, rolesOf, type Verb } from "../../domain/rights.ts";
import { ani, money, owed } from "./story.ts";

const asker = (more: Partial<Asker> = {}): Asker => ({ ...ani, userId: "UANI", member: true, ...more });
/** Somebody who is nobody's colleague, listed for one role. */
const outsider = asker({ id: "slack:T1:UX", userId: "UX", member: false });
const listed = (role: Exclude<Role, "manager">, id = outsider.id): Policy => ({
  ...DEFAULT_POLICY,
  roles: { ...DEFAULT_POLICY.roles, [role]: [id] },
});

const VERBS = [
  "issue",
  "reissue",
  "send",
  "cancel",
  "verify",
  "see",
  "decide",
  "attend",
  "close",
] as const satisfies readonly Verb[];
// Every role and every verb: a new one without an entry does not compile.
const OTHERS: Record<Exclude<Role, "manager">, Record<Verb, boolean>> = {
  lead: {
    issue: true,
    reissue: true,
    send: true,
    cancel: true,
    verify: true,
    see: true,
    decide: false,
    attend: false,
    close: true,
  },
  accountant: {
    issue: false,
    reissue: false,
    send: false,
    cancel: false,
    verify: true,
    see: true,
    decide: true,
    attend: true,
    close: true,
  },
  ops: {
    issue: false,
    reissue: false,
    send: true,
    cancel: false,
    verify: true,
    see: true,
    decide: false,
    attend: true,
    close: true,
  },
  viewer: {
    issue: false,
    reissue: false,
    send: false,
    cancel: false,
    verify: false,
    see: true,
    decide: false,
    attend: false,
    close: false,
  },
};
const cells = (["lead", "accountant", "ops", "viewer"] as const).flatMap((role) =>
  VERBS.map((verb) => ({ role, verb, may: OTHERS[role][verb] })),
);

/** Held money is an accountant's matter: who asks is told so. */
const noTo = (verb: Verb): string => (verb === "decide" ? "not_yours_to_decide" : "not_allowed");

describe("somebody else's invoice", () => {
  test.each(cells)("a person listed as $role, $verb: $may", ({ role, verb, may }) => {
    const because = mayNot(outsider, verb, owed(), listed(role));
    expect(because).toEqual(may ? undefined : { because: noTo(verb), who: "Ani" });
  });

  test.each(VERBS)("another manager may not %s it, and is told who may", (verb) => {
    const ben = asker({ id: "slack:T1:UBEN", userId: "UBEN" });
    expect(mayNot(ben, verb, owed(), DEFAULT_POLICY)).toEqual({ because: noTo(verb), who: "Ani" });
  });
});

describe("a manager", () => {
  const theirs = VERBS.filter((verb) => verb !== "decide" && verb !== "attend");

  test("may not decide about held money, not even of their own invoice", () => {
    expect(mayNot(asker(), "decide", owed(), DEFAULT_POLICY)).toMatchObject({ because: "not_yours_to_decide" });
  });

  test.each(theirs)("may %s their own invoice", (verb) => {
    expect(mayNot(asker(), verb, owed(), DEFAULT_POLICY)).toBeUndefined();
  });

  test.each(theirs)("may %s an invoice that nobody owns", (verb) => {
    expect(mayNot(asker({ userId: "UBEN" }), verb, owed({}, { owner: null }), DEFAULT_POLICY)).toBeUndefined();
  });

  test("who is an accountant too may verify what is not theirs, and still not send it", () => {
    const ben = asker({ id: "slack:T1:UBEN", userId: "UBEN" });
    const policy = listed("accountant", ben.id);
    expect(rolesOf(ben, policy)).toEqual(["accountant", "manager"]);
    expect(mayNot(ben, "verify", owed(), policy)).toBeUndefined();
    expect(mayNot(ben, "send", owed(), policy)).toMatchObject({ because: "not_allowed" });
  });
});

describe("a guest of the workspace, or a person from another company", () => {
  const guest = asker({ member: false });

  test.each(VERBS)("may not %s even the invoice that bears their id", (verb) => {
    expect(mayNot(guest, verb, owed(), DEFAULT_POLICY)).toEqual({ because: "not_a_member" });
    expect(mayNot(guest, verb, owed({}, { owner: null }), DEFAULT_POLICY)).toEqual({ because: "not_a_member" });
  });

  test("is not the person of the same user id in the workspace that is listed", () => {
    const namesake = { ...outsider, id: "slack:T2:UX" };
    expect(mayNot(namesake, "see", owed(), listed("lead"))).toEqual({ because: "not_a_member" });
  });
});

describe("a role lists a user group of the chat", () => {
  const policy = listed("accountant", "slack-group:T1:S1");
  const held = { groups: ["slack-group:T1:S0", "slack-group:T1:S1"] };

  test("a member whom it holds is in the role, beside being a manager", () => {
    expect(rolesOf(asker(held), policy)).toEqual(["accountant", "manager"]);
    expect(mayNot(asker(held), "decide", owed(), policy)).toBeUndefined();
    expect(mayNotOrphan(asker(held), "decide", policy)).toBeUndefined();
  });

  test.each<[string, Partial<Asker>]>([
    ["whom none holds", {}],
    ["whom another group holds", { groups: ["slack-group:T1:S0"] }],
    ["whom the group of that id in another workspace holds", { groups: ["slack-group:T2:S1"] }],
  ])("a member %s is not", (_who, more) => {
    expect(rolesOf(asker(more), policy)).toEqual(["manager"]);
  });

  test("a guest whom it holds is in no role; one who is listed by themselves is", () => {
    const guest = asker({ ...held, member: false });
    expect(mayNot(guest, "see", owed(), policy)).toEqual({ because: "not_a_member" });
    expect(rolesOf(guest, listed("viewer", guest.id))).toEqual(["viewer"]);
  });
});

describe("a limit on what a role may issue", () => {
  const limited = (limits: Policy["limits"], policy = DEFAULT_POLICY): Policy => ({ ...policy, limits });
  const manager = limited({ manager: { AMD: 1_500_000n } });

  test("allows an invoice of just that much, and none of more", () => {
    expect(mayNot(asker(), "issue", owed(), manager)).toBeUndefined();
    const dear = owed({}, { amount: money(1_500_001n) });
    expect(mayNot(asker(), "issue", dear, manager)).toEqual({ because: "over_your_limit" });
  });

  test("limits nothing but issuing and reissuing, and only in its own currency", () => {
    const dear = owed({}, { amount: money(9_000_000n) });
    const limitedTo = VERBS.filter((verb) => mayNot(asker(), verb, dear, manager)?.because === "over_your_limit");
    expect(limitedTo).toEqual(["issue", "reissue"]);
    expect(mayNot(asker(), "issue", owed({}, { amount: money(9_000_000n, "USD") }), manager)).toBeUndefined();
  });

  test("does not bind a person who has a role without it", () => {
    const dear = owed({}, { amount: money(9_000_000n) });
    const policy = limited({ manager: { AMD: 1n } }, listed("lead", ani.id));
    expect(mayNot(asker(), "issue", dear, policy)).toBeUndefined();
    const both = limited({ manager: { AMD: 1n }, lead: { AMD: 2n } }, listed("lead", ani.id));
    expect(mayNot(asker(), "issue", dear, both)).toEqual({ because: "over_your_limit" });
  });

  test("is not told to those who may not issue at all", () => {
    const dear = owed({}, { amount: money(9_000_000n) });
    expect(mayNot(outsider, "issue", dear, limited({ viewer: { AMD: 1n } }, listed("viewer")))).toMatchObject({
      because: "not_allowed",
    });
  });
});

describe("a case that belongs to no invoice", () => {
  test.each<[string, string | undefined, Policy]>([
    ["an accountant decides it", undefined, listed("accountant", ani.id)],
    ["a manager may not", "not_yours_to_decide", DEFAULT_POLICY],
    ["ops may not decide about money", "not_yours_to_decide", listed("ops", ani.id)],
    ["a lead may not", "not_yours_to_decide", listed("lead", ani.id)],
  ])("%s", (_, because, policy) => {
    expect(mayNotOrphan(asker(), "decide", policy)?.because).toBe(because);
  });

  test("a guest may do nothing at all", () => {
    expect(mayNotOrphan(asker({ member: false }), "attend", DEFAULT_POLICY)).toEqual({ because: "not_a_member" });
  });
});
