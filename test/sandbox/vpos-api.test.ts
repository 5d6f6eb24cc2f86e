import { describe, expect, test } from "vitest";
import { z } from "zod";
import { errorSchema } from "../../src/providers/vpos/contract-schemas.ts";
import { vposAssumedV1 } from "../../src/providers/vpos/contract.ts";
import { TOKEN, vposStory } from "./vpos-story.ts";

const ORDER = {
  merchantOrderId: "INV-1042",
  amountMinor: 15_000,
  currency: "AMD",
  provider: "manual",
  returnUrl: "https://merchant.example/payments/return",
  metadata: { linkId: "link-1", attemptId: "attempt-1" },
};
const KEY = vposAssumedV1.idempotency.keyFor("INV-1042", 1);
const BEARER = { authorization: `Bearer ${TOKEN}` };

type Sent = { body?: unknown; key?: string | null; headers?: Record<string, string> };

/** Creates a session the way any program would, without our adapter. */
async function create(origin: string, { body = ORDER, key = KEY, headers = BEARER }: Sent = {}) {
  const response = await fetch(`${origin}/v1/payment-sessions`, {
    method: "POST",
    headers: { ...headers, "content-type": "application/json", ...(key === null ? {} : { "idempotency-key": key }) },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  const json = z.record(z.string(), z.unknown()).parse(await response.json());
  return { response, status: response.status, json };
}

const errorOf = (code: string) => ({
  error: { code, message: expect.any(String), requestId: expect.stringMatching(/^req_/) },
});

describe("a session is created", () => {
  test("the answer has the fields of the contract's sample, and its payment can be looked up", async () => {
    await using story = await vposStory();
    const { origin } = story.sandbox;
    const { status, json } = await create(origin);
    expect(status).toBe(201);
    expect(json).toEqual({
      id: expect.stringMatching(/^ps_/),
      paymentId: expect.stringMatching(/^pay_/),
      merchantOrderId: "INV-1042",
      status: "created",
      amountMinor: 15_000,
      currency: "AMD",
      provider: "manual",
      checkoutUrl: `${origin}/checkout/${String(json["id"])}`,
      expiresAt: "2026-11-24T08:20:00.000Z",
      requestId: expect.stringMatching(/^req_/),
    });
    const looked = await fetch(`${origin}/v1/payments/${String(json["paymentId"])}`, { headers: BEARER });
    expect(looked.status).toBe(200);
    expect(await looked.json()).toEqual({
      id: json["paymentId"],
      sessionId: json["id"],
      merchantOrderId: "INV-1042",
      status: "created",
      amountMinor: 15_000,
      currency: "AMD",
      provider: "manual",
      providerReference: null,
      paidAt: null,
      refundedAmountMinor: 0,
      fiscal: null,
      requestId: expect.stringMatching(/^req_/),
      updatedAt: "2026-11-24T08:00:00.000Z",
    });
  });
});

describe("a key is used again", () => {
  test("the same content in another order of fields gets the same answer, marked as replayed", async () => {
    await using story = await vposStory();
    const first = await create(story.sandbox.origin);
    const turned = Object.fromEntries(
      Object.entries({ ...ORDER, metadata: { attemptId: "attempt-1", linkId: "link-1" } }).toReversed(),
    );
    const second = await create(story.sandbox.origin, { body: turned });
    expect(first.response.headers.get("idempotency-replayed")).toBeNull();
    expect(second.response.headers.get("idempotency-replayed")).toBe("true");
    expect(second.json).toEqual(first.json);
  });

  test("other content is a conflict", async () => {
    await using story = await vposStory();
    await create(story.sandbox.origin);
    const { status, json } = await create(story.sandbox.origin, { body: { ...ORDER, amountMinor: 1 } });
    expect([status, json]).toEqual([409, errorOf("idempotency_conflict")]);
  });

  test("while the first is worked on it is told so", async () => {
    await using story = await vposStory();
    const { promise: until, resolve: letGo } = Promise.withResolvers<void>();
    story.sandbox.faults.add({ on: "create", fault: { kind: "held", until } });
    const first = create(story.sandbox.origin);
    await expect.poll(() => story.sandbox.sessions().length).toBe(1);
    const { status, json } = await create(story.sandbox.origin);
    expect([status, json]).toEqual([409, errorOf("idempotency_in_progress")]);
    letGo();
    expect((await first).status).toBe(201);
  });

  test("after a day the key is forgotten, and a repeat opens a second session", async () => {
    await using story = await vposStory();
    const first = await create(story.sandbox.origin);
    story.later(24 * 3600 - 1);
    expect((await create(story.sandbox.origin)).json).toEqual(first.json);
    story.later(1);
    const second = await create(story.sandbox.origin);
    expect(second.status).toBe(201);
    expect(second.json["paymentId"]).not.toBe(first.json["paymentId"]);
  });
});

describe("a request is not as it must be", () => {
  test.each<[string, Sent, number, string]>([
    ["without a key", { key: null }, 400, "missing_idempotency_key"],
    ["with a key that is too long", { key: "x".repeat(256) }, 400, "invalid_request"],
    ["without a token", { headers: {} }, 401, "unauthorized"],
    ["with another token", { headers: { authorization: `Bearer ${TOKEN}x` } }, 401, "unauthorized"],
    ["that is not JSON", { body: "{" }, 400, "invalid_request"],
    ["without an order", { body: { ...ORDER, merchantOrderId: undefined } }, 400, "invalid_request"],
    ["with an amount that is a text", { body: { ...ORDER, amountMinor: "15000" } }, 400, "invalid_request"],
    ["with half a unit", { body: { ...ORDER, amountMinor: 0.5 } }, 400, "invalid_request"],
    ["that returns to a script", { body: { ...ORDER, returnUrl: "javascript:alert(1)" } }, 400, "invalid_request"],
    ["for nothing", { body: { ...ORDER, amountMinor: 0 } }, 422, "unprocessable"],
    ["for less than nothing", { body: { ...ORDER, amountMinor: -1 } }, 422, "unprocessable"],
    ["in a currency nobody knows", { body: { ...ORDER, currency: "XXX" } }, 422, "unprocessable"],
    ["with a payment method that is not ours", { body: { ...ORDER, provider: "card" } }, 422, "unprocessable"],
  ])("one %s is refused, and nothing is opened", async (_, sent, status, code) => {
    await using story = await vposStory();
    const answer = await create(story.sandbox.origin, sent);
    expect([answer.status, answer.json]).toEqual([status, errorOf(code)]);
    expect(story.sandbox.sessions()).toEqual([]);
  });

  test.each([
    ["DELETE", "/v1/payment-sessions", 405],
    ["GET", "/v1/payment-sessions", 405],
    ["POST", "/v1/payments/pay_1", 405],
    ["POST", "/api/health", 405],
    ["GET", "/v1/payments/pay_1", 404],
    ["GET", "/v1/refunds", 404],
  ])("%s %s answers %i with an error body", async (method, path, status) => {
    await using story = await vposStory();
    const response = await fetch(`${story.sandbox.origin}${path}`, { method, headers: BEARER });
    expect(response.status).toBe(status);
    expect(errorSchema.safeParse(await response.json()).success).toBe(true);
  });
});

describe("a merchant asks what there is", () => {
  test("health needs no token, capabilities do, and only pay links are offered", async () => {
    await using story = await vposStory();
    const { origin } = story.sandbox;
    const health = await fetch(`${origin}/api/health`);
    expect(await health.json()).toEqual({ status: "ok", ready: true, blockers: [], time: "2026-11-24T08:00:00.000Z" });
    expect((await fetch(`${origin}/v1/capabilities`)).status).toBe(401);
    const matrix = await fetch(`${origin}/v1/capabilities`, { headers: BEARER });
    expect(vposAssumedV1.capabilities.responseSchema.parse(await matrix.json()).providers).toEqual([
      {
        id: "manual",
        capabilities: { payLink: true, qr: false, refund: false, fiscalization: false, tokenization: false },
      },
    ]);
  });

  test("a flag that is anything but true is off", () => {
    const odd = { providers: [{ id: "manual", capabilities: { qr: "true", refund: 1, payLink: true } }] };
    expect(vposAssumedV1.capabilities.responseSchema.parse(odd).providers[0]?.capabilities).toEqual({
      qr: false,
      refund: false,
      payLink: true,
    });
  });

  test.each(["/api/health", "/v1/capabilities", "/v1/nothing", "/checkout/ps_nobody"])(
    "every answer says that the contract is assumed: %s",
    async (path) => {
      await using story = await vposStory();
      const response = await fetch(`${story.sandbox.origin}${path}`);
      expect(response.headers.get("x-assumed-contract")).toBe("vpos-assumed-v1");
    },
  );
});
