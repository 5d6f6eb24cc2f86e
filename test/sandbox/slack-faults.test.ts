import { describe, expect, test } from "vitest";
import { BOT_TOKEN, errorOf, slackWorld, type World } from "./slack-world.ts";

const post = (world: World) => world.post({ channel: "C1SALES", text: "hello" });

describe("a call goes wrong as ordered", () => {
  test("an answer that is lost after acting: the client sees a broken connection, the message is there", async () => {
    await using world = await slackWorld();
    world.slack.faults.add("chat.postMessage", { is: "answer_lost" });
    await expect(post(world)).rejects.toMatchObject({ code: "slack_webapi_request_error" });
    expect(world.slack.messages("C1SALES")).toHaveLength(1);
    await post(world);
    expect(world.slack.messages("C1SALES")).toHaveLength(2);
  });

  test("a call that hangs lasts until the client gives up, and has done nothing", async () => {
    await using world = await slackWorld();
    world.slack.faults.add("chat.postMessage", { is: "hang" });
    const patience = new AbortController();
    const hanging = fetch(`${world.slack.apiUrl}chat.postMessage`, {
      method: "POST",
      headers: { authorization: `Bearer ${BOT_TOKEN}` },
      body: new URLSearchParams({ channel: "C1SALES", text: "hello" }),
      signal: patience.signal,
    });
    await expect.poll(() => world.slack.wire()).toHaveLength(1);
    patience.abort();
    await expect(hanging).rejects.toThrow("abort");
    expect(world.slack.messages("C1SALES")).toEqual([]);
    expect(world.slack.wire()).toMatchObject([{ name: "chat.postMessage", status: 0, fault: "hang" }]);
  });

  test("500 and 404 have done nothing unless it was ordered after acting", async () => {
    await using world = await slackWorld();
    world.slack.faults.add("chat.postMessage", { is: "http", status: 500 });
    world.slack.faults.add("chat.postMessage", { is: "http", status: 404, afterActing: true });
    await expect(post(world)).rejects.toMatchObject({ statusCode: 500 });
    expect(world.slack.messages("C1SALES")).toEqual([]);
    await expect(post(world)).rejects.toMatchObject({ statusCode: 404 });
    expect(world.slack.messages("C1SALES")).toHaveLength(1);
  });

  test("429 tells when to come back; any error code can be ordered, so many times", async () => {
    await using world = await slackWorld();
    world.slack.faults.add("chat.postMessage", { is: "rate_limited", retryAfterSeconds: 7 });
    world.slack.faults.add("chat.postMessage", { is: "error", code: "internal_error" }, 2);
    await expect(post(world)).rejects.toMatchObject({ retryAfter: 7 });
    expect([await errorOf(post(world)), await errorOf(post(world))]).toEqual(["internal_error", "internal_error"]);
    expect(world.slack.faults.left("chat.postMessage")).toBe(0);
    expect(await errorOf(post(world))).toBe("ok");
  });

  test("broken JSON and slowness act; a response URL can fail too", async () => {
    await using world = await slackWorld();
    world.slack.faults.add("chat.postMessage", { is: "broken_json" });
    world.slack.faults.add("chat.postMessage", { is: "slow", ms: 60 });
    await expect(post(world)).rejects.toBeInstanceOf(Error);
    const began = performance.now();
    await post(world);
    expect(performance.now() - began).toBeGreaterThan(55);
    expect(world.slack.messages("C1SALES")).toHaveLength(2);

    world.slack.faults.add("response_url", { is: "http", status: 500 });
    await world.slack.command({ userId: "U1ANI", channelId: "C1SALES", text: "help" });
    const url = new URLSearchParams(world.app.received[0]?.body).get("response_url") ?? "";
    const response = await fetch(url, { method: "POST", body: JSON.stringify({ text: "hello" }) });
    expect(response.status).toBe(500);
    expect(world.slack.ephemerals("U1ANI")).toEqual([]);
  });
});

describe("the wire", () => {
  test("shows both directions in order with what was asked and answered, and never the bot token", async () => {
    await using world = await slackWorld();
    await world.slack.command({ userId: "U1ANI", channelId: "C1SALES", text: "INV-1042" });
    await world.post({ channel: "C1SALES", text: `the token is ${BOT_TOKEN}` });
    await world.slack.event({ type: "app_home_opened", user: "U1ANI" });

    expect(world.slack.wire()).toMatchObject([
      { direction: "to_app", kind: "command", name: "/paylink", request: { body: { text: "INV-1042" } }, status: 200 },
      { direction: "from_app", kind: "web_api", name: "chat.postMessage", response: { ok: true }, status: 200 },
      { direction: "to_app", kind: "event", name: "app_home_opened" },
    ]);
    expect(JSON.stringify(world.slack.wire())).not.toContain(BOT_TOKEN);
  });
});

describe("the stand-in starts again with what it had", () => {
  test("messages, ephemerals and home are there, and no ts is given twice", async () => {
    await using before = await slackWorld();
    const first = await post(before);
    await before.client.chat.postEphemeral({ channel: "C1SALES", user: "U1ANI", text: "psst" });
    await before.client.views.publish({ user_id: "U1ANI", view: { type: "home", blocks: [] } });
    const snapshot = before.slack.snapshot();
    const state: unknown = JSON.parse(JSON.stringify(snapshot));
    await before.slack.say({ channelId: "C1SALES", userId: "U1ANI", text: "after the snapshot" });
    expect(snapshot).toEqual(state);

    await using after = await slackWorld({ state, clock: () => new Date(0) });
    expect(after.slack.messages("C1SALES")).toEqual(snapshot.messages);
    expect(after.slack.ephemerals("U1ANI")).toMatchObject([{ text: "psst" }]);
    expect(after.slack.views("U1ANI")).toHaveLength(1);
    const second = await post(after);
    expect(Number(second.ts)).toBeGreaterThan(Number(first.ts));
    await after.client.chat.update({ channel: "C1SALES", ts: first.ts ?? "", text: "edited" });
    expect(before.slack.messages("C1SALES")).toMatchObject([{ text: "hello" }, { text: "after the snapshot" }]);
  });

  test("a state that is not one refuses to start", async () => {
    await expect(slackWorld({ state: { version: 2 } })).rejects.toThrow(/version/);
  });
});

test("whoever listens hears of each change until they stop listening", async () => {
  await using world = await slackWorld();
  let changes = 0;
  const stop = world.slack.onChange(() => (changes += 1));
  await post(world);
  expect(changes).toBe(1);
  stop();
  await post(world);
  expect(changes).toBe(1);
});
