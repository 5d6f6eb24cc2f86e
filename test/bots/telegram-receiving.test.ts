import { Api } from "grammy";
import { describe, expect, test } from "vitest";
import { registerCommands, registerManagerCommands } from "../../bots/telegram/commands.ts";
import { createPoller, type OffsetStore, type PollerParts } from "../../bots/telegram/poller.ts";
import { botIdOf, type KeptUpdate, updateToKeep } from "../../bots/telegram/updates.ts";
import { ensureWebhook } from "../../bots/telegram/webhook.ts";
import { ANI, KAREN, MANAGERS, TOKEN, telegram } from "../sandbox/telegram-story.ts";
import { SPEC_PRESENT, telegramViolations } from "../specs/telegram-spec.ts";

const PAUSES = { firstMs: 5, mostMs: 20, conflictMs: 10 };

/** An inbox in memory that keeps a batch and its offset together, or fails and keeps neither. */
function createInbox(
  failures = 0,
): OffsetStore & { readonly kept: KeptUpdate[]; readonly offset: () => number | undefined } {
  const kept: KeptUpdate[] = [];
  let left = failures;
  let offset: number | undefined;
  return {
    kept,
    offset: () => offset,
    load: async () => offset,
    keepBatch: async (updates, nextOffset) => {
      left -= 1;
      if (left >= 0) throw new Error("the database is down");
      kept.push(...updates);
      offset = nextOffset;
    },
  };
}

async function polling(failures = 0, more: Partial<PollerParts> = {}, secondMs = 20) {
  const story = await telegram({ secondMs });
  const inbox = createInbox(failures);
  const troubles: string[] = [];
  const poller = createPoller({
    token: TOKEN,
    apiRoot: story.sandbox.apiRoot,
    offsetStore: inbox,
    trouble: ({ message }) => void troubles.push(message),
    pauses: PAUSES,
    ...more,
  });
  const texts = () => inbox.kept.map(({ body }) => JSON.stringify(body).match(/"text":"([^"]*)"/)?.[1]);
  return {
    ...story,
    inbox,
    troubles,
    poller,
    texts,
    [Symbol.asyncDispose]: async () => {
      poller.stop();
      await story.sandbox.stop();
    },
  };
}

describe("updates are polled", () => {
  test("each is kept once, with the lane of its chat, and is confirmed only afterwards", async () => {
    await using story = await polling();
    const running = story.poller.run();
    const { updateId } = story.sandbox.sends({ userId: KAREN, text: "one" });
    await expect.poll(story.texts).toEqual(["one"]);
    expect(story.inbox.kept[0]).toMatchObject({
      source: "telegram",
      key: `7000000001:${updateId}`,
      lane: `telegram:7000000001:${KAREN}`,
    });
    story.sandbox.sends({ userId: ANI, text: "two" });
    await expect.poll(story.texts).toEqual(["one", "two"]);
    story.poller.stop();
    await running;
    expect(SPEC_PRESENT ? telegramViolations(story.sandbox.wire()) : []).toEqual([]);
  });

  test("the database was down: the batch was not confirmed and comes again", async () => {
    await using story = await polling(2);
    story.sandbox.sends({ userId: KAREN, text: "one" });
    void story.poller.run();
    await expect.poll(story.texts).toEqual(["one"]);
    expect(story.troubles).toEqual(["the database is down", "the database is down"]);
  });

  test("the connection breaks and Telegram fails: polling goes on, and says what it met without the token", async () => {
    await using story = await polling();
    story.sandbox.faults.add("getUpdates", { is: "reset" });
    story.sandbox.faults.add("getUpdates", { is: "bad_gateway" });
    story.sandbox.sends({ userId: KAREN, text: "one" });
    void story.poller.run();
    await expect.poll(story.texts).toEqual(["one"]);
    expect(story.troubles).toHaveLength(2);
    expect(story.troubles.join()).not.toContain(TOKEN.split(":")[1]);
  });

  test("another process polls: it waits a poll's length, and takes over when that one has ended", async () => {
    await using story = await polling(0, { pauses: { firstMs: 60_000, mostMs: 60_000, conflictMs: 10 } });
    const description =
      "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running";
    story.sandbox.faults.add("getUpdates", { is: "error", status: 409, description }, 2);
    story.sandbox.sends({ userId: KAREN, text: "one" });
    void story.poller.run();
    await expect.poll(story.texts).toEqual(["one"]);
    expect(story.troubles).toEqual(Array(2).fill(expect.stringContaining("another process is polling")));
  });

  test("a webhook from before is taken away, and what waited for it is not dropped", async () => {
    await using story = await polling();
    await story.call("setWebhook", { url: "http://127.0.0.1:9/telegram/webhook" });
    story.sandbox.sends({ userId: KAREN, text: "waited" });
    void story.poller.run();
    await expect.poll(story.texts).toEqual(["waited"]);
    expect(story.sandbox.wire().filter(({ method }) => method === "deleteWebhook")).toHaveLength(1);
  });

  test("no webhook was set: nothing is deleted", async () => {
    await using story = await polling();
    void story.poller.run();
    story.sandbox.sends({ userId: KAREN, text: "one" });
    await expect.poll(story.texts).toEqual(["one"]);
    expect(story.sandbox.wire().map(({ method }) => method)).not.toContain("deleteWebhook");
  });

  test("Telegram refuses the token: polling ends and says which setting is wrong", async () => {
    await using story = await polling(0, { token: "7000000001:AAwrong_token_wrong_token_wrong_token0" });
    await expect(story.poller.run()).rejects.toThrow("set TELEGRAM_BOT_TOKEN anew");
  });

  test("stopping ends a poll that would wait for 25 seconds at once", async () => {
    await using story = await polling(0, {}, 1000);
    const running = story.poller.run();
    await expect.poll(() => story.sandbox.wire().map(({ method }) => method)).toContain("getUpdates");
    story.poller.stop();
    await expect(running).resolves.toBeUndefined();
  });

  test("stopping ends a pause at once too", async () => {
    await using story = await polling(1, { pauses: { firstMs: 60_000, mostMs: 60_000, conflictMs: 60_000 } });
    story.sandbox.sends({ userId: KAREN, text: "one" });
    const running = story.poller.run();
    await expect.poll(() => story.troubles.length).toBe(1);
    story.poller.stop();
    await expect(running).resolves.toBeUndefined();
  });
});

