import { randomUUID } from "node:crypto";
import { MikroORM } from "@mikro-orm/postgresql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Rehearsable } from "../../domain/desk.ts";
import { system } from "../../domain/actor.ts";
import { DEFAULT_POLICY, type Policy } from "../../domain/policy.ts";
import { createBook } from "../../src/crm/book/book.ts";
import { sayRehearsal } from "../../domain/words/rehearsal.ts";
import type { PaidEffect } from "../../src/ports.ts";
import { createProviders } from "../../src/providers/providers.ts";
import { createBooks } from "../../src/store/books.ts";
import { createInvitations, newToken } from "../../src/store/invitations.ts";
import { ormConfig } from "../../src/store/orm-config.ts";
import { createDesk } from "../../src/usecases/desk.ts";
import { createDryRun, rehearsable } from "../../src/usecases/dry-run.ts";
import { rehearse } from "../../src/usecases/rehearse.ts";
import type { Needs } from "../../src/usecases/needs.ts";
import { freshDatabase } from "../fresh-database.ts";

const PERSON = "slack:T1:UANI";
const ANI = { kind: "manager", id: PERSON, name: "Ani", userId: "UANI", member: true } as const;
const PROGRAM = { kind: "api", id: "api:1a2b3c4d", name: "API" } as const;
const ACT = { actor: system("test"), requestId: "test" };

let orm: MikroORM;
let needs: Needs;
beforeAll(async () => {
  orm = await MikroORM.init(ormConfig(await freshDatabase()));
  needs = needsUnder(DEFAULT_POLICY);
});
afterAll(() => orm.close());

const silent = async (): Promise<never> => {
  throw new Error("nobody is asked in these stories");
};

function needsUnder(policy: Policy): Needs {
  const shared = { orm, policy, clock: () => new Date(), ids: { id: () => randomUUID(), token: newToken } };
  return {
    ...shared,
    books: createBooks({ ...shared, hears: { merchant: true, ops: true } }),
    crm: createBook(shared),
    invitations: createInvitations({ ...shared, bot: "7" }),
    providers: createProviders([{ name: "vpos", account: "main", open: silent, lookUp: silent }]),
    pageUrl: (token) => `https://pay.example.am/p/${token}`,
    inviteUrl: async (token) => `https://t.me/bot?start=${token}`,
  };
}

/** What the merchant's CRM says from now on; nobody tells us. */
const owes = (number: string, minor = 1_500_000n) =>
  createBook({ orm, clock: needs.clock, ids: needs.ids }).put({
    kind: "invoice",
    number,
    amount: { minor, currency: "AMD" },
    purpose: "Twelve chairs",
    state: "open",
    customer: { id: `of ${number}`, name: "Karen", language: "hy", phone: null, email: null },
    owner: null,
  });

const about = (number: string) => ({ kind: "invoice", number }) as const;

/** Ani asks for it in the chat. */
const really = (ask: Rehearsable) =>
  createDesk(needs)({ ask, by: ANI, key: randomUUID(), requestId: randomUUID(), origin: null });

const recorded = async (number: string) =>
  (await needs.books.entries({ crm: "book", ...about(number) })).map(({ fact }) => fact.is);

/** The rehearsal first, then the thing itself: what the one said, and what the other left behind. */
async function both(ask: Rehearsable) {
  const { number } = ask.invoice;
  const before = await recorded(number);
  const { facts, no } = await createDryRun(needs).request(ask, { actor: PROGRAM, as: PERSON });
  expect(await recorded(number)).toEqual(before);
  const answer = await really(ask);
  const became = (await recorded(number)).slice(before.length);
  const refusal = answer.kind === "refused" ? answer.because : null;
  return { said: { facts: facts.map(({ is }) => is), refusal: no?.because ?? null }, done: { facts: became, refusal } };
}

const issue = (number: string) => ({ want: "issue", invoice: about(number) }) as const;
const send = (number: string) => ({ want: "send", invoice: about(number) }) as const;
const reissue = (number: string) => ({ want: "reissue", invoice: about(number), reason: "new date" }) as const;

