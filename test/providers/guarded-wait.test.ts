import { describe, expect, test } from "vitest";
import type { Answer, Heard, Provider, WebhookReading } from "../../src/ports.ts";
import { guarded } from "../../src/providers/guarded/guarded.ts";

type Closed = Answer<{ readonly closed: boolean }>;

const CLOSED: Closed = { is: "happened", value: { closed: true }, requestId: "req_1" };
const UNKNOWN: Answer<never> = { is: "unknown", because: "No answer came in time.", retryAfterSeconds: null };
const tooMany = (retryAfterSeconds: number | null): Answer<never> => ({
  is: "did_not_happen",
  because: "Call less often.",
  retryAfterSeconds,
});

/** A provider whose `close` answers as told, and can do nothing else but what it must. */
function aProvider(says: () => Promise<Closed> = () => Promise.resolve(CLOSED)) {
  let now = Date.parse("2026-11-24T12:00:00Z");
  const heard: Heard[] = [];
  const story = { says, asked: 0, heard, later: (seconds: number) => (now += seconds * 1000) };
  const inner = {
    name: "ipay",
    account: "main",
    open: () => Promise.resolve(UNKNOWN),
    lookUp: () => Promise.resolve(UNKNOWN),
    close: () => {
      story.asked += 1;
      return story.says();
    },
  };
  const provider = guarded(inner, { clock: () => new Date(now), heard: (what) => heard.push(what) });
  const close = async (): Promise<Closed | undefined> => provider.close?.("pi_1");
  return Object.assign(story, { provider, close });
}

type Story = ReturnType<typeof aProvider>;

const wait = async (story: Story): Promise<number | null> => {
  const answer = await story.close();
  return answer && "retryAfterSeconds" in answer ? answer.retryAfterSeconds : null;
};

/** Turns one call away as given, and says how many seconds the next one is told to wait. */
async function turnedAway(story: Story, seconds: number | null): Promise<number | null> {
  story.says = () => Promise.resolve(tooMany(seconds));
  await story.close();
  story.says = () => Promise.resolve(CLOSED);
  return wait(story);
}

describe("a provider says that it was too much, and when to come back", () => {
  test("until then every call is answered at once with the seconds that remain; then it is asked again", async () => {
    const story = aProvider();
    expect(await turnedAway(story, 30)).toBe(30);
    story.later(29.5);
    expect(await story.close()).toEqual({
      is: "did_not_happen",
      because: "ipay asked us to call less often, so it was not asked. Try again in 1 s.",
      retryAfterSeconds: 1,
    });
    expect(await story.provider.lookUp("pi_1")).toMatchObject({ is: "did_not_happen", retryAfterSeconds: 1 });
    story.later(0.5);
    expect(await story.close()).toBe(CLOSED);
    expect(story.asked).toBe(2);
  });

  test("again and again: it is never taken for silent", async () => {
    const story = aProvider();
    for (let call = 0; call < 20; call += 1) {
      await turnedAway(story, 30);
      story.later(30);
    }
    expect(story).toMatchObject({ asked: 20, heard: [] });
  });

  test("calls on their way at the same time name other moments: the latest holds", async () => {
    const answers = [tooMany(10), tooMany(40), tooMany(20), tooMany(null), CLOSED];
    const story = aProvider(() => Promise.resolve(answers.shift() ?? CLOSED));
    await Promise.all(Array.from({ length: 5 }, story.close));
    expect(story.asked).toBe(5);
    expect(await wait(story)).toBe(40);
  });

  test("and is silent besides: the longer of both is what the caller is told", async () => {
    const answers = [UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, tooMany(90)];
    const story = aProvider(() => Promise.resolve(answers.shift() ?? CLOSED));
    await Promise.all(Array.from({ length: 6 }, story.close));
    expect(story.heard).toMatchObject([{ is: "silent" }]);
    expect(await wait(story)).toBe(90);
  });
});

