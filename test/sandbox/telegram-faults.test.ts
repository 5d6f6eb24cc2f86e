import { describe, expect, test } from "vitest";
import { flood, SERVER_ERROR } from "../../src/sandbox/telegram/faults.ts";
import { createTelegramSandbox } from "../../src/sandbox/telegram/telegram.ts";
import { ANI, KAREN, MANAGERS, telegram, TOKEN } from "./telegram-story.ts";

const HELLO = { chat_id: MANAGERS, text: "hello" };

describe("the line between bot and Telegram breaks on request", () => {
  test("an answer is lost after the message was sent", async () => {
    await using story = await telegram();
    story.sandbox.faults.add("sendMessage", { is: "answer_lost" });
    await expect(story.call("sendMessage", HELLO)).rejects.toThrow("fetch failed");
    expect(story.sandbox.chat(MANAGERS)).toHaveLength(1);
    expect(story.sandbox.wire()).toMatchObject([{ method: "sendMessage", status: null, fault: "answer_lost" }]);
  });

  test("a connection breaks before anything was sent", async () => {
    await using story = await telegram();
    story.sandbox.faults.add("*", { is: "reset" });
    await expect(story.call("sendMessage", HELLO)).rejects.toThrow("fetch failed");
    expect(story.sandbox.chat(MANAGERS)).toHaveLength(0);
    expect(await story.refusal("sendMessage", HELLO)).toBe("accepted");
  });

  test("Telegram stays silent, and still stops when told to", async () => {
    await using story = await telegram();
    story.sandbox.faults.add("sendMessage", { is: "hang", acted: true });
    const silent = story.call("sendMessage", HELLO);
    await expect.poll(() => story.sandbox.chat(MANAGERS)).toHaveLength(1);
    await Promise.all([expect(silent).rejects.toThrow("fetch failed"), story.sandbox.stop()]);
  });

  test("an answer comes late", async () => {
    await using story = await telegram();
    story.sandbox.faults.add("getMe", { is: "slow", ms: 60 });
    const started = performance.now();
    expect(await story.call("getMe")).toMatchObject({ ok: true, result: { username: "paythread_bot", is_bot: true } });
    expect(performance.now() - started).toBeGreaterThan(55);
  });

  test("errors stand in a queue of their method", async () => {
    await using story = await telegram();
    story.sandbox.faults.add("sendMessage", SERVER_ERROR, 2);
    story.sandbox.faults.add("sendMessage", flood(7));
    expect(await story.refusal("getMe")).toBe("accepted");
    expect(await story.refusal("sendMessage", HELLO)).toBe("500 Internal Server Error");
    expect(await story.refusal("sendMessage", HELLO)).toBe("500 Internal Server Error");
    expect(await story.call("sendMessage", HELLO)).toMatchObject({ status: 429, parameters: { retry_after: 7 } });
    expect(await story.refusal("sendMessage", HELLO)).toBe("accepted");
  });

  test("a proxy answers in Telegram's place", async () => {
    await using story = await telegram();
    story.sandbox.faults.add("getMe", { is: "bad_gateway" });
    const response = await fetch(`${story.sandbox.apiRoot}/bot${TOKEN}/getMe`);
    expect(response.status).toBe(502);
    expect(response.headers.get("content-type")).toContain("text/html");
  });
});

describe("a bot that writes too fast is told to wait", () => {
  const limits = { chatPerSecond: 1, chatBurst: 5, botPerSecond: 8, groupPerMinute: 20 };

  test("five messages to one chat pass, the sixth does not, another chat does; all chats share the bot's rate", async () => {
    await using story = await telegram({ limits });
    for (const userId of [ANI, KAREN]) story.sandbox.sends({ userId, text: "/start" });
    const to = (chat_id: number) => story.call("sendMessage", { chat_id, text: "x" });
    for (let sent = 0; sent < 5; sent += 1) expect(await to(ANI)).toMatchObject({ ok: true });
    expect(await to(ANI)).toMatchObject({
      status: 429,
      description: "Too Many Requests: retry after 1",
      parameters: { retry_after: 1 },
    });
    const others = await Promise.all([KAREN, KAREN, KAREN, MANAGERS, MANAGERS, MANAGERS].map(to));
    expect(others.filter(({ status }) => status === 429).length).toBeGreaterThan(0);
  });

  test("edits in a group have a rate of their own", async () => {
    await using story = await telegram({ limits: { ...limits, botPerSecond: 100 } });
    await story.call("sendMessage", HELLO);
    const edit = (text: string) => story.call("editMessageText", { chat_id: MANAGERS, message_id: 1, text });
    for (let edits = 0; edits < 20; edits += 1) expect(await edit(`${edits}`)).toMatchObject({ ok: true });
    expect(await edit("last")).toMatchObject({ status: 429, parameters: { retry_after: 3 } });
  });

  test("a message that could never be sent does not count", async () => {
    await using story = await telegram({ limits });
    for (let sent = 0; sent < 9; sent += 1) await story.call("sendMessage", { chat_id: MANAGERS, text: "" });
    expect(await story.refusal("sendMessage", HELLO)).toBe("accepted");
  });

  test("having waited, it may write again", async () => {
    await using story = await telegram({ limits, secondMs: 30 });
    for (let sent = 0; sent < 7; sent += 1) await story.call("sendMessage", HELLO);
    await expect.poll(() => story.refusal("sendMessage", HELLO)).toBe("accepted");
  });
});

describe("the wire is shown to people", () => {
  test("a token that found its way into a message is not shown", async () => {
    await using story = await telegram();
    await story.call("sendMessage", { chat_id: MANAGERS, text: `my token is ${TOKEN}` });
    expect(story.sandbox.wire()).toMatchObject([{ request: { text: "my token is <token>" }, status: 200 }]);
    expect(JSON.stringify(story.sandbox.wire())).not.toContain(TOKEN);
  });
});

describe("Telegram outlives a restart", () => {
  test("chats, keyboards, pending updates and counters come back from plain JSON", async () => {
    let changes = 0;
    await using story = await telegram({ onChange: () => (changes += 1) });
    const { updateId } = story.sandbox.sends({ userId: ANI, text: "/start" });
    await story.call("sendMessage", { chat_id: ANI, text: "hello" });
    expect(changes).toBe(2);
    const saved: unknown = JSON.parse(JSON.stringify(story.sandbox.snapshot()));

    await using later = await telegram({ state: saved });
    expect(await later.call("getUpdates")).toMatchObject({ result: [{ update_id: updateId }] });
    expect(await later.call("sendMessage", { chat_id: ANI, text: "again" })).toMatchObject({
      result: { message_id: 3 },
    });
    expect(JSON.parse(JSON.stringify(later.sandbox.chat(ANI).slice(0, 2)))).toEqual(
      JSON.parse(JSON.stringify(story.sandbox.chat(ANI))),
    );
    expect(later.sandbox.wire()).toHaveLength(2);
  });

  test("a stopped Telegram refuses connections and starts again on its port", async () => {
    await using story = await telegram();
    const port = Number(new URL(story.sandbox.apiRoot).port);
    await story.sandbox.stop();
    await expect(story.call("getMe")).rejects.toThrow("fetch failed");
    await story.sandbox.start(port);
    expect(await story.refusal("getMe")).toBe("accepted");
  });

  test("without an address it says what to do", () => {
    const bot = { id: 1, username: "a_bot", first_name: "a" };
    expect(() => createTelegramSandbox({ botToken: TOKEN, bot }).apiRoot).toThrow("start() it first");
  });
});