describe("another part and deadline are asked for than those of the link that is there", () => {
  test("the link stays, and both the answer and the rehearsal say which words were not heeded", async () => {
    await owes("R-STAYS");
    const link = await really(issue("R-STAYS"));
    const other = { ...issue("R-STAYS"), part: "50%", deadline: { days: 2 } };
    const rehearsed = await createDryRun(needs).request(other, { actor: PROGRAM, as: PERSON });
    expect(rehearsed).toMatchObject({ facts: [], no: null, stays: { unheeded: ["part", "expires"] } });
    expect(sayRehearsal(rehearsed, { locale: "en", timeZone: "Asia/Yerevan", invoiceName: "R-STAYS" })).toMatch(
      /^The link for R-STAYS stays as it is: AMD\s15,000, payable until .*“part”, “expires”/,
    );
    const answer = await really(other);
    expect(answer).toMatchObject({ kind: "issued", already: true, unheeded: ["part", "expires"] });
    expect(link).toMatchObject({ kind: "issued", already: false, unheeded: [] });
    expect(await really(issue("R-STAYS"))).toMatchObject({ already: true, unheeded: [] });
  });
});

type Story = { readonly before: (number: string) => Promise<unknown>; readonly ask: (number: string) => Rehearsable };

const STORIES: Readonly<Record<string, Story & { readonly facts: readonly string[]; readonly refusal?: string }>> = {
  "a link for an invoice nobody has asked about": {
    before: async () => undefined,
    ask: issue,
    facts: ["invoice_learned", "link_issued"],
  },
  "a link that is there": { before: (number) => really(issue(number)), ask: issue, facts: [] },
  "a link nobody has seen, after the CRM's amount changed": {
    before: async (number) => {
      await really(issue(number));
      await owes(number, 1_600_000n);
    },
    ask: issue,
    facts: ["invoice_changed", "link_amended"],
  },
  "a part that is too small of an invoice nobody has asked about": {
    before: async () => undefined,
    ask: (number) => ({ ...issue(number), part: "10" }),
    facts: ["invoice_learned"],
    refusal: "part_too_small",
  },
  "a link for a customer whom nobody has met": {
    before: (number) => really(issue(number)),
    ask: send,
    facts: ["link_sent"],
  },
  "a copy of the link": {
    before: (number) => really(issue(number)),
    ask: (number) => ({ want: "copy", invoice: about(number) }),
    facts: ["link_sent"],
  },
  "cancelling the link": {
    before: (number) => really(issue(number)),
    ask: (number) => ({ want: "cancel", invoice: about(number), reason: "typo" }),
    facts: ["link_cancelled"],
  },
  "cancelling where no link is": {
    before: async (number) => {
      await really(issue(number));
      await really({ want: "cancel", invoice: about(number), reason: "typo" });
    },
    ask: (number) => ({ want: "cancel", invoice: about(number), reason: "typo" }),
    facts: [],
    refusal: "no_live_link",
  },
  "replacing a link that stands in a chat which is not the customer's own": {
    before: async (number) => {
      const issued = await really(issue(number));
      if (issued.kind === "issued") await needs.invitations.showIn(issued.link.id, "374001");
    },
    ask: reissue,
    facts: ["link_replaced", "link_issued", "link_sent"],
  },
};

describe("what a rehearsal says is what the thing itself then leaves behind", () => {
  test.each(Object.entries(STORIES))("%s", async (_name, { before, ask, facts, refusal = null }) => {
    const number = `R-${randomUUID().slice(0, 8)}`;
    await owes(number);
    await before(number);
    const { said, done } = await both(ask(number));
    expect(said).toEqual({ facts, refusal });
    expect(done).toEqual(said);
  });

  test("a new link that is shown in the old one's chat is said to be sent there, not handed over", async () => {
    await owes("R-CHAT");
    const issued = await really(issue("R-CHAT"));
    if (issued.kind === "issued") await needs.invitations.showIn(issued.link.id, "374001");
    const { facts } = await createDryRun(needs).request(reissue("R-CHAT"), { actor: PROGRAM });
    expect(facts.at(-1)).toMatchObject({ is: "link_sent", send: { channel: "telegram" } });
  });
});

