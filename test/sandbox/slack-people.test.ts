import { describe, expect, test } from "vitest";
import type { Button, HomeView, KnownBlock, ModalView } from "@slack/web-api";
import { errorOf, movableClock, slackWorld, type World } from "./slack-world.ts";

const button = (actionId: string, value: string): Button => ({
  type: "button",
  action_id: actionId,
  text: { type: "plain_text", text: actionId },
  value,
});
const card: KnownBlock[] = [
  { type: "actions", elements: [button("paylink.send", "link-1"), button("paylink.cancel", "link-1")] },
];
const paylink = { userId: "U1ANI", channelId: "C1SALES", text: "INV-1042" };

function lastForm({ app }: World): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(app.received.at(-1)?.body));
}

function lastPayload(world: World): Record<string, unknown> {
  return JSON.parse(lastForm(world)["payload"] ?? "null");
}

async function respond(url: unknown, body: unknown): Promise<number> {
  const response = await fetch(String(url), { method: "POST", body: JSON.stringify(body) });
  return response.status;
}

describe("a person types a slash command", () => {
  test("the app gets it signed, as a bare form with every field the real one has", async () => {
    await using world = await slackWorld();
    const delivery = await world.slack.command(paylink);

    expect(delivery).toMatchObject({ status: 200, late: false });
    expect(world.app.received).toMatchObject([
      { genuine: true, headers: { "content-type": "application/x-www-form-urlencoded" } },
    ]);
    expect(lastForm(world)).toMatchObject({
      command: "/paylink",
      text: "INV-1042",
      team_id: "T0SANDBOX",
      channel_name: "sales",
      user_name: "ani",
      is_enterprise_install: "false",
    });
  });

  test("text in the acknowledgement is shown to that person only, or to all when it says so", async () => {
    await using world = await slackWorld();
    world.app.answer = () => ({ body: JSON.stringify({ text: "only you" }) });
    await world.slack.command(paylink);
    world.app.answer = () => ({ body: JSON.stringify({ text: "everybody", response_type: "in_channel" }) });
    await world.slack.command(paylink);

    expect(world.slack.ephemerals("U1ANI")).toMatchObject([{ text: "only you", from: "app" }]);
    expect(world.slack.ephemerals("U2BORIS")).toEqual([]);
    expect(world.slack.messages("C1SALES")).toMatchObject([{ text: "everybody" }]);
  });

  test("an app that does not answer in time has failed, and Slack tells the person", async () => {
    await using world = await slackWorld({ answerWithinMs: 50 });
    world.app.answer = () => ({ silent: true });
    expect(await world.slack.command(paylink)).toMatchObject({ status: 0, late: true });
    const text = '/paylink failed with the error "operation_timeout"';
    expect(world.slack.ephemerals("U1ANI")).toMatchObject([{ from: "slackbot", text }]);
  });

  test("so has an app that answers with an error or with something that is no message", async () => {
    await using world = await slackWorld();
    world.app.answer = () => ({ status: 500, body: "oops" });
    expect(await world.slack.command(paylink)).toMatchObject({ status: 500, late: false });
    world.app.answer = () => ({ body: JSON.stringify({ text: "x", blocks: [{ type: "button" }] }) });
    await world.slack.command(paylink);
    expect(world.slack.ephemerals("U1ANI").map(({ text }) => text)).toEqual([
      '/paylink failed with the error "dispatch_failed"',
      '/paylink failed with the error "invalid_command_response"',
    ]);
  });

  test("wrong, stale and missing signatures do not hold; one from the future does, by Bolt's check alone", async () => {
    await using world = await slackWorld();
    for (const signature of ["wrong", "stale", "none", "future"] as const) {
      await world.slack.command({ ...paylink, signature });
    }
    expect(world.app.received.map(({ genuine }) => genuine)).toEqual([false, false, false, true]);
    const ahead = Number(world.app.received[3]?.headers["x-slack-request-timestamp"]) - Date.now() / 1_000;
    expect(ahead).toBeGreaterThan(298);
  });

  test("a replay is the same bytes with the same signature", async () => {
    await using world = await slackWorld();
    const { sent } = await world.slack.command(paylink);
    await world.slack.replay(sent);

    const [first, second] = world.app.received;
    expect(second?.body).toBe(first?.body);
    expect(second?.headers["x-slack-signature"]).toBe(first?.headers["x-slack-signature"]);
  });
});

