import { describe, expect, test } from "vitest";
import { z } from "zod";
import { ANI, telegram, type Answered, type Story } from "./telegram-story.ts";

const idsOf = ({ result }: Answered): number[] =>
  z
    .array(z.object({ update_id: z.number() }))
    .parse(result)
    .map(({ update_id }) => update_id);

/** Sends that many messages and gives the ids of their updates. */
const says = ({ sandbox }: Story, count: number): number[] =>
  Array.from({ length: count }, (_, at) => sandbox.sends({ userId: ANI, text: `${at}` }).updateId ?? 0);

const POLL = { timeout: 50 };

describe("a bot polls for updates", () => {
  test("nothing is confirmed until an offset says so", async () => {
    await using story = await telegram();
    const [first = 0, second = 0, third = 0] = says(story, 3);
    expect(idsOf(await story.call("getUpdates", { limit: 2 }))).toEqual([first, second]);
    expect(idsOf(await story.call("getUpdates", { offset: first }))).toEqual([first, second, third]);
    expect(idsOf(await story.call("getUpdates", { offset: third }))).toEqual([third]);
    expect(idsOf(await story.call("getUpdates", { offset: 1 }))).toEqual([third]);
  });

  test("a negative offset forgets all but the last", async () => {
    await using story = await telegram();
    const ids = says(story, 3);
    expect(idsOf(await story.call("getUpdates", { offset: -1 }))).toEqual(ids.slice(2));
  });

  test("a waiting poll is answered the moment something happens", async () => {
    await using story = await telegram();
    const answer = story.call("getUpdates", POLL);
    await expect.poll(() => story.sandbox.wire()).toHaveLength(1);
    const ids = says(story, 1);
    expect(idsOf(await answer)).toEqual(ids);
  });

  test("an empty poll waits for its timeout, and a hasty one is made to wait", async () => {
    await using story = await telegram({ secondMs: 40 });
    const started = performance.now();
    expect(await story.call("getUpdates", { timeout: 2 })).toMatchObject({ ok: true, result: [] });
    expect(performance.now() - started).toBeGreaterThan(70);
    const again = performance.now();
    await story.call("getUpdates", { timeout: 0 });
    expect(performance.now() - again).toBeGreaterThan(110);
  });

  test("a second poller ends the first with 409", async () => {
    await using story = await telegram();
    const first = story.refusal("getUpdates", POLL);
    await expect.poll(() => story.sandbox.wire()).toHaveLength(1);
    const second = story.call("getUpdates", { ...POLL, offset: 5 });
    expect(await first).toBe(
      "409 Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    );
    const ids = says(story, 1);
    expect(idsOf(await second)).toEqual(ids);
  });

  test("only the kinds asked for are stored, and asking later does not bring the others back", async () => {
    await using story = await telegram();
    await story.call("getUpdates", { allowed_updates: ["callback_query"] });
    expect(story.sandbox.sends({ userId: ANI, text: "lost" }).updateId).toBeNull();
    await story.call("getUpdates", { allowed_updates: [], offset: 1 });
    const ids = says(story, 1);
    expect(idsOf(await story.call("getUpdates", { offset: 2 }))).toEqual(ids);
  });

  test("an update delivered again comes again although it was confirmed", async () => {
    await using story = await telegram();
    const [id = 0] = says(story, 1);
    await story.call("getUpdates");
    await story.call("getUpdates", { offset: id + 1 });
    story.sandbox.redeliver(id);
    expect(idsOf(await story.call("getUpdates", { offset: id + 1 }))).toEqual([id]);
    expect(idsOf(await story.call("getUpdates", { offset: id + 2 }))).toEqual([]);
  });

  test("what nobody fetched expires: a press after 150 seconds, a message after a day", async () => {
    let now = new Date("2026-11-24T10:00:00Z");
    await using story = await telegram({ clock: () => now });
    says(story, 1);
    await story.call("sendMessage", {
      chat_id: ANI,
      text: "card",
      reply_markup: { inline_keyboard: [[{ text: "a", callback_data: "a" }]] },
    });
    story.sandbox.presses({ userId: ANI, chatId: ANI, messageId: 2, data: "a" });
    now = new Date("2026-11-24T10:03:00Z");
    expect(idsOf(await story.call("getUpdates", { offset: 1 }))).toHaveLength(1);
    now = new Date("2026-11-25T10:00:01Z");
    expect(idsOf(await story.call("getUpdates", { offset: 2 }))).toEqual([]);
  });
});