describe("an update is kept", () => {
  const chat = { id: 5_000_000_001, type: "private" };

  test.each([
    ["a message", { message: { chat } }, chat.id],
    ["a press", { callback_query: { from: { id: 7 }, message: { chat } } }, chat.id],
    ["a press on a message sent elsewhere", { callback_query: { from: { id: 7 }, inline_message_id: "a" } }, 7],
    ["a block", { my_chat_member: { chat } }, chat.id],
  ])("%s goes to the lane of its chat or person, with everything that came", (_kind, content, whose) => {
    const body = { update_id: 9, ...content };
    const lane = `telegram:42:${whose}`;
    expect(updateToKeep("42", body)).toEqual({
      source: "telegram",
      key: "42:9",
      lane,
      requestId: "telegram:42:9",
      body,
    });
  });

  test.each([
    { update_id: 9 },
    { update_id: 9, poll: { id: "1" } },
    { update_id: "9", message: { chat } },
    null,
    "hello",
  ])("%j is nothing for us", (body) => expect(updateToKeep("42", body)).toBeUndefined());

  test("the bot's number is known from its token", () => expect(botIdOf(TOKEN)).toBe("7000000001"));
});

const WEBHOOK = { url: "https://pay.example.am/telegram/webhook", secret: "s3cret-of_the-webhook" };

describe("the service starts with a webhook", () => {
  const started = async () => {
    const story = await telegram({ secondMs: 20 });
    return { ...story, api: new Api(TOKEN, { apiRoot: story.sandbox.apiRoot }) };
  };

  test("Telegram delivers there, only what we handle, and drops nothing", async () => {
    await using story = await started();
    await ensureWebhook(story.api, WEBHOOK);
    await ensureWebhook(story.api, WEBHOOK);
    const { result } = await story.call("getWebhookInfo");
    expect(result).toMatchObject({
      url: WEBHOOK.url,
      allowed_updates: ["message", "callback_query", "my_chat_member"],
    });
    expect(SPEC_PRESENT ? telegramViolations(story.sandbox.wire()) : []).toEqual([]);
  });

  const flood = {
    is: "error",
    status: 429,
    description: "Too Many Requests: retry after 1",
    parameters: { retry_after: 1 },
  } as const;

  test("another copy just set it: being asked to wait is no failure", async () => {
    await using story = await started();
    await ensureWebhook(story.api, WEBHOOK);
    story.sandbox.faults.add("setWebhook", flood);
    await expect(ensureWebhook(story.api, WEBHOOK)).resolves.toBeUndefined();
  });

  test("asked to wait while another address stands: that is told", async () => {
    await using story = await started();
    await ensureWebhook(story.api, { ...WEBHOOK, url: "https://old.example.am/telegram/webhook" });
    story.sandbox.faults.add("setWebhook", flood);
    await expect(ensureWebhook(story.api, WEBHOOK)).rejects.toMatchObject({ again: true, retryAfterSeconds: 1 });
  });

  test("the menu of a private chat is there in every language, and is written only when it differs", async () => {
    await using story = await started();
    const writes = () => story.sandbox.wire().filter(({ method }) => method === "setMyCommands").length;
    await registerCommands(story.api);
    expect(writes()).toBe(4);
    await registerCommands(story.api);
    expect(writes()).toBe(4);
    const scope = { type: "all_private_chats" };
    const { result } = await story.call("getMyCommands", { scope, language_code: "ru" });
    expect(result).toContainEqual({ command: "language", description: "Сменить язык" });
    expect(SPEC_PRESENT ? telegramViolations(story.sandbox.wire()) : []).toEqual([]);
  });

  test("the menu of a managers' group offers /paylink; a group without the bot is told of and hinders no other", async () => {
    await using story = await started();
    const trouble: string[] = [];
    const chats = ["-100999", `${MANAGERS}/7`, String(MANAGERS), "42"];
    await registerManagerCommands(story.api, chats, ({ message }) => void trouble.push(message));
    expect(trouble).toEqual([expect.stringContaining("does not exist")]);
    const scope = { type: "chat", chat_id: MANAGERS };
    const { result } = await story.call("getMyCommands", { scope, language_code: "ru" });
    expect(result).toEqual([{ command: "paylink", description: "Ссылка на оплату, например /paylink INV-1042" }]);
    expect(SPEC_PRESENT ? telegramViolations(story.sandbox.wire()) : []).toEqual([]);
  });
});
