import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { aTown, reachesTheCustomer, type Town } from "../story/town.ts";
import { choosesAt, opens, pressesPay } from "../story/customers.ts";
import { until } from "../story/until.ts";

const TOKEN = "the-token-of-the-merchant";
const ANI = "slack:T0ARARAT:U0ANI";
const LILIT = "slack:T0ARARAT:U0LILIT";

const Said = z.object({
  would: z.string().optional(),
  facts: z.array(z.object({ fact: z.string(), rule: z.number(), sentence: z.string() })).default([]),
  refusal: z.looseObject({ code: z.string(), rule: z.number(), sentence: z.string() }).nullish(),
  code: z.string().optional(),
  detail: z.string().optional(),
  errors: z.array(z.looseObject({ path: z.string(), message: z.string() })).optional(),
});

let town: Town;
beforeAll(async () => {
  town = await aTown({ env: { API_TOKENS: TOKEN } });
}, 90_000);
afterAll(() => town[Symbol.asyncDispose]());

type Sent = { readonly query?: string; readonly token?: string; readonly method?: string };

async function post(path: string, body: unknown, { query = "", token = TOKEN, method = "POST" }: Sent = {}) {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const sent = method === "POST" ? { body: JSON.stringify(body) } : {};
  const response = await fetch(`${town.address}/api/v1/${path}${query}`, { method, headers, ...sent });
  const type = response.headers.get("content-type") ?? "";
  return { status: response.status, type, headers: response.headers, body: Said.parse(await response.json()) };
}

const dryRun = (body: unknown, sent?: Sent) => post("dry-run", body, sent);

/** What a running service writes by itself, with nobody asking: who works where, and until when. */
const BY_ITSELF = ["outbox_lane", "outbox_bucket", "poll_offsets"];

/** Everything that stands in the database, table by table. */
async function everything(): Promise<unknown> {
  const tables = await town.rows<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public' order by 1",
  );
  const kept = tables.map(({ name }) => name).filter((name) => !BY_ITSELF.includes(name));
  expect(kept.length).toBeGreaterThan(15);
  return Promise.all(
    kept.map(async (name) => [name, await town.rows(`select md5(t::text) as row from "${name}" t order by 1`)]),
  );
}

/** Asks, and sees that not a row of any table is another one afterwards. */
async function withoutDoing(body: unknown, sent?: Sent) {
  await town.settled();
  const before = await everything();
  const answer = await dryRun(body, sent);
  await town.settled();
  expect(await everything()).toEqual(before);
  return answer;
}

const facts = ({ body }: Awaited<ReturnType<typeof dryRun>>) => body.facts.map(({ fact, rule }) => [fact, rule]);

/** A customer whom nobody has met has opened the link of an invoice: the address of its page. */
async function reached(number: string): Promise<string> {
  await town.owes(number, { customer: { id: `of ${number}` } });
  return reachesTheCustomer(town, number);
}

/** The customer pays a link that was cancelled meanwhile: the money is held, and a case is open. */
async function heldMoney(number: string): Promise<string> {
  const page = await reached(number);
  const { location } = await pressesPay(page);
  await town.ani.types(`cancel ${number} wrong amount`);
  await until(async () => (await town.invoice(number)).links[0]?.state).toBe("cancelled");
  await choosesAt(location, "pay");
  await until(async () => (await opens(page)).state).toBe("checking");
  return (await town.invoice(number)).cases.find(({ state }) => state === "open")?.id ?? "";
}

