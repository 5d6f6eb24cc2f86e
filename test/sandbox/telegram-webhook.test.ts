import type { IncomingHttpHeaders } from "node:http";
import fastify from "fastify";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { ANI, KAREN, telegram, type Story } from "./telegram-story.ts";

const arrived = z.object({ update_id: z.number(), message: z.object({ text: z.string() }) });
type Reaction = { status: number; retryAfter?: number; after?: Promise<void> };

/** The bot's own server: notes what arrives, and answers 200 unless told otherwise. */
async function botServer(reactions: Reaction[] = []) {
  const got: { text: string; id: number; at: number; headers: IncomingHttpHeaders }[] = [];
  const app = fastify({ forceCloseConnections: true });
  app.post("/telegram/webhook", async (request, reply) => {
    const { update_id: id, message } = arrived.parse(request.body);
    got.push({ text: message.text, id, at: performance.now(), headers: request.headers });
    const { status, retryAfter, after }: Reaction = reactions.shift() ?? { status: 200 };
    await after;
    if (retryAfter !== undefined) void reply.header("retry-after", retryAfter);
    return reply.code(status).send();
  });
  const address = await app.listen({ host: "127.0.0.1", port: 0 });
  return {
    got,
    texts: () => got.map(({ text }) => text),
    url: `${address}/telegram/webhook`,
    [Symbol.asyncDispose]: () => app.close(),
  };
}

const writes = ({ sandbox }: Story, userId: number, ...texts: string[]) =>
  texts.map((text) => sandbox.sends({ userId, text }).updateId ?? 0);

describe("Telegram posts updates to the bot's webhook", () => {
  test("in order, with the secret, the ones that waited before it was set too", async () => {
    await using bot = await botServer();
    await using story = await telegram();
    writes(story, ANI, "one");
    const set = await story.call("setWebhook", { url: bot.url, secret_token: "s-1" });
    expect(set).toMatchObject({ ok: true, result: true, description: "Webhook was set" });
    writes(story, ANI, "two", "three");
    await expect.poll(bot.texts).toEqual(["one", "two", "three"]);
    expect(bot.got[0]?.headers).toMatchObject({
      "x-telegram-bot-api-secret-token": "s-1",
      "content-type": "application/json",
    });
    expect(JSON.stringify(story.sandbox.wire())).not.toContain("s-1");
    const info = { url: bot.url, pending_update_count: 0, max_connections: 40 };
    await expect.poll(() => story.call("getWebhookInfo")).toMatchObject({ result: info });
  });

  test("a failure is repeated at once, then after two seconds, and holds up only its own chat", async () => {
    await using bot = await botServer([{ status: 500 }, { status: 503 }]);
    await using story = await telegram({ secondMs: 300 });
    await story.call("setWebhook", { url: bot.url });
    const [first] = writes(story, ANI, "first", "second");
    await expect.poll(() => bot.got.length).toBe(2);
    writes(story, KAREN, "other chat");
    await expect.poll(bot.texts).toEqual(["first", "first", "other chat", "first", "second"]);
    const tries = bot.got.filter(({ id }) => id === first).map(({ at }) => at);
    expect((tries[2] ?? 0) - (tries[1] ?? 0)).toBeGreaterThan(580);
    expect((tries[1] ?? 0) - (tries[0] ?? 0)).toBeLessThan(290);
    expect(await story.call("getWebhookInfo")).toMatchObject({
      result: { last_error_message: "Wrong response from the webhook: 503 Service Unavailable" },
    });
  });

  test("no more posts are on their way than the bot asked for", async () => {
    const { promise: after, resolve } = Promise.withResolvers<void>();
    await using bot = await botServer([{ status: 200, after }]);
    await using story = await telegram();
    await story.call("setWebhook", { url: bot.url, max_connections: 1 });
    writes(story, ANI, "one");
    writes(story, KAREN, "two");
    await expect.poll(bot.texts).toEqual(["one"]);
    expect(await story.call("getWebhookInfo")).toMatchObject({ result: { pending_update_count: 2 } });
    expect(bot.texts()).toEqual(["one"]);
    resolve();
    await expect.poll(bot.texts).toEqual(["one", "two"]);
  });

  test("the bot's Retry-After is honoured", async () => {
    await using bot = await botServer([{ status: 503, retryAfter: 5 }]);
    await using story = await telegram({ secondMs: 20 });
    await story.call("setWebhook", { url: bot.url });
    writes(story, ANI, "one");
    await expect.poll(() => bot.got.length).toBe(2);
    expect((bot.got[1]?.at ?? 0) - (bot.got[0]?.at ?? 0)).toBeGreaterThan(95);
  });

  test("a server that is down gets everything once it is up, a duplicate comes on request", async () => {
    await using story = await telegram({ secondMs: 20 });
    await story.call("setWebhook", { url: "http://127.0.0.1:9/" });
    const [id = 0] = writes(story, ANI, "one");
    const refused = { result: { pending_update_count: 1, last_error_message: "Connection refused" } };
    await expect.poll(() => story.call("getWebhookInfo")).toMatchObject(refused);
    await using bot = await botServer();
    await expect.poll(() => story.refusal("setWebhook", { url: bot.url })).toBe("accepted");
    await expect.poll(bot.texts).toEqual(["one"]);
    story.sandbox.redeliver(id);
    await expect.poll(() => bot.got.map((update) => update.id)).toEqual([id, id]);
  });

  test("410 for a day closes the webhook", async () => {
    let now = new Date("2026-11-24T00:00:00Z");
    await using bot = await botServer(Array.from({ length: 100 }, () => ({ status: 410 })));
    await using story = await telegram({ secondMs: 5, clock: () => now });
    await story.call("setWebhook", { url: bot.url });
    writes(story, ANI, "one");
    await expect.poll(() => bot.got.length).toBeGreaterThan(2);
    now = new Date("2026-11-24T23:30:00Z");
    await expect.poll(() => story.call("getWebhookInfo")).toMatchObject({ result: { url: "" } });
  });
});

