import { randomBytes, randomUUID } from "node:crypto";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { readAsk } from "../../bots/ask.ts";
import { cancel } from "../../domain/cancel.ts";
import { DEFAULT_POLICY } from "../../domain/policy.ts";
import { attemptOpened, beginAttempt } from "../../domain/open-attempt.ts";
import { settle } from "../../domain/settle.ts";
import { dryRunRoutes } from "../../src/http/api/dry-run.ts";
import { answerNotFound } from "../../src/http/problem.ts";
import { createServer } from "../../src/http/server.ts";
import { createInvitations } from "../../src/store/invitations.ts";
import { createDryRun } from "../../src/usecases/dry-run.ts";
import { aTown, reachesTheCustomer } from "../story/town.ts";
import { until } from "../story/until.ts";
import { anInvoice, openShop, type Shop, TOKEN } from "./api-shop.ts";

const ANI = "slack:T1:U1";
const LILIT = "slack:T1:ULILIT";
const policy = { ...DEFAULT_POLICY, roles: { ...DEFAULT_POLICY.roles, accountant: [LILIT] } };

const Said = z.object({
  would: z.string().optional(),
  facts: z.array(z.object({ fact: z.string(), rule: z.number(), sentence: z.string() })).default([]),
  refusal: z.looseObject({ code: z.string(), rule: z.number(), sentence: z.string() }).nullish(),
  stays: z.object({ unheeded: z.array(z.string()), sentence: z.string() }).nullish(),
  code: z.string().optional(),
  detail: z.string().optional(),
  errors: z.array(z.looseObject({ path: z.string(), message: z.string() })).optional(),
});

let shop: Shop;
let address: string;
let close: () => Promise<void>;
beforeAll(async () => {
  shop = await openShop();
  const ids = { id: () => randomUUID(), token: () => randomBytes(16).toString("base64url") };
  const { orm, books, book: crm } = shop;
  const clock = () => new Date();
  const invitations = createInvitations({ orm, clock, bot: "7" });
  const rehearsals = createDryRun({ books, crm, invitations, policy, clock, ids });
  const server = createServer(pino({ level: "silent" }), answerNotFound);
  await dryRunRoutes(server, { dryRun: rehearsals, readAsk, policy, tokens: [TOKEN] });
  address = await server.listen({ host: "127.0.0.1", port: 0 });
  close = () => server.close();
});
afterAll(async () => {
  await close();
  await shop.close();
});

type Sent = { readonly query?: string; readonly token?: string; readonly method?: string; readonly at?: string };

async function dryRun(body: unknown, { query = "", token = TOKEN, method = "POST", at = address }: Sent = {}) {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const sent = method === "POST" ? { body: JSON.stringify(body) } : {};
  const response = await fetch(`${at}/api/v1/dry-run${query}`, { method, headers, ...sent });
  const type = response.headers.get("content-type") ?? "";
  return { status: response.status, type, headers: response.headers, body: Said.parse(await response.json()) };
}

/** Everything that stands in the database, table by table. */
async function everything(): Promise<unknown> {
  const em = shop.orm.em.fork();
  const tables: { name: string }[] = await em.execute(
    "select tablename as name from pg_tables where schemaname = 'public' order by 1",
  );
  expect(tables.length).toBeGreaterThan(20);
  const contents: unknown[] = [];
  for (const { name } of tables) {
    contents.push([name, await em.execute(`select t::text as row from "${name}" t order by 1`)]);
  }
  return contents;
}

/** Asks, and sees that not a row of any table is another one afterwards. */
async function withoutDoing(body: unknown, sent?: Sent) {
  const before = await everything();
  const answer = await dryRun(body, sent);
  expect(await everything()).toEqual(before);
  return answer;
}

const facts = ({ body }: Awaited<ReturnType<typeof dryRun>>) => body.facts.map(({ fact, rule }) => [fact, rule]);

/** A link that a manager asked for. */
async function issued(number: string): Promise<void> {
  await shop.put(`invoice/${number}`, anInvoice());
  await shop.issue(number);
}

