import { describe, expect, test } from "vitest";
import { BOT_TOKEN, errorOf, movableClock, slackWorld, type World } from "./slack-world.ts";

const plain = (text: string) => ({ type: "plain_text", text });
const section = (text: string) => ({ type: "section", text: { type: "mrkdwn", text } });
const button = (fields: object) => ({ type: "button", text: plain("Go"), ...fields });
const actions = (...elements: object[]) => ({ type: "actions", elements });
const times = (count: number, make: (index: number) => object) =>
  Array.from({ length: count }, (_, index) => make(index));

function post({ client }: World, blocks: unknown): Promise<string> {
  return errorOf(client.apiCall("chat.postMessage", { channel: "C1SALES", text: "card", blocks }));
}

describe("blocks at the limit pass, one more is refused", () => {
  const tooMuch: Record<string, [atLimit: object[], beyond: object[], code?: string]> = {
    "50 blocks": [times(50, () => ({ type: "divider" })), times(51, () => ({ type: "divider" }))],
    "3000 characters in a section": [[section("x".repeat(3_000))], [section("x".repeat(3_001))]],
    "75 characters on a button": [
      [actions(button({ text: plain("x".repeat(75)) }))],
      [actions(button({ text: plain("x".repeat(76)) }))],
    ],
    "2000 characters of value": [
      [actions(button({ value: "x".repeat(2_000) }))],
      [actions(button({ value: "x".repeat(2_001) }))],
    ],
    "255 characters of action_id": [
      [actions(button({ action_id: "x".repeat(255) }))],
      [actions(button({ action_id: "x".repeat(256) }))],
    ],
    "25 elements in a row": [[actions(...times(25, () => button({})))], [actions(...times(26, () => button({})))]],
    "150 characters of header": [
      [{ type: "header", text: plain("x".repeat(150)) }],
      [{ type: "header", text: plain("x".repeat(151)) }],
    ],
    "10 elements of context": [
      [{ type: "context", elements: times(10, () => plain("x")) }],
      [{ type: "context", elements: times(11, () => plain("x")) }],
    ],
    "13200 characters in all": [
      times(6, () => section("x".repeat(2_200))),
      times(6, () => section("x".repeat(2_201))),
      "msg_blocks_too_long",
    ],
    "one use of a block_id": [
      [{ type: "divider", block_id: "a" }],
      times(2, () => ({ type: "divider", block_id: "a" })),
    ],
    "one use of an action_id in a block": [
      [actions(button({ action_id: "a" }))],
      [actions(...times(2, () => button({ action_id: "a" })))],
    ],
    "known keys": [[actions(button({ style: "danger" }))], [actions(button({ colour: "red" }))]],
  };
  test.for(Object.entries(tooMuch))("%s", async ([, [atLimit, beyond, code = "invalid_blocks"]]) => {
    await using world = await slackWorld();
    expect(await post(world, atLimit)).toBe("ok");
    expect(await post(world, beyond)).toBe(code);
    expect(world.slack.messages("C1SALES")).toHaveLength(1);
  });

  test("the refusal names the place", async () => {
    await using world = await slackWorld();
    const call = world.client.apiCall("chat.postMessage", { channel: "C1SALES", text: "x", blocks: [section("")] });
    await expect(call).rejects.toMatchObject({
      data: { response_metadata: { messages: [expect.stringContaining("[json-pointer:/blocks/0/text/text]")] } },
    });
  });

  test("blocks that are not a list of blocks are another error", async () => {
    await using world = await slackWorld();
    expect(await post(world, "[{")).toBe("invalid_blocks_format");
    expect(await post(world, { type: "divider" })).toBe("invalid_blocks_format");
  });
});

describe("text", () => {
  test("of 4001 characters is refused on update and to one person; a post is cut at 40000", async () => {
    await using world = await slackWorld();
    const text = "x".repeat(4_001);
    const { ts = "" } = await world.post({ channel: "C1SALES", text: "x".repeat(40_001) });
    expect(world.slack.messages("C1SALES")[0]?.text).toHaveLength(40_000);
    expect(await errorOf(world.client.chat.update({ channel: "C1SALES", ts, text }))).toBe("msg_too_long");
    const hidden = world.client.chat.postEphemeral({ channel: "C1SALES", user: "U1ANI", text });
    expect(await errorOf(hidden)).toBe("msg_too_long");
  });

  test("must be there when there are no blocks", async () => {
    await using world = await slackWorld();
    expect(await errorOf(world.post({ channel: "C1SALES", text: "" }))).toBe("no_text");
  });
});

describe("arguments", () => {
  test("missing, unknown and of the wrong kind are refused, and so is an unknown method", async () => {
    await using world = await slackWorld();
    const call = (method: string, args: Record<string, unknown>) => errorOf(world.client.apiCall(method, args));
    expect(await call("chat.postMessage", { text: "x" })).toBe("missing_argument");
    expect(await call("chat.postMessage", { channel: "C1SALES", text: "x", colour: "red" })).toBe("invalid_arguments");
    expect(await call("users.info", { user: "U1ANI", include_locale: "perhaps" })).toBe("invalid_arguments");
    expect(await call("chat.shout", {})).toBe("unknown_method");
    const metadata = { event_type: "x" };
    expect(await call("chat.postMessage", { channel: "C1SALES", text: "x", metadata })).toBe("invalid_metadata_schema");
    expect(world.slack.messages("C1SALES")).toEqual([]);
  });

  test("a call without a token, and one in JSON, are refused", async () => {
    await using world = await slackWorld();
    const ask = async (headers: Record<string, string>) => {
      const response = await fetch(`${world.slack.apiUrl}auth.test`, { method: "POST", headers, body: "" });
      return response.json();
    };
    expect(await ask({})).toEqual({ ok: false, error: "invalid_post_type" });
    expect(await ask({ "content-type": "application/x-www-form-urlencoded" })).toEqual({
      ok: false,
      error: "not_authed",
    });
    expect(await ask({ authorization: `Bearer ${BOT_TOKEN}`, "content-type": "application/json" })).toEqual({
      ok: false,
      error: "invalid_post_type",
    });
  });
});

describe("the app calls too often", () => {
  test("five posts in a burst pass, the sixth waits a second, other channels and methods do not", async () => {
    const time = movableClock();
    await using world = await slackWorld({ clock: time.clock });
    const say = (channel: string) => world.post({ channel, text: "x" });
    for (let burst = 1; burst <= 5; burst += 1) await say("C1SALES");

    await expect(say("C1SALES")).rejects.toMatchObject({ retryAfter: 1 });
    await say("C5SHARED");
    await world.client.users.info({ user: "U1ANI" });
    time.pass(1_000);
    await say("C1SALES");
    expect(world.slack.messages("C1SALES")).toHaveLength(6);
  });

  test("twenty user group lists a minute pass, the next is told when to come back", async () => {
    const time = movableClock();
    await using world = await slackWorld({ clock: time.clock });
    const list = () => world.client.usergroups.users.list({ usergroup: "S1LEADS" });
    for (let call = 1; call <= 20; call += 1) await list();
    await expect(list()).rejects.toMatchObject({ retryAfter: 3 });
    time.pass(3_000);
    await list();
  });
});
