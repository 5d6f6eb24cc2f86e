import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { Undelivered } from "../../bots/undelivered.ts";
import type { Fault } from "../../src/sandbox/slack/faults.ts";
import { manifestViolations, slackSpecPresent, slackViolations } from "../specs/slack-spec.ts";
import { aCase, aLink, anInvoice, aSend, PAGE, slackWorld } from "./slack-story.ts";

const first = { url: PAGE, repeat: false };
const again = { url: PAGE, repeat: true };
const sent = aLink({ sends: [aSend()] });
const inChannel = (channel: string) => aLink({ origin: { chat: "slack", channel, user: "U1ANI", locale: "en" } });

describe("the card of a link", () => {
  test("is posted once in the channel where it was asked for, without a preview, and names only the link's id", async () => {
    await using world = await slackWorld();
    await world.notifier.card(anInvoice(), aLink(), first);
    await world.notifier.card(anInvoice(), aLink(), first);
    expect(world.slack.messages("C1SALES")).toMatchObject([
      { edits: 0, metadata: { event_type: "paythread_card", event_payload: { link: "link-1" } } },
    ]);
    expect(world.calls("chat.postMessage")).toMatchObject([
      { request: { unfurl_links: "false", unfurl_media: "false" } },
    ]);
  });

  test("is edited in place when what it says changes, and only then", async () => {
    await using world = await slackWorld();
    await world.notifier.card(anInvoice(), aLink(), first);
    await world.notifier.card(anInvoice({ links: [sent] }), sent, first);
    await world.notifier.card(anInvoice({ links: [sent] }), sent, first);
    expect(world.slack.messages("C1SALES")).toMatchObject([{ edits: 1 }]);
    expect(JSON.stringify(world.slack.messages("C1SALES"))).toContain("in Telegram");
  });

  test.each(["C2UNJOINED", "C3OLD", "C404"])(
    "goes to the manager directly when %s cannot be written to",
    async (channel) => {
      await using world = await slackWorld();
      const link = inChannel(channel);
      await world.notifier.card(anInvoice({ links: [link] }), link, first);
      const [card] = world.slack.messages("D1ANI");
      expect(JSON.stringify(card?.blocks)).toContain("/invite");
      await world.notifier.card(anInvoice({ links: [link] }), link, first);
      expect(world.slack.messages("D1ANI")).toHaveLength(1);
    },
  );

  test("a link that nobody asked for in Slack has none", async () => {
    await using world = await slackWorld();
    await world.notifier.card(anInvoice(), aLink({ origin: null }), first);
    expect(world.slack.wire()).toEqual([]);
  });

  test.each(["message_not_found", "cant_update_message", "edit_window_closed"])(
    "%s: a fresh one is posted, and from then on that one is edited",
    async (code) => {
      await using world = await slackWorld();
      await world.notifier.card(anInvoice(), aLink(), first);
      world.slack.faults.add("chat.update", { is: "error", code });
      await world.notifier.card(anInvoice({ links: [sent] }), sent, again);
      const now = aLink({ state: "cancelled" });
      await world.notifier.card(anInvoice({ links: [now] }), now, first);
      expect(world.slack.messages("C1SALES").map(({ edits }) => edits)).toEqual([0, 1]);
    },
  );
});

describe("nobody knows whether the card was posted", () => {
  test.each(["C1SALES", "C2UNJOINED"])(
    "the repeat finds it (asked for in %s) and posts no second one",
    async (channel) => {
      await using world = await slackWorld();
      const link = inChannel(channel);
      const place = channel === "C1SALES" ? channel : "D1ANI";
      await world.notifier.card(anInvoice({ links: [link] }), link, first);
      world.box.all.clear();
      await world.notifier.card(anInvoice({ links: [link] }), link, again);
      expect(world.slack.messages(place)).toHaveLength(1);
      expect(world.box.all.get("card link-1")).toMatchObject({ channel: place });
    },
  );

  test("the lost answer leaves as undelivered, may be tried again, and the repeat adopts the message", async () => {
    await using world = await slackWorld();
    world.slack.faults.add("chat.postMessage", { is: "answer_lost" });
    await expect(world.notifier.card(anInvoice(), aLink(), first)).rejects.toMatchObject({ again: true });
    await world.notifier.card(anInvoice(), aLink(), again);
    expect(world.slack.messages("C1SALES")).toHaveLength(1);
  });

  test("without the right to read the channel it is posted all the same", async () => {
    await using world = await slackWorld({ scopes: ["chat:write", "im:write"] });
    await world.notifier.card(anInvoice(), aLink(), again);
    expect(world.slack.messages("C1SALES")).toHaveLength(1);
  });
});