describe.each([null, 0])("a provider says that it was too much, and not when to come back (%s)", (seconds) => {
  test("the next call is made after a second at most", async () => {
    const story = aProvider();
    expect(await turnedAway(story, seconds)).toBe(1);
    story.later(1);
    expect(await story.close()).toBe(CLOSED);
  });

  test("and again: each pause is at most twice the one before, and grows", async () => {
    const story = aProvider();
    const pauses: number[] = [];
    for (let call = 0; call < 4; call += 1) {
      pauses.push((await turnedAway(story, seconds)) ?? 0);
      story.later(8);
    }
    for (const [call, pause] of pauses.entries()) {
      expect(pause).toBeGreaterThanOrEqual(2 ** call / 2);
      expect(pause).toBeLessThanOrEqual(2 ** call);
    }
  });

  test("four calls on their way at the same time are turned away: that is one pause of a second, not four", async () => {
    const story = aProvider(() => Promise.resolve(tooMany(seconds)));
    await Promise.all(Array.from({ length: 4 }, story.close));
    expect(story.asked).toBe(4);
    expect(await wait(story)).toBe(1);
  });

  test("after an answer the pause begins small again", async () => {
    const story = aProvider();
    for (let call = 0; call < 4; call += 1) {
      await turnedAway(story, seconds);
      story.later(8);
    }
    expect(await story.close()).toBe(CLOSED);
    expect(await turnedAway(story, seconds)).toBe(1);
  });
});

test("an answer to a call from before a pause does not make the next pause small again", async () => {
  const story = aProvider();
  for (let call = 0; call < 3; call += 1) {
    await turnedAway(story, 0);
    story.later(8);
  }
  const early = Promise.withResolvers<Closed>();
  story.says = () => early.promise;
  const late = story.close();
  await turnedAway(story, 0);
  early.resolve(CLOSED);
  expect(await late).toBe(CLOSED);
  story.later(8);
  expect(await turnedAway(story, 0)).toBeGreaterThanOrEqual(8);
});

test("only a provider that said so is said to have asked for less", async () => {
  for (const [seconds, words] of [
    [0, "ipay asked us to call less often, so"],
    [null, "ipay could take no call just now, so"],
  ] as const) {
    const story = aProvider();
    await turnedAway(story, seconds);
    expect(await story.close()).toMatchObject({ because: expect.stringContaining(words) });
  }
});

test("pauses without a time from the provider never grow beyond a minute", async () => {
  const story = aProvider();
  for (let call = 0; call < 12; call += 1) {
    expect(await turnedAway(story, 0)).toBeLessThanOrEqual(60);
    story.later(60);
  }
  expect(await turnedAway(story, 0)).toBeGreaterThanOrEqual(30);
});

describe("what a provider can do", () => {
  const RAW = Buffer.from("{}");
  const READING: WebhookReading = { is: "rejected", because: "unsigned" };
  const around = { clock: () => new Date(0), heard: () => undefined };
  const least: Provider = {
    name: "ipay",
    account: "shop2",
    open: () => Promise.resolve(UNKNOWN),
    lookUp: () => Promise.resolve(UNKNOWN),
  };

  test("what it cannot do, its guard cannot do", () => {
    expect(Object.keys(guarded(least, around))).toEqual(["name", "account", "open", "lookUp"]);
    expect(guarded(least, around)).toMatchObject({ name: "ipay", account: "shop2" });
  });

  test("what it can do, its guard asks it to do, with the same words", async () => {
    const words: unknown[][] = [];
    const hear = (...said: unknown[]): Promise<Answer<never>> => {
      words.push(said);
      return Promise.resolve(UNKNOWN);
    };
    const all = { ...least, open: hear, lookUp: hear, close: hear, movements: hear };
    const provider = guarded({ ...all, refund: { partial: true, ask: hear } }, around);
    const said = [{ key: 1 }, "pi_1", "pi_2", { key: 2 }, new Date(1), new Date(2)] as const;
    await provider.open(said[0] as never);
    await provider.lookUp(said[1]);
    await provider.close?.(said[2]);
    await provider.refund?.ask(said[3] as never);
    expect(provider.refund?.partial).toBe(true);
    expect(await provider.movements?.(said[4], said[5])).toBe(UNKNOWN);
    expect(words).toEqual([[said[0]], [said[1]], [said[2]], [said[3]], [said[4], said[5]]]);
  });

  test("its webhooks are read as before, also while it is silent", async () => {
    const words: unknown[][] = [];
    const readWebhook = (...said: unknown[]): WebhookReading => {
      words.push(said);
      return READING;
    };
    const provider = guarded({ ...least, readWebhook }, around);
    for (let call = 0; call < 6; call += 1) await provider.lookUp("pi_1");
    const arrived = [RAW, { "x-signature": "none" }, new Date(1)] as const;
    expect(provider.readWebhook?.(...arrived)).toBe(READING);
    expect(words).toEqual([[...arrived]]);
    expect(words[0]?.[0]).toBe(RAW);
  });
});
