import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { system } from "../../domain/actor.ts";
import { done } from "../../domain/decision.ts";
import { anInvoice, openShop, type Shop } from "./api-shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

/** An invoice with a case about something else than money. */
async function opened(number: string): Promise<string> {
  await shop.put(`invoice/${number}`, anInvoice());
  const id = randomUUID();
  const one = { id, kind: "provider_silent", cause: `attempt:${id}`, state: "open", link: null, details: {} } as const;
  await shop.books.decide(
    { key: { crm: "book", kind: "invoice", number } },
    { actor: system("test"), requestId: "test" },
    (_invoice, now) => done({ is: "case_opened", case: { ...one, openedAt: now, resolution: null } }),
  );
  return id;
}

const resolve = (id: string, body: unknown) =>
  shop.call("POST", `/api/v1/cases/${id}/resolve`, {
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });

describe("a program decides a case", () => {
  test("it is resolved as the token's, with the reason, and is no task any more", async () => {
    const id = await opened("INV-1");
    const { status, body } = await resolve(id, { action: "dismiss", reason: "asked the provider" });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id,
      state: "resolved",
      actions: [],
      resolution: { action: "dismiss", reason: "asked the provider", by: "API" },
      invoice: { number: "INV-1" },
    });
    expect((await shop.get("invoice/INV-1")).body).toMatchObject({ tasks: [{ case: id, state: "done" }] });
    const { body: audit } = await shop.call("GET", "/api/v1/audit?invoice=invoice:INV-1");
    expect(audit.entries.at(-1)).toMatchObject({ fact: "case_resolved", actor: { kind: "api" } });
  });

  test("the same once more changes nothing", async () => {
    const id = await opened("INV-2");
    await resolve(id, { action: "dismiss", reason: "seen" });
    expect((await resolve(id, { action: "dismiss", reason: "seen again" })).body).toMatchObject({
      resolution: { reason: "seen" },
    });
  });

  test("what cannot be chosen is refused with 409, and says why", async () => {
    const id = await opened("INV-3");
    const { status, body } = await resolve(id, { action: "apply", reason: "pay it" });
    expect(status).toBe(409);
    expect(body).toMatchObject({ code: "decision_refused", errors: [{ message: "action_unavailable" }] });
  });

  test.each([
    ["no reason", { action: "dismiss" }],
    ["an empty reason", { action: "dismiss", reason: "  " }],
    ["an action nobody knows", { action: "forget", reason: "x" }],
    ["more than was asked for", { action: "dismiss", reason: "x", amount: "1" }],
  ])("%s: 400, and the case stays open", async (_, body) => {
    const id = await opened("INV-4");
    const answer = await resolve(id, body);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ code: "invalid_decision" });
    expect((await resolve(id, { action: "dismiss", reason: "y" })).body).toMatchObject({ state: "resolved" });
  });

  test.each([randomUUID(), "no-uuid", "'; drop table cases; --"])("a case that is not there (%s): 404", async (id) => {
    const answer = await resolve(encodeURIComponent(id), { action: "dismiss", reason: "x" });
    expect(answer.status).toBe(404);
    expect(answer.body).toMatchObject({ code: "case_unknown" });
  });
});

describe("money came that belongs to nothing we know", () => {
  test("its case stands in the list, and can be closed once somebody has looked", async () => {
    const id = randomUUID();
    const act = { actor: system("test"), requestId: "test" };
    await shop.books.openOrphanCase({ id, kind: "unknown_payment", cause: `vpos:${id}`, details: {} }, act);
    const listed = async () => (await shop.call("GET", "/api/v1/cases")).text.includes(id);
    expect(await listed()).toBe(true);
    expect((await resolve(id, { action: "refund", reason: "back" })).status).toBe(409);
    expect((await resolve(id, { action: "dismiss", reason: "a test of the provider" })).status).toBe(200);
    expect((await resolve(id, { action: "dismiss", reason: "again" })).body).toMatchObject({
      state: "resolved",
      resolution: { reason: "a test of the provider" },
    });
    expect(await listed()).toBe(false);
  });
});