/** The customer pays a link that was cancelled meanwhile: the money is held, and a case is open. */
async function heldMoney(number: string): Promise<string> {
  await issued(number);
  const where = { key: { crm: "book", kind: "invoice", number } } as const;
  const attempt = randomUUID();
  const { links = [], amount } = (await shop.books.read(where)) ?? {};
  const opening = { id: attempt, link: links[0]?.id ?? "", provider: "vpos", account: "main" } as const;
  const checkout = { url: "https://vpos.example/pay", reference: `P-${number}`, expiresAt: null, requestId: null };
  const paid = { attempt, reference: checkout.reference, bankReference: null, orderId: number, paidAt: new Date() };
  const ids = { payment: randomUUID(), case: randomUUID() };
  const act = { actor: { kind: "system", id: "system:test", name: "test" }, requestId: "test" } as const;
  const outcome = await shop.books.decide(
    where,
    act,
    (invoice, now) => beginAttempt(invoice, opening, now),
    (invoice) => attemptOpened(invoice, attempt, checkout),
    (invoice) => cancel(invoice, "wrong amount"),
    (invoice, now) => settle(invoice, { ...paid, amount: amount ?? invoice.amount }, ids, now),
  );
  return outcome?.invoice.cases.find(({ state }) => state === "open")?.id ?? "";
}

describe("a program asks what the words of a chat would do", () => {
  test("what would become true is said with its rule and a sentence, and nothing is recorded", async () => {
    await shop.put("invoice/API-1", anInvoice());
    const answer = await withoutDoing({ ask: "API-1 expires 5d" });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ would: "done", refusal: null });
    expect(facts(answer)).toEqual([["link_issued", 1]]);
    expect(answer.body.facts[0]?.sentence).toMatch(/^issued link for AMD\s15,000, payable until /);
    expect(facts(await withoutDoing({ ask: "cancel API-1 typo" }))).toEqual([]);
  });

  test("what is so already changes nothing, and a refusal is an answer with its rule", async () => {
    await shop.put("invoice/API-2", anInvoice());
    expect((await withoutDoing({ ask: "cancel API-2 typo" })).body).toMatchObject({
      would: "refused",
      facts: [],
      refusal: { code: "no_live_link", rule: 1, who: null, until: null },
    });
    await shop.issue("API-2");
    expect((await withoutDoing({ ask: "API-2" })).body).toEqual({
      would: "already",
      facts: [],
      refusal: null,
      stays: null,
    });
    expect((await withoutDoing({ ask: "API-2 part 50%" })).body).toMatchObject({
      stays: { unheeded: ["part"], sentence: expect.stringContaining("stays as it is") },
    });
    expect(facts(await withoutDoing({ ask: "dry-run cancel API-2 typo" }))).toEqual([["link_cancelled", 6]]);
  });

  test("in a person's place it is judged by their roles: who may do it instead is said", async () => {
    await shop.put("invoice/API-3", anInvoice({ owner: { id: "M-2", name: "Davit", slackUserId: "UDAVIT" } }));
    const refusal = { code: "not_allowed", rule: 14, who: "Davit" };
    expect((await withoutDoing({ ask: "API-3", as: ANI })).body).toMatchObject({ would: "refused", refusal });
    expect((await withoutDoing({ ask: "API-3", as: "slack:T1:UDAVIT" })).body.would).toBe("done");
    expect((await withoutDoing({ ask: "API-3" })).body.would).toBe("done");
  });

  test("a cooldown says from when it may be done, and an invoice nobody knows is refused", async () => {
    await issued("API-4");
    const link = (await shop.books.read({ key: { crm: "book", kind: "invoice", number: "API-4" } }))?.links[0];
    const invitations = createInvitations({ orm: shop.orm, clock: () => new Date(), bot: "7" });
    await invitations.showIn(link?.id ?? "", "374001");
    expect(facts(await withoutDoing({ ask: "send API-4" }))).toEqual([["link_sent", 5]]);
    const sent = {
      id: randomUUID(),
      key: "k1",
      channel: "telegram",
      at: new Date(),
      by: "Ani",
      outcome: "sent",
    } as const;
    await shop.books.decide(
      { link: link?.id ?? "" },
      { actor: { kind: "manager", id: ANI, name: "Ani" }, requestId: "r" },
      () => ({
        kind: "done",
        facts: [{ is: "link_sent", link: link?.id ?? "", send: sent }],
      }),
    );
    const until10 = new Date(sent.at.getTime() + 600_000).toISOString();
    expect((await withoutDoing({ ask: "resend API-4" })).body.refusal).toMatchObject({
      code: "resend_too_soon",
      until: until10,
    });
    expect((await withoutDoing({ ask: "NOPE-1" })).body.refusal).toMatchObject({ code: "invoice_unknown", rule: 2 });
  });

  test("the sentences are in the language that was asked for", async () => {
    await shop.put("invoice/API-5", anInvoice());
    const said = await Promise.all(["hy", "ru"].map((lang) => dryRun({ ask: "API-5" }, { query: `?lang=${lang}` })));
    expect(said.map(({ body }) => body.facts[0]?.sentence)).toEqual([
      expect.stringContaining("հղում"),
      expect.stringContaining("выдана ссылка"),
    ]);
    expect((await dryRun({ ask: "send API-5" }, { query: "?lang=ru" })).body.refusal?.sentence).toContain(
      "нет действующей",
    );
  });
});