describe("in whose place it is asked", () => {
  const asked = (under: Needs, as?: string) => createDryRun(under).request(issue("R-WHO"), { actor: PROGRAM, as });

  test("nobody's: as a lead, who may; a stranger's: as one who may not", async () => {
    await owes("R-WHO");
    expect((await asked(needs)).no).toBeNull();
    expect((await asked(needs, "telegram:1:2")).no).toMatchObject({ because: "not_a_member" });
  });

  test("the limit of a lead stands in a lead's way, a manager's only in a manager's", async () => {
    await owes("R-WHO");
    const limited = needsUnder({ ...DEFAULT_POLICY, limits: { manager: { AMD: 1n } } });
    expect((await asked(limited)).no).toBeNull();
    expect((await asked(limited, PERSON)).no).toMatchObject({ because: "over_your_limit" });
    const leads = needsUnder({ ...DEFAULT_POLICY, limits: { lead: { AMD: 1n } } });
    expect((await asked(leads)).no).toMatchObject({ because: "over_your_limit" });
  });
});

describe("a case that belongs to no invoice is decided without doing it", () => {
  async function orphan(): Promise<string> {
    const id = randomUUID();
    await needs.books.openOrphanCase({ id, kind: "unknown_payment", cause: `vpos:${id}`, details: {} }, ACT);
    return id;
  }
  const decide = (id: string, action: "dismiss" | "refund", as?: string) =>
    createDryRun(needs).decision({ case: id, action, reason: "a test" }, { actor: PROGRAM, as });

  test("it would be closed, and stays open", async () => {
    const id = await orphan();
    expect(await decide(id, "dismiss")).toMatchObject({ no: null, facts: [{ is: "case_resolved", case: id }] });
    expect((await needs.books.readCase(id))?.case.state).toBe("open");
  });

  test("no money can move, and a manager may not close it", async () => {
    const id = await orphan();
    expect((await decide(id, "refund")).no).toMatchObject({ because: "action_unavailable" });
    expect((await decide(id, "dismiss", PERSON)).no).toMatchObject({ because: "not_yours_to_decide" });
  });

  test("one that is closed is so already", async () => {
    const id = await orphan();
    await needs.books.resolveOrphanCase({ id }, { action: "dismiss", reason: "seen", by: "Lilit" }, ACT);
    expect(await decide(id, "dismiss")).toMatchObject({ no: null, facts: [] });
  });
});

describe("what is rehearsed", () => {
  const PAID: PaidEffect = {
    key: "k1",
    invoice: { crm: "book", ...about("R-QUIET") },
    amount: { minor: 1n, currency: "AMD" },
    provider: "vpos",
    reference: "P-1",
    paidAt: new Date(),
  };

  test("cannot speak to a provider, tell the CRM, invite anybody or write anything by itself", async () => {
    await owes("R-QUIET");
    await rehearse(needs, about("R-QUIET"), async ({ providers, crm, books, invitations, inviteUrl }) => {
      expect(() => providers.chosen(null)).toThrow("spoke to the world");
      expect(() => crm.lookForPaid(PAID)).toThrow("spoke to the world");
      expect(() => crm.tellPaid(PAID)).toThrow("spoke to the world");
      expect(await inviteUrl(await invitations.invite("l", new Date()))).toBe("");
      expect(await invitations.open("token", "1")).toBeUndefined();
      const orphan = { kind: "unknown_payment", cause: "vpos:quiet" } as const;
      await books.openOrphanCase({ id: randomUUID(), ...orphan, details: {} }, ACT);
      expect(await books.orphanIsOpen(orphan)).toBe(false);
      expect(await books.adoptPolicy(ACT)).toBe(false);
      return { kind: "list", invoices: [] };
    });
    expect(await recorded("R-QUIET")).toEqual([]);
  });

  test("are the words that do something, with or without dry-run before them; the rest is not understood", () => {
    const ask = reissue("INV-1");
    expect(rehearsable(ask)).toBe(ask);
    expect(rehearsable({ want: "dry-run", invoice: ask.invoice, of: ask })).toBe(ask);
    for (const read of ["help", { want: "verify", invoice: ask.invoice }, { want: "list" }] as const) {
      expect(rehearsable(read)).toMatchObject({ problem: "unknown_word" });
    }
    expect(rehearsable("empty")).toEqual({ problem: "no_invoice" });
  });
});
