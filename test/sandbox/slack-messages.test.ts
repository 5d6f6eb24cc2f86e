import { describe, expect, test } from "vitest";
import { pings } from "../../src/sandbox/slack/mentions.ts";
import { slackViolations } from "../specs/slack-spec.ts";
import { slackSpecPresent } from "../specs/slack-spec.ts";
import { clientOf, errorOf, movableClock, slackWorld } from "./slack-world.ts";

const card = [
  { type: "section", text: { type: "mrkdwn", text: "INV-1042" } },
  {
    type: "actions",
    elements: [
      { type: "button", action_id: "paylink.send", text: { type: "plain_text", text: "Send" }, value: "link-1" },
    ],
  },
];

describe("the app posts into a channel it has joined", () => {
  test("the message stands there with its blocks and metadata, and its ts is greater than every ts before", async () => {
    await using world = await slackWorld(movableClock());
    const metadata = { event_type: "outbox", event_payload: { outbox_id: "7" } };
    const first = await world.post({ channel: "C1SALES", text: "one", blocks: card, metadata });
    const second = await world.post({ channel: "C1SALES", text: "two" });

    expect(world.slack.messages("C1SALES")).toMatchObject([
      { ts: first.ts, text: "one", metadata, fromApp: true, edits: 0 },
      { ts: second.ts, text: "two", metadata: null },
    ]);
    expect(Number(second.ts)).toBeGreaterThan(Number(first.ts));
    expect(first.ts).toMatch(/^\d{10}\.\d{6}$/);
  });

  test("blocks without a name get one, as the clicks on them need it", async () => {
    await using world = await slackWorld();
    await world.post({ channel: "C1SALES", text: "one", blocks: card });

    const [message] = world.slack.messages("C1SALES");
    expect(message?.blocks.every((block) => typeof block["block_id"] === "string")).toBe(true);
  });

  test("history gives the newest first, metadata only when asked, replies only when broadcast", async () => {
    await using world = await slackWorld();
    const metadata = { event_type: "outbox", event_payload: { outbox_id: "7" } };
    const { ts = "" } = await world.post({ channel: "C1SALES", text: "root", metadata });
    const inThread = { channel: "C1SALES", thread_ts: ts };
    await world.post({ ...inThread, text: "quiet" });
    await world.post({ ...inThread, text: "loud", reply_broadcast: true });

    const plain = await world.client.conversations.history({ channel: "C1SALES" });
    expect(plain.messages?.map(({ text }) => text)).toEqual(["loud", "root"]);
    expect(plain.messages?.[1]).not.toHaveProperty("metadata");
    const full = await world.client.conversations.history({ channel: "C1SALES", include_all_metadata: true });
    expect(full.messages?.[1]).toHaveProperty("metadata.event_payload.outbox_id", "7");
    const thread = await world.client.conversations.replies({ channel: "C1SALES", ts });
    expect(thread.messages?.map(({ text }) => text)).toEqual(["root", "quiet", "loud"]);
    expect(thread.messages?.[0]).toMatchObject({ reply_count: 2, thread_ts: ts });
  });

  test("history is read page by page", async () => {
    await using world = await slackWorld();
    for (const text of ["a", "b", "c"]) await world.post({ channel: "C1SALES", text });

    const first = await world.client.conversations.history({ channel: "C1SALES", limit: 2 });
    const cursor = first.response_metadata?.next_cursor ?? "";
    const rest = await world.client.conversations.history({ channel: "C1SALES", limit: 2, cursor });
    expect([first.has_more, rest.has_more]).toEqual([true, false]);
    expect(rest.messages?.map(({ text }) => text)).toEqual(["a"]);
  });

  test("a reply to a reply joins the same thread; a thread under nothing is refused", async () => {
    await using world = await slackWorld();
    const root = await world.post({ channel: "C1SALES", text: "root" });
    const reply = await world.post({ channel: "C1SALES", text: "1", thread_ts: root.ts ?? "" });
    await world.post({ channel: "C1SALES", text: "2", thread_ts: reply.ts ?? "" });

    expect(world.slack.messages("C1SALES").map(({ threadTs }) => threadTs)).toEqual([null, root.ts, root.ts]);
    const lost = world.post({ channel: "C1SALES", text: "3", thread_ts: "1.000001" });
    expect(await errorOf(lost)).toBe("cannot_reply_to_message");
  });
});

describe("the app edits its message", () => {
  test("the edit is counted; metadata stays when not given and goes with {}", async () => {
    await using world = await slackWorld();
    const metadata = { event_type: "outbox", event_payload: { outbox_id: "7" } };
    const { ts = "" } = await world.post({ channel: "C1SALES", text: "one", metadata });
    await world.client.chat.update({ channel: "C1SALES", ts, text: "two" });
    expect(world.slack.messages("C1SALES")).toMatchObject([{ text: "two", edits: 1, metadata }]);
    await world.client.apiCall("chat.update", { channel: "C1SALES", ts, text: "three", metadata: {} });
    expect(world.slack.messages("C1SALES")).toMatchObject([{ text: "three", edits: 2, metadata: null }]);
  });

  test("a message of a person, an ephemeral and a message that is gone are refused, each with its code", async () => {
    await using world = await slackWorld();
    const { message } = await world.slack.say({ channelId: "C1SALES", userId: "U1ANI", text: "hello" });
    const hidden = await world.client.chat.postEphemeral({ channel: "C1SALES", user: "U1ANI", text: "psst" });
    const update = (ts: string) => errorOf(world.client.chat.update({ channel: "C1SALES", ts, text: "x" }));

    expect(await update(message.ts)).toBe("cant_update_message");
    expect(await update(hidden.message_ts ?? "")).toBe("message_not_found");
    expect(await update("1.000001")).toBe("message_not_found");
    expect(await errorOf(world.client.chat.delete({ channel: "C1SALES", ts: message.ts }))).toBe("cant_delete_message");
  });
});

