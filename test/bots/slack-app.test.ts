import { describe, expect, test } from "vitest";
import type { Answer } from "../../domain/desk.ts";
import { slackSpecPresent, slackViolations } from "../specs/slack-spec.ts";
import { aCase, aLink, anInvoice, PAGE, slackWorld } from "./slack-story.ts";

const ANI = { userId: "U1ANI", channelId: "C1SALES" };
const REQUEST_ID = /[0-9a-z]{13}$/;
const invoice = { kind: "invoice", number: "INV-1042" } as const;
const issued = (already: boolean): Answer => ({
  kind: "issued",
  invoice: anInvoice(),
  link: aLink(),
  already,
  unheeded: [],
});
const lastLine = (text: string | undefined): string => text?.split("\n").at(-1) ?? "";

describe("a manager types a command", () => {
  test("it is kept and acknowledged without a word; the desk hears who asks, what for and where", async () => {
    await using world = await slackWorld({ answer: () => issued(false) });
    const delivery = await world.slack.command({ ...ANI, text: "INV-1042 lang ru" });
    expect(delivery).toMatchObject({ status: 200, body: "" });
    expect([...world.kept.values()]).toMatchObject([{ source: "slack", lane: "slack:T0SANDBOX:U1ANI" }]);
    await world.work();
    expect(world.requests).toMatchObject([
      {
        ask: { want: "issue", invoice, language: "ru" },
        by: { id: "slack:T0SANDBOX:U1ANI", userId: "U1ANI", name: "Ani Petrosyan", member: true },
        origin: { chat: "slack", channel: "C1SALES", user: "U1ANI", locale: "hy" },
      },
    ]);
    expect(world.slack.ephemerals("U1ANI")).toEqual([]);
  });

  test("delivered twice, it is kept once and carries the same key", async () => {
    await using world = await slackWorld();
    await world.slack.command({ ...ANI, text: "list", triggerId: "1.2.3" });
    await world.slack.command({ ...ANI, text: "list", triggerId: "1.2.3" });
    expect([...world.kept.keys()]).toEqual(["T0SANDBOX:1.2.3"]);
  });

  test.each([
    ["", "/paylink INV-1042"],
    ["help", "/paylink INV-1042"],
    ["INV-1042 expires soon", "expires 3d"],
  ])("%j is answered at once, for them alone, with a request id, and nothing is kept", async (text, said) => {
    await using world = await slackWorld();
    await world.slack.command({ ...ANI, text });
    const [answer] = world.slack.ephemerals("U1ANI");
    expect(answer?.text).toContain(said);
    expect(lastLine(answer?.text)).toMatch(REQUEST_ID);
    expect(world.kept.size).toBe(0);
  });

  test.each([
    ["fails", async () => Promise.reject(new Error("the database is away"))],
    ["hangs", async () => new Promise<never>(() => undefined)],
  ])("when keeping it %s, they are told within a second that nothing was recorded", async (_how, keep) => {
    await using world = await slackWorld({ keep });
    const delivery = await world.slack.command({ ...ANI, text: "INV-1042" });
    expect(delivery.ms).toBeLessThan(1500);
    expect(delivery.status).toBe(200);
    const [answer] = world.slack.ephemerals("U1ANI");
    expect(answer).toMatchObject({ from: "app", text: expect.stringContaining("could not be recorded") });
    expect(lastLine(answer?.text)).toMatch(REQUEST_ID);
  });

  test("an unsigned one is refused and not kept", async () => {
    await using world = await slackWorld();
    expect(await world.slack.command({ ...ANI, text: "INV-1042", signature: "wrong" })).toMatchObject({ status: 401 });
    expect(world.kept.size).toBe(0);
  });
});

