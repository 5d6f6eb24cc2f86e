import { describe, expect, test } from "vitest";
import { slackWorld } from "./slack-world.ts";

const soon = { eventRetryDelaysMs: [0, 5, 5] };

describe("a person mentions the app", () => {
  test("the app gets one signed event with the text and the thread", async () => {
    await using world = await slackWorld();
    const { message: root } = await world.slack.say({ userId: "U1ANI", channelId: "C1SALES", text: "hello" });
    expect(world.app.received).toEqual([]);
    const text = "<@U0PAYTHREAD> INV-1042";
    await world.slack.say({ userId: "U1ANI", channelId: "C1SALES", text, threadTs: root.ts });

    expect(world.app.received).toMatchObject([{ genuine: true, headers: { "content-type": "application/json" } }]);
    expect(JSON.parse(world.app.received[0]?.body ?? "")).toMatchObject({
      type: "event_callback",
      team_id: "T0SANDBOX",
      event: { type: "app_mention", text, channel: "C1SALES", thread_ts: root.ts, user: "U1ANI" },
    });
  });

  test("in a channel the app has not joined, nothing is sent", async () => {
    await using world = await slackWorld();
    await world.slack.say({ userId: "U1ANI", channelId: "C2UNJOINED", text: "<@U0PAYTHREAD> help" });
    expect(world.app.received).toEqual([]);
  });
});

describe("the app fails to take an event", () => {
  test("it comes again under the same id with the retry headers, until it is taken", async () => {
    await using world = await slackWorld(soon);
    world.app.answer = () => ({ status: world.app.received.length < 3 ? 500 : 200 });
    const deliveries = await world.slack.event({ type: "app_home_opened", user: "U1ANI", tab: "home" });

    expect(deliveries.map(({ status }) => status)).toEqual([500, 500, 200]);
    const retries = world.app.received.map(({ headers }) => headers["x-slack-retry-num"]);
    expect(retries).toEqual([undefined, "1", "2"]);
    expect(world.app.received[1]?.headers["x-slack-retry-reason"]).toBe("http_error");
    expect(new Set(world.app.received.map(({ body }) => body)).size).toBe(1);
  });

  test("after three more tries, or when the app asks for none, Slack gives up", async () => {
    await using world = await slackWorld(soon);
    world.app.answer = () => ({ status: 500 });
    expect(await world.slack.event({ type: "app_home_opened" })).toHaveLength(4);
    world.app.answer = () => ({ status: 500, headers: { "x-slack-no-retry": "1" } });
    expect(await world.slack.event({ type: "app_home_opened" })).toHaveLength(1);
  });

  test("an answer that comes too late counts as none", async () => {
    await using world = await slackWorld({ ...soon, answerWithinMs: 400 });
    world.app.answer = () => ({ silent: world.app.received.length === 1 });
    expect(await world.slack.event({ type: "app_home_opened" })).toMatchObject([{ late: true }, { status: 200 }]);
    expect(world.app.received[1]?.headers["x-slack-retry-reason"]).toBe("http_timeout");
  });

  test("stopping the stand-in ends the wait for the next try", async () => {
    const world = await slackWorld({ eventRetryDelaysMs: [600_000] });
    world.app.answer = () => ({ status: 500 });
    const event = world.slack.event({ type: "app_home_opened" });
    await expect.poll(() => world.app.received.length).toBe(1);
    await world[Symbol.asyncDispose]();
    expect(await event).toHaveLength(1);
  });
});

test("the address is verified with a signed challenge, the certificate without a signature", async () => {
  await using world = await slackWorld();
  world.app.answer = ({ body }) => ({ body: /"challenge":"([^"]+)"/.exec(body)?.[1] ?? "" });
  const { body, sent } = await world.slack.verifyAddress();
  expect(body).toHaveLength(32);
  expect(sent.body).toContain(body);
  world.app.answer = () => ({});
  await world.slack.checkCertificate();
  expect(world.app.received.map(({ genuine }) => genuine)).toEqual([true, false]);
});