describe("a program asks what the decision of a case would do", () => {
  test("held money would pay the invoice: so it then does, with the same facts", async () => {
    const id = await heldMoney("API-7");
    const decision = { action: "apply", reason: "agreed by phone" };
    const answer = await withoutDoing({ case: id, ...decision });
    expect(answer.body).toMatchObject({ would: "done", refusal: null });
    const key = { crm: "book", kind: "invoice", number: "API-7" } as const;
    const before = (await shop.books.entries(key)).length;
    const headers = { "content-type": "application/json" };
    await shop.call("POST", `/api/v1/cases/${id}/resolve`, { headers, body: JSON.stringify(decision) });
    const became = (await shop.books.entries(key)).slice(before).map(({ fact }) => fact.is);
    expect(became).toContain("hold_applied");
    expect(answer.body.facts.map(({ fact }) => fact)).toEqual(became);
    expect((await withoutDoing({ case: id, ...decision })).body.would).toBe("already");
  });

  test("in the place of a manager it is refused, in an accountant's it would be done", async () => {
    const decision = { case: await heldMoney("API-8"), action: "refund", reason: "ordered twice" };
    expect((await withoutDoing({ ...decision, as: ANI })).body.refusal).toMatchObject({
      code: "not_yours_to_decide",
      rule: 14,
    });
    expect(facts(await withoutDoing({ ...decision, as: LILIT }))).toContainEqual(["refund_proposed", 13]);
    expect((await withoutDoing({ ...decision, case: "no-such" })).body.refusal).toMatchObject({ code: "case_unknown" });
  });
});

describe("what cannot be read", () => {
  test.each([
    ["no ask", {}, "invalid_request", "ask"],
    ["an empty ask", { ask: " " }, "invalid_request", "ask"],
    ["more than was asked for", { ask: "API-1", force: true }, "invalid_request", "force"],
    ["a place that names nobody", { ask: "API-1", as: "Ani" }, "invalid_request", "as"],
    ["words that ask for nothing that could be done", { ask: "verify API-1" }, "invalid_request", "ask"],
    ["an action nobody knows", { case: "x", action: "forget", reason: "y" }, "invalid_decision", "action"],
    ["a decision without a reason", { case: "x", action: "dismiss" }, "invalid_decision", "reason"],
  ])("%s: 400 as problem+json, and it says which field", async (_name, body, code, path) => {
    const answer = await withoutDoing(body);
    expect(answer.status).toBe(400);
    expect(answer.type).toContain("application/problem+json");
    expect(answer.body).toMatchObject({ code, errors: [{ path }] });
  });

  test("words that are not understood are answered in the language that was asked for", async () => {
    const { body } = await dryRun({ ask: "API-1 part many" }, { query: "?lang=ru" });
    expect(body.detail).toContain("Не удалось прочитать часть суммы");
    expect((await dryRun({ ask: "API-1" }, { query: "?lang=fr" })).status).toBe(400);
  });

  test("without a token nobody is told anything, and another method is told what it takes", async () => {
    expect((await dryRun({ ask: "API-1" }, { token: "wrong" })).status).toBe(401);
    const { status, headers } = await dryRun(null, { method: "GET" });
    expect([status, headers.get("allow")]).toEqual([405, "POST"]);
  });
});

describe("the whole service", () => {
  test("a reissue is said as it then happens, and its documentation has the address", { timeout: 60_000 }, async () => {
    await using town = await aTown({ env: { API_TOKENS: TOKEN } });
    await reachesTheCustomer(town, "INV-1042");
    await town.settled();
    const answer = await dryRun({ ask: "reissue INV-1042 new date" }, { at: town.address });
    const before = (await town.facts("INV-1042")).length;
    await town.ani.types("reissue INV-1042 new date");
    await until(async () => (await town.facts("INV-1042")).slice(before, before + 3)).toEqual(
      answer.body.facts.map(({ fact }) => fact),
    );
    expect(answer.body.facts).toHaveLength(3);
    const document: unknown = await (await fetch(`${town.address}/api/docs.json`)).json();
    expect(document).toMatchObject({ paths: { "/api/v1/dry-run": { post: { operationId: "dryRun" } } } });
    const page = await (await fetch(`${town.address}/api/docs`, { headers: { accept: "text/html" } })).text();
    expect(page).toContain("POST /api/v1/dry-run");
    expect(page).toContain("POST /api/v1/cases/{id}/resolve");
  });
});