describe("a response URL", () => {
  test("works five times and no more", async () => {
    await using world = await slackWorld();
    await world.slack.command(paylink);
    const url = lastForm(world)["response_url"];
    const statuses = [];
    for (let use = 1; use <= 6; use += 1) statuses.push(await respond(url, { text: `answer ${use}` }));

    expect(statuses).toEqual([200, 200, 200, 200, 200, 404]);
    expect(world.slack.ephemerals("U1ANI")).toHaveLength(5);
  });

  test("is dead after thirty minutes", async () => {
    const time = movableClock();
    await using world = await slackWorld({ clock: time.clock });
    await world.slack.command(paylink);
    time.pass(30 * 60_000 + 1);
    expect(await respond(lastForm(world)["response_url"], { text: "late" })).toBe(404);
  });

  test("of a click replaces and deletes the message that was clicked, an ephemeral too", async () => {
    await using world = await slackWorld();
    const channel = "C1SALES";
    const posted = await world.post({ channel, text: "card", blocks: card });
    const hidden = await world.client.chat.postEphemeral({ channel, user: "U1ANI", text: "sure?", blocks: card });
    const click = { userId: "U1ANI", channelId: channel, actionId: "paylink.cancel" };

    await world.slack.press({ ...click, ts: hidden.message_ts ?? "" });
    expect(lastPayload(world)).toMatchObject({ container: { is_ephemeral: true } });
    await respond(lastPayload(world)["response_url"], { text: "cancelled", replace_original: true });
    expect(world.slack.ephemerals("U1ANI")).toMatchObject([{ text: "cancelled", blocks: [] }]);

    await world.slack.press({ ...click, ts: posted.ts ?? "" });
    await respond(lastPayload(world)["response_url"], { delete_original: true });
    expect(world.slack.messages(channel)).toEqual([]);
  });
});

describe("a person presses a button", () => {
  test("the app gets the click with the value, the message and the person", async () => {
    await using world = await slackWorld();
    const { ts = "" } = await world.post({ channel: "C1SALES", text: "card", blocks: card });
    await world.slack.press({ userId: "U2BORIS", channelId: "C1SALES", ts, actionId: "paylink.send" });

    expect(world.app.received.at(-1)?.genuine).toBe(true);
    expect(lastPayload(world)).toMatchObject({
      type: "block_actions",
      user: { id: "U2BORIS", team_id: "T0SANDBOX" },
      team: { id: "T0SANDBOX" },
      channel: { id: "C1SALES", name: "sales" },
      container: { type: "message", message_ts: ts, channel_id: "C1SALES", is_ephemeral: false },
      message: { ts, text: "card" },
      actions: [{ type: "button", action_id: "paylink.send", value: "link-1" }],
    });
  });

  test("a button that is not there cannot be pressed", async () => {
    await using world = await slackWorld();
    const { ts = "" } = await world.post({ channel: "C1SALES", text: "card", blocks: card });
    const click = { userId: "U1ANI", channelId: "C1SALES", ts };
    await expect(world.slack.press({ ...click, actionId: "paylink.pay" })).rejects.toThrow("no button paylink.pay");
    await expect(world.slack.press({ ...click, actionId: "paylink.send", value: "link-2" })).rejects.toThrow("link-2");
    expect(world.app.received).toEqual([]);
  });

  test("a shortcut on a message carries that message", async () => {
    await using world = await slackWorld();
    const { message } = await world.slack.say({ userId: "U1ANI", channelId: "C1SALES", text: "INV-1042 please" });
    const on = { channelId: "C1SALES", ts: message.ts };
    await world.slack.shortcut({ userId: "U2BORIS", callbackId: "paylink_from_message", message: on });
    expect(lastPayload(world)).toMatchObject({ type: "message_action", message: { text: "INV-1042 please" } });
  });
});

