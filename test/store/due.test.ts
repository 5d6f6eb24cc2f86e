import { randomUUID } from "node:crypto";
import { MikroORM } from "@mikro-orm/postgresql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { system } from "../../domain/actor.ts";
import { cancel } from "../../domain/cancel.ts";
import { expire } from "../../domain/expire.ts";
import { issue } from "../../domain/issue.ts";
import { DEFAULT_POLICY } from "../../domain/policy.ts";
import { createBooks } from "../../src/store/books.ts";
import { createInbox } from "../../src/store/inbox.ts";
import { createInvitations, newToken } from "../../src/store/invitations.ts";
import { createChats } from "../../src/store/chats.ts";
import { ormConfig } from "../../src/store/orm-config.ts";
import { freshDatabase } from "../fresh-database.ts";

const ANI = { kind: "manager", id: "slack:T1:U1", name: "Ani" } as const;
const NOW = new Date("2026-11-24T08:00:00Z");

let orm: MikroORM;
let url: string;
beforeAll(async () => {
  url = await freshDatabase();
  orm = await MikroORM.init(ormConfig(url));
});
afterAll(() => orm.close());

const booksAt = (now: Date) =>
  createBooks({
    orm,
    policy: DEFAULT_POLICY,
    clock: () => now,
    ids: { id: randomUUID, token: newToken },
    hears: { merchant: true, ops: true },
  });

async function aLink(number: string) {
  const told = {
    crm: "book",
    kind: "invoice",
    number,
    amount: { minor: 1_500_000n, currency: "AMD" },
    purpose: "Tiles",
    customer: { id: `C-${number}`, name: "Aram", language: "hy" },
    owner: null,
    state: "open",
    url: null,
  } as const;
  const wanted = { by: ANI, id: randomUUID(), token: newToken(), origin: null };
  const act = { actor: ANI, requestId: "r-1" };
  const { invoice } = await booksAt(NOW).decideLearned(told, act, (one, now) =>
    issue(one, wanted, DEFAULT_POLICY, now),
  );
  const [link] = invoice.links;
  if (!link) throw new Error("no link was issued");
  return { invoice, link };
}

describe("our clock is behind the one that found a job due", () => {
  test("a deadline that has come is not judged as too early, so no link lives for ever", async () => {
    const { link } = await aLink("D-1");
    const early = new Date(link.expiresAt.getTime() - 50);
    const job = { actor: system("expiry"), requestId: "e", due: link.expiresAt };
    const rule = (invoice: Parameters<typeof expire>[0], now: Date) => expire(invoice, link.id, DEFAULT_POLICY, now);
    const judgedEarly = await booksAt(early).decide({ link: link.id }, { ...job, due: undefined }, rule);
    expect(judgedEarly?.decision.kind).toBe("already");
    const outcome = await booksAt(early).decide({ link: link.id }, job, rule);
    expect(outcome?.invoice.links).toMatchObject([{ state: "expired" }]);
  });
});

describe("an old card is pressed after its link was replaced by another", () => {
  test("cancelling the old one leaves the new one alive", async () => {
    const { invoice } = await aLink("D-2");
    expect(cancel(invoice, "no", "another-link")).toEqual({ kind: "refused", because: "no_live_link" });
    expect(cancel(invoice, "no", invoice.links[0]?.id)).toMatchObject({ kind: "done" });
  });
});

describe("a customer shut the bot out", () => {
  test("their chat sees the link no more, and another invitation finds them anew", async () => {
    const { invoice, link } = await aLink("D-3");
    const invitations = createInvitations({ orm, clock: () => NOW, bot: "7" });
    await invitations.showIn(link.id, "100");
    expect(await invitations.bind(invoice, "100")).toBe(true);
    expect(await invitations.bind(invoice, "200")).toBe(false);
    expect(await invitations.chatOf(invoice)).toBe("100");

    await createChats(orm, "7").reach("100", false);
    expect(await invitations.chatOfLink(link.id)).toBeUndefined();
    expect(await invitations.chatOf(invoice)).toBeUndefined();
    expect(await invitations.bind(invoice, "200")).toBe(true);
    await invitations.showIn(link.id, "200");
    expect(await invitations.chatOfLink(link.id)).toBe("200");
  });

  test("an invitation that one chat has opened tells another nothing", async () => {
    const { link } = await aLink("D-4");
    const invitations = createInvitations({ orm, clock: () => NOW, bot: "7" });
    const token = await invitations.invite(link.id, link.expiresAt);
    expect(token).toMatch(/^[\w-]{22}$/);
    const first = await invitations.open(token, "300");
    expect(first).toMatchObject({ link: link.id });
    expect(await invitations.open(token, "300")).toEqual(first);
    const again = await invitations.invite(link.id, link.expiresAt);
    expect((await invitations.open(again, "300"))?.invitation).not.toBe(first?.invitation);
    expect(await invitations.open(token, "400")).toBeUndefined();
    expect(JSON.stringify(await orm.em.fork().execute("select * from invitations"))).not.toContain(token);
  });
});

describe("a stranger floods a webhook's address", () => {
  test("sixty a minute are noted, each by its beginning, and nothing is done with any", async () => {
    const inbox = createInbox({ orm, clock: () => NOW });
    const rejected = {
      source: "webhook:vpos",
      headers: {},
      verdict: "rejected",
      topic: "webhook",
      lane: "x",
      requestId: "r",
    } as const;
    for (let nth = 0; nth < 70; nth++) {
      await inbox.note({ ...rejected, key: `rejected:${nth}`, body: Buffer.alloc(100_000, 65) });
    }
    const [row] = await orm.em
      .fork()
      .execute<{ count: number; longest: number }[]>(
        "select count(*)::int as count, max(length(body)) as longest from inbox where verdict = 'rejected'",
      );
    expect(row).toEqual({ count: 60, longest: 4096 });
    expect(await orm.em.fork().execute("select 1 from outbox_job where topic = 'webhook'")).toEqual([]);
  });
});