describe("a case", () => {
  const one = aCase();
  const resolved = aCase({
    state: "resolved",
    resolution: { action: "apply", reason: "Agreed with the customer", by: "Ani" },
  });
  const invoice = anInvoice({ cases: [one] });

  test("is one reply under the card, edited until it is resolved", async () => {
    await using world = await slackWorld();
    await world.notifier.card(invoice, aLink(), first);
    await world.notifier.caseThread(invoice, aLink(), { one, entries: [], repeat: false });
    await world.notifier.caseThread(invoice, aLink(), { one: resolved, entries: [], repeat: false });
    const [card, reply, ...more] = world.slack.messages("C1SALES");
    expect(reply).toMatchObject({ threadTs: card?.ts, edits: 1, broadcast: false });
    expect(JSON.stringify(reply?.blocks)).toContain("Agreed with the customer");
    expect(more).toEqual([]);
  });

  test("is one message in the ops channel, with or without an invoice, and a repeat finds it", async () => {
    await using world = await slackWorld();
    await world.notifier.caseOps(null, "C9OPS", { one, entries: [], repeat: false });
    world.box.all.clear();
    await world.notifier.caseOps(null, "C9OPS", { one, entries: [], repeat: true });
    await world.notifier.caseOps(invoice, "C9OPS", { one: resolved, entries: [], repeat: false });
    expect(world.slack.messages("C9OPS")).toMatchObject([{ text: expect.stringContaining("resolved") }]);
  });

  test("waits for the card it belongs under", async () => {
    await using world = await slackWorld();
    await expect(world.notifier.caseThread(invoice, aLink(), { one, entries: [], repeat: false })).rejects.toThrow(
      Undelivered,
    );
  });

  test("is told in the channel when its thread is gone", async () => {
    await using world = await slackWorld();
    await world.notifier.card(invoice, aLink(), first);
    world.slack.faults.add("chat.postMessage", { is: "error", code: "thread_not_found" });
    await world.notifier.caseThread(invoice, aLink(), { one, entries: [], repeat: false });
    expect(world.slack.messages("C1SALES")).toMatchObject([{}, { threadTs: null }]);
  });
});

describe("Slack does not take a message", () => {
  test.each<[Fault, object]>([
    [
      { is: "rate_limited", retryAfterSeconds: 7 },
      { again: true, retryAfterSeconds: 7 },
    ],
    [{ is: "http", status: 503 }, { again: true }],
    [{ is: "broken_json" }, { again: true }],
    [{ is: "answer_lost" }, { again: true }],
    [{ is: "error", code: "internal_error" }, { again: true }],
    [{ is: "error", code: "invalid_auth" }, { again: false }],
    [{ is: "error", code: "missing_scope" }, { again: false }],
    [{ is: "error", code: "invalid_blocks" }, { again: false }],
    [{ is: "http", status: 404 }, { again: false }],
  ])("%j", async (fault, verdict) => {
    await using world = await slackWorld();
    world.slack.faults.add("chat.postMessage", fault);
    const failing = world.notifier.card(anInvoice(), aLink(), first);
    await expect(failing).rejects.toThrow(Undelivered);
    await expect(failing).rejects.toMatchObject(verdict);
    expect(world.box.all.size).toBe(0);
  });
});

describe.skipIf(!slackSpecPresent)("Slack's published contract", () => {
  test("the manifest is one that Slack takes", () => {
    const manifest: unknown = JSON.parse(readFileSync(new URL("../../slack-manifest.json", import.meta.url), "utf8"));
    expect(manifestViolations(manifest)).toEqual([]);
  });

  test("cards, cases and the search for them use it as it is published", async () => {
    await using world = await slackWorld();
    await world.notifier.card(anInvoice(), aLink(), again);
    await world.notifier.caseThread(anInvoice(), aLink(), { one: aCase(), entries: [], repeat: true });
    await world.notifier.caseOps(anInvoice(), "C9OPS", { one: aCase(), entries: [], repeat: true });
    const used = new Set(world.slack.wire().map(({ name }) => name));
    expect(used).toEqual(new Set(["conversations.history", "conversations.replies", "chat.postMessage"]));
    expect(slackViolations(world.slack.wire())).toEqual([]);
  });
});