describe("a modal", () => {
  const view = {
    type: "modal",
    title: { type: "plain_text", text: "Payment link" },
    submit: { type: "plain_text", text: "Create" },
    private_metadata: "link-1",
    blocks: [
      {
        type: "input",
        block_id: "invoice",
        label: { type: "plain_text", text: "Invoice" },
        element: { type: "external_select", action_id: "pick", min_query_length: 2 },
      },
      {
        type: "input",
        block_id: "note",
        optional: true,
        label: { type: "plain_text", text: "Note" },
        element: { type: "plain_text_input", action_id: "words" },
      },
    ],
  } satisfies ModalView;

  async function openedModal(world: World) {
    await world.slack.command(paylink);
    const opened = await world.client.views.open({ trigger_id: lastForm(world)["trigger_id"] ?? "", view });
    return { userId: "U1ANI", viewId: opened.view?.id ?? "", hash: opened.view?.hash ?? "" };
  }

  test("opens once for a trigger, and only within three seconds", async () => {
    const time = movableClock();
    await using world = await slackWorld({ clock: time.clock });
    const open = (id: string) => errorOf(world.client.views.open({ trigger_id: id, view }));
    await world.slack.command(paylink);
    const trigger = lastForm(world)["trigger_id"] ?? "";
    expect([await open(trigger), await open(trigger)]).toEqual(["ok", "exchanged_trigger_id"]);
    await world.slack.command(paylink);
    time.pass(3_001);
    expect(await open(lastForm(world)["trigger_id"] ?? "")).toBe("expired_trigger_id");
    expect(await open("1.2.made-up")).toBe("invalid_trigger_id");
  });

  test("sends what was filled in, shows field errors, and closes on an empty answer", async () => {
    await using world = await slackWorld();
    const { userId, viewId } = await openedModal(world);
    await world.slack.suggest({ userId, viewId, actionId: "pick", typed: "INV" });
    expect(lastPayload(world)).toMatchObject({ type: "block_suggestion", value: "INV", block_id: "invoice" });

    await expect(world.slack.submitView({ userId, viewId, values: {} })).rejects.toThrow("pick must be filled in");
    const values = { pick: "INV-1042", words: "soon" };
    world.app.answer = () => ({
      body: JSON.stringify({ response_action: "errors", errors: { invoice: "Already paid" } }),
    });
    expect((await world.slack.submitView({ userId, viewId, values })).errors).toEqual({ invoice: "Already paid" });
    expect(lastPayload(world)).toMatchObject({
      type: "view_submission",
      view: {
        private_metadata: "link-1",
        state: {
          values: { invoice: { pick: { selected_option: { value: "INV-1042" } } }, note: { words: { value: "soon" } } },
        },
      },
    });
    expect(world.slack.views(userId)).toHaveLength(1);
    world.app.answer = () => ({});
    expect((await world.slack.submitView({ userId, viewId, values })).errors).toBeNull();
    expect(world.slack.views(userId)).toEqual([]);
  });

  test("an update with an old hash is refused; the home of a person is one and is replaced", async () => {
    await using world = await slackWorld();
    const { viewId, hash } = await openedModal(world);
    const update = () => errorOf(world.client.views.update({ view_id: viewId, hash, view }));
    expect([await update(), await update()]).toEqual(["ok", "hash_conflict"]);
    const blocks: KnownBlock[] = [{ type: "actions", elements: [button("home.open", "1")] }];
    const home: HomeView = { type: "home", blocks };
    for (let time = 1; time <= 2; time += 1) await world.client.views.publish({ user_id: "U2BORIS", view: home });
    const [only, ...others] = world.slack.views("U2BORIS");
    expect(others).toEqual([]);
    await world.slack.pressInView({ userId: "U2BORIS", viewId: only?.id ?? "", actionId: "home.open" });
    expect(lastPayload(world)).toMatchObject({ container: { type: "view" }, actions: [{ value: "1" }] });
  });
});