describe("a program asks what the words of a chat would do", () => {
  test("what would become true is said with its rule and a sentence, and nothing is recorded", async () => {
    await town.owes("API-1");
    const answer = await withoutDoing({ ask: "API-1 expires 5d" });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ would: "done", refusal: null });
    expect(facts(answer)).toEqual([["link_issued", 1]]);
    expect(answer.body.facts[0]?.sentence).toMatch(/^issued link for AMD\s15,000, payable until /);
  });

  test("a reissue says all that the real one then does", async () => {
    await reached("API-2");
    const answer = await withoutDoing({ ask: "reissue API-2 new date", as: ANI });
    expect(answer.body.would).toBe("done");
    const before = (await town.facts("API-2")).length;
    await town.ani.types("reissue API-2 new date");
    await until(async () => (await town.invoice("API-2")).links.length).toBe(2);
    await town.settled();
    const became = (await town.facts("API-2")).slice(before);
    expect(became.slice(0, 3)).toEqual(["link_replaced", "link_issued", "link_sent"]);
    expect(facts(answer).map(([fact]) => fact)).toEqual(became.slice(0, 3));
  });

  test("what is so already changes nothing, and a refusal is an answer with its rule", async () => {
    await town.owes("API-3");
    expect((await withoutDoing({ ask: "cancel API-3 typo" })).body).toMatchObject({
      would: "refused",
      facts: [],
      refusal: { code: "no_live_link", rule: 1, who: null, until: null },
    });
    await town.ani.types("API-3");
    await until(async () => (await town.invoice("API-3")).links.length).toBe(1);
    expect((await withoutDoing({ ask: "API-3" })).body).toEqual({ would: "already", facts: [], refusal: null });
    expect((await dryRun({ ask: "dry-run cancel API-3 typo" })).body.facts).toMatchObject([{ fact: "link_cancelled" }]);
  });

  test("in another's place it is judged by their roles: who may do it instead is said", async () => {
    await town.owes("API-4", { owner: { id: "M-2", name: "Davit", slackUserId: "U0DAVIT" } });
    expect((await withoutDoing({ ask: "API-4", as: ANI })).body.refusal).toMatchObject({
      code: "not_allowed",
      rule: 14,
      who: "Davit",
    });
    expect((await dryRun({ ask: "API-4" })).body.would).toBe("done");
  });

  test("a cooldown says from when it may be done, and an invoice nobody knows is refused", async () => {
    await reached("API-5");
    await town.ani.types("send API-5");
    await town.settled();
    const { body } = await withoutDoing({ ask: "resend API-5" });
    expect(body.refusal).toMatchObject({ code: "resend_too_soon", until: expect.stringMatching(/^20.*Z$/) });
    expect((await withoutDoing({ ask: "NOPE-1" })).body.refusal).toMatchObject({ code: "invoice_unknown" });
  });

  test("the sentences are in the language that was asked for", async () => {
    await town.owes("API-6");
    const said = await Promise.all(["hy", "ru"].map((lang) => dryRun({ ask: "API-6" }, { query: `?lang=${lang}` })));
    expect(said.map(({ body }) => body.facts[0]?.sentence)).toEqual([
      expect.stringContaining("հղում"),
      expect.stringContaining("выдана ссылка"),
    ]);
  });
});

describe("a program asks what the decision of a case would do", () => {
  test("held money would pay the invoice: so it then does, with the same facts", async () => {
    const id = await heldMoney("API-7");
    const decision = { action: "apply", reason: "agreed by phone" };
    const answer = await withoutDoing({ case: id, ...decision });
    expect(answer.body).toMatchObject({ would: "done", refusal: null });
    const before = (await town.facts("API-7")).length;
    expect((await post(`cases/${id}/resolve`, decision)).status).toBe(200);
    const became = (await town.facts("API-7")).slice(before, before + answer.body.facts.length);
    expect(answer.body.facts.map(({ fact }) => fact)).toEqual(became);
    expect(became).toContain("hold_applied");
    expect((await withoutDoing({ case: id, ...decision })).body.would).toBe("already");
  });

  test("in the place of a manager it is refused, in an accountant's it would be done", async () => {
    const decision = { case: await heldMoney("API-8"), action: "refund", reason: "ordered twice" };
    expect((await withoutDoing({ ...decision, as: ANI })).body.refusal).toMatchObject({
      code: "not_yours_to_decide",
      rule: 14,
    });
    expect(facts(await withoutDoing({ ...decision, as: LILIT }))).toContainEqual(["refund_proposed", 13]);
    expect((await dryRun({ ...decision, case: "no-such" })).body.refusal).toMatchObject({ code: "case_unknown" });
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

test("the documentation has its shape and the page lists it", async () => {
  const document: unknown = await (await fetch(`${town.address}/api/docs.json`)).json();
  expect(document).toMatchObject({ paths: { "/api/v1/dry-run": { post: { operationId: "dryRun" } } } });
  const page = await (await fetch(`${town.address}/api/docs`, { headers: { accept: "text/html" } })).text();
  expect(page).toContain("POST /api/v1/dry-run");
  expect(page).toContain("POST /api/v1/cases/{id}/resolve");
});