describe("the app posts where it cannot", () => {
  const places = {
    C2UNJOINED: "not_in_channel",
    C3OLD: "is_archived",
    G4SECRET: "channel_not_found",
    CNOWHERE: "channel_not_found",
  };
  test.for(Object.entries(places))("%s answers %s and nothing appears", async ([channel, code]) => {
    await using world = await slackWorld();
    expect(await errorOf(world.post({ channel, text: "hello" }))).toBe(code);
    expect(world.slack.messages(channel)).toEqual([]);
  });

  test("an ephemeral for somebody outside the channel is refused", async () => {
    await using world = await slackWorld();
    const outside = world.client.chat.postEphemeral({ channel: "C1SALES", user: "U3GUEST", text: "psst" });
    expect(await errorOf(outside)).toBe("user_not_in_channel");
    expect(world.slack.ephemerals("U3GUEST")).toEqual([]);
  });
});

describe("the app asks about people and conversations", () => {
  test("a direct message is opened once and then found again; posting to the person lands there", async () => {
    await using world = await slackWorld();
    const opened = await world.client.conversations.open({ users: "U1ANI" });
    const again = await world.client.conversations.open({ users: "U1ANI" });
    const posted = await world.post({ channel: "U1ANI", text: "hello" });

    expect(again).toMatchObject({ already_open: true, channel: { id: opened.channel?.id } });
    expect(posted.channel).toBe(opened.channel?.id);
    expect(await errorOf(world.client.conversations.open({ users: "UNOBODY" }))).toBe("user_not_found");
  });

  test("users.info tells the language, the guest and the stranger", async () => {
    await using world = await slackWorld();
    const user = async (id: string) => (await world.client.users.info({ user: id, include_locale: true })).user;
    expect(await user("U1ANI")).toMatchObject({ locale: "hy-AM", is_restricted: false, team_id: "T0SANDBOX" });
    expect(await user("U3GUEST")).toMatchObject({ is_restricted: true });
    expect(await user("U4OTHER")).toMatchObject({ team_id: "T9OTHER", is_stranger: true });
    expect(await errorOf(world.client.users.info({ user: "UNOBODY" }))).toBe("user_not_found");
  });

  test("a scope that was not granted is named, and auth.test tells which were", async () => {
    await using world = await slackWorld();
    const call = world.client.conversations.info({ channel: "C1SALES" });
    await expect(call).rejects.toMatchObject({ data: { error: "missing_scope", needed: "channels:read" } });
    const auth = await world.client.auth.test();
    expect(auth.response_metadata?.scopes).toContain("chat:write");
    expect(await errorOf(clientOf(world.slack, "xoxb-another").auth.test())).toBe("invalid_auth");
  });
});

test("whom a text wakes up: mentions that are not escaped, in the blocks when there are blocks", () => {
  expect(pings({ text: "<!channel> <@U1ANI> <!subteam^S1LEADS|leads> &lt;!here&gt;", blocks: [] })).toEqual([
    "@channel",
    "U1ANI",
    "S1LEADS",
  ]);
  expect(pings({ text: "<!channel>", blocks: [{ text: { type: "plain_text", text: "<@U1ANI>" } }] })).toEqual([]);
  expect(pings({ text: "", blocks: [{ text: { type: "mrkdwn", text: "<@U1ANI>" } }] })).toEqual(["U1ANI"]);
});

test.skipIf(!slackSpecPresent)("the whole of it fits Slack's published contract, calls and answers", async () => {
  await using world = await slackWorld({
    scopes: ["chat:write", "im:write", "users:read", "usergroups:read", "channels:history", "channels:read"],
  });
  const { client } = world;
  const channel = "C1SALES";
  const { ts = "" } = await world.post({ channel, text: "a", blocks: card, unfurl_links: false });
  await world.post({ channel, text: "b", thread_ts: ts, reply_broadcast: true });
  await client.chat.update({ channel, ts, text: "c", blocks: card });
  await client.chat.postEphemeral({ channel, user: "U1ANI", text: "d" });
  await client.chat.getPermalink({ channel, message_ts: ts });
  await client.conversations.open({ users: "U1ANI", return_im: true });
  await client.conversations.info({ channel });
  await client.conversations.history({ channel, limit: 1, include_all_metadata: true });
  await client.conversations.replies({ channel, ts });
  await client.users.info({ user: "U1ANI", include_locale: true });
  await client.usergroups.users.list({ usergroup: "S1LEADS" });
  await client.auth.test();
  await client.chat.delete({ channel, ts });

  expect(world.slack.wire()).toMatchObject(Array.from({ length: 13 }, () => ({ response: { ok: true } })));
  expect(slackViolations(world.slack.wire())).toEqual([]);
});