describe("a manager mentions the bot", () => {
  const say = async (world: Awaited<ReturnType<typeof slackWorld>>, text: string) =>
    world.slack.say({ ...ANI, text: `<@U0PAYTHREAD> ${text}` });

  test("the words after the mention are asked, and answered where they were said", async () => {
    await using world = await slackWorld({ answer: () => issued(true) });
    const { message } = await world.slack.say({ ...ANI, text: "what about this one?" });
    const text = "<@U0PAYTHREAD> <http://INV-1042.am|INV-1042>";
    await world.slack.say({ ...ANI, text, threadTs: message.ts });
    await world.work();
    expect(world.requests).toMatchObject([{ ask: { want: "issue", invoice } }]);
    expect(world.slack.ephemerals("U1ANI")).toMatchObject([{ channelId: "C1SALES", threadTs: message.ts }]);
  });

  test("one that cannot be read gets a private word", async () => {
    await using world = await slackWorld();
    await say(world, "hello there!");
    await world.work();
    expect(world.requests).toEqual([]);
    expect(world.slack.ephemerals("U1ANI")).toHaveLength(1);
  });

  test("when it cannot be kept, Slack is asked to send it again", async () => {
    let tries = 0;
    await using world = await slackWorld({
      keep: async () => {
        tries += 1;
        if (tries < 3) throw new Error("the database is away");
      },
    });
    const { deliveries } = await say(world, "INV-1042");
    expect(deliveries.map(({ status }) => status)).toEqual([500, 500, 200]);
  });

  test("told of in two events, the one message is one wish for the desk", async () => {
    await using world = await slackWorld();
    const event = { type: "app_mention", user: "U1ANI", text: "list", ts: "1.1", channel: "C1SALES" };
    await world.slack.event(event, { eventId: "Ev1" });
    await world.slack.event(event, { eventId: "Ev2" });
    await world.work();
    expect(new Set(world.requests.map(({ key }) => key)).size).toBe(1);
    expect(world.requests).toHaveLength(2);
  });
});

describe("a manager presses a button of a card", () => {
  const withCard = async (setup: Parameters<typeof slackWorld>[0]) => {
    const world = await slackWorld(setup);
    await world.notifier.card(anInvoice(), aLink(), { url: PAGE, repeat: false });
    const [card] = world.slack.messages("C1SALES");
    const press = async (name: string) =>
      world.slack.press({ ...ANI, ts: card?.ts ?? "", actionId: `paylink.${name}` });
    return Object.assign(world, { press });
  };

  test("each press is asked of the desk for the invoice of the card", async () => {
    await using world = await withCard({});
    for (const name of ["send", "copy", "cancel", "why"])
      expect(await world.press(name)).toMatchObject({ status: 200 });
    await world.work();
    expect(world.requests.map(({ ask }) => ask)).toEqual([
      { want: "send", invoice },
      { want: "copy", invoice },
      { want: "cancel", invoice, link: aLink().id, reason: "Cancel button on the card" },
      { want: "why", invoice },
    ]);
  });

  test("it is answered beside the card, also when the card has a thread that nobody may have open", async () => {
    await using world = await withCard({});
    await world.notifier.caseThread(anInvoice(), aLink(), { one: aCase(), entries: [], repeat: false });
    await world.press("why");
    await world.work();
    expect(world.slack.ephemerals("U1ANI")).toMatchObject([{ channelId: "C1SALES", threadTs: null }]);
  });

  test("when it cannot be kept, they are told privately and the card stays as it is", async () => {
    await using world = await withCard({ keep: async () => Promise.reject(new Error("away")) });
    expect(await world.press("send")).toMatchObject({ status: 200 });
    expect(world.slack.ephemerals("U1ANI")).toMatchObject([{ text: expect.stringContaining("could not be recorded") }]);
    expect(world.slack.messages("C1SALES")).toMatchObject([{ edits: 0 }]);
  });

  test("the desk's answer is for their eyes alone", async () => {
    const url = "https://t.me/pay_bot?start=abc";
    const answer: Answer = { kind: "invited", invoice: anInvoice(), link: aLink(), url };
    await using world = await withCard({ answer: () => answer });
    await world.press("send");
    await world.work();
    expect(world.slack.messages("C1SALES")).toHaveLength(1);
    expect(world.slack.ephemerals("U1ANI")).toMatchObject([{ text: expect.stringContaining(url) }]);
  });
});

describe.skipIf(!slackSpecPresent)("Slack's published contract", () => {
  test("every call we make and every answer we read is in it", async () => {
    await using world = await slackWorld({ answer: () => issued(true) });
    await world.notifier.card(anInvoice(), aLink(), { url: PAGE, repeat: true });
    await world.notifier.card(anInvoice({ state: "cancelled" }), aLink(), { url: PAGE, repeat: false });
    for (const channelId of ["C1SALES", "C2UNJOINED"]) {
      await world.slack.command({ userId: "U1ANI", channelId, text: "INV-1042" });
      await world.work();
    }
    const methods = new Set(
      world.slack
        .wire()
        .filter(({ kind }) => kind === "web_api")
        .map(({ name }) => name),
    );
    expect([...methods]).toEqual(
      expect.arrayContaining([
        "chat.postMessage",
        "chat.update",
        "chat.postEphemeral",
        "chat.getPermalink",
        "users.info",
      ]),
    );
    expect(slackViolations(world.slack.wire())).toEqual([]);
  });
});