describe("webhook and polling exclude each other", () => {
  test("polling is refused while a webhook is set, and setting one ends the waiting poll", async () => {
    await using bot = await botServer();
    await using story = await telegram();
    const waiting = story.refusal("getUpdates", { timeout: 50 });
    await expect.poll(() => story.sandbox.wire()).toHaveLength(1);
    await story.call("setWebhook", { url: bot.url });
    expect(await waiting).toBe("409 Conflict: terminated by setWebhook request");
  });

  test("once it is deleted, polling works and the updates are still there", async () => {
    await using story = await telegram();
    await story.call("setWebhook", { url: "http://127.0.0.1:9/" });
    writes(story, ANI, "one");
    expect(await story.refusal("getUpdates")).toMatch(/^409 Conflict: can't use getUpdates method while webhook/);
    expect(await story.call("deleteWebhook")).toMatchObject({ description: "Webhook was deleted" });
    expect(await story.call("getUpdates")).toMatchObject({ result: [{ message: { text: "one" } }] });
    const dropping = { drop_pending_updates: true };
    expect(await story.call("deleteWebhook", dropping)).toMatchObject({ description: "Webhook is already deleted" });
    expect(await story.call("getWebhookInfo")).toMatchObject({ result: { url: "", pending_update_count: 0 } });
  });

  test("a poller that is refused twice is held back for three seconds", async () => {
    await using story = await telegram({ secondMs: 30 });
    await story.call("setWebhook", { url: "http://127.0.0.1:9/" });
    await story.refusal("getUpdates");
    const started = performance.now();
    expect(await story.refusal("getUpdates")).toContain("409 Conflict");
    expect(performance.now() - started).toBeGreaterThan(85);
  });

  test("the same settings again change nothing; wrong ones are refused", async () => {
    await using story = await telegram();
    const url = "http://127.0.0.1:9/";
    await story.call("setWebhook", { url, secret_token: "a" });
    const again = await story.call("setWebhook", { url, secret_token: "a" });
    expect(again).toMatchObject({ result: true, description: "Webhook is already set" });
    const refusal = (params: object) => story.refusal("setWebhook", { url, ...params });
    expect(await refusal({ secret_token: "a b" })).toBe("400 Bad Request: secret token contains unallowed characters");
    expect(await refusal({ secret_token: "x".repeat(257) })).toBe("400 Bad Request: secret token is too long");
    expect(await refusal({ url: "nowhere" })).toBe("400 Bad Request: invalid webhook URL specified");
    expect(await refusal({ url: "http://pay.example/" })).toContain("An HTTPS URL must be provided for webhook");
    expect(await refusal({ url: "https://pay.example:3000/" })).toContain("only on ports 80, 88, 443 or 8443");
  });

  test("more than one setWebhook a second is refused", async () => {
    await using story = await telegram({
      limits: { chatPerSecond: 1, chatBurst: 5, botPerSecond: 30, groupPerMinute: 20 },
    });
    const url = "http://127.0.0.1:9/";
    await story.call("setWebhook", { url });
    expect(await story.call("setWebhook", { url })).toMatchObject({ status: 429, parameters: { retry_after: 1 } });
  });
});
