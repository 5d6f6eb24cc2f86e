import { describe, expect, test } from "vitest";
import type { Answer, Checkout, CheckoutRequest, Heard, Provider } from "../../src/ports.ts";
import { guarded } from "../../src/providers/guarded/guarded.ts";

const REQUEST: CheckoutRequest = {
  idempotencyKey: "INV-1042-1",
  orderId: "INV-1042",
  amount: { minor: 1_500_000n, currency: "AMD" },
  returnUrl: "https://pay.example/return",
  attemptId: "attempt-1",
  linkId: "link-1",
};

const HAPPENED: Answer<Checkout> = {
  is: "happened",
  value: { reference: "pi_1", url: "https://provider.example/pi_1", expiresAt: null },
  requestId: "req_1",
};
const REFUSED: Answer<never> = {
  is: "refused",
  code: "declined",
  because: "The card was declined.",
  alarm: false,
  mayExist: false,
};
const UNKNOWN: Answer<never> = { is: "unknown", because: "No answer came in time.", retryAfterSeconds: null };
const NOT_CONNECTED: Answer<never> = {
  is: "did_not_happen",
  because: "No connection came about.",
  retryAfterSeconds: null,
};
const tooMany = (retryAfterSeconds: number | null): Answer<never> => ({
  is: "did_not_happen",
  because: "Call less often.",
  retryAfterSeconds,
});
const NOT_ASKED = { is: "did_not_happen", because: expect.stringContaining("not asked") };

type Says = () => Promise<Answer<Checkout>>;
const at =
  (answer: Answer<Checkout>): Says =>
  () =>
    Promise.resolve(answer);

/** A provider that answers as told, its guard, a clock that stands still, and what was heard. */
function aProvider({ says = at(HAPPENED), account = "main" }: { says?: Says; account?: string } = {}) {
  let now = Date.parse("2026-11-24T12:00:00Z");
  const heard: Heard[] = [];
  const story = { says, asked: 0, heard, later: (seconds: number) => (now += seconds * 1000) };
  const inner: Provider = {
    name: "stripe",
    account,
    open: () => {
      story.asked += 1;
      return story.says();
    },
    lookUp: () => Promise.resolve(UNKNOWN),
  };
  const provider = guarded(inner, { clock: () => new Date(now), heard: (what) => heard.push(what) });
  return Object.assign(story, { provider, open: () => provider.open(REQUEST) });
}

type Story = ReturnType<typeof aProvider>;

/** Calls one after the other that all end so. */
async function calls(story: Story, count: number, answer: Answer<Checkout>): Promise<void> {
  story.says = at(answer);
  for (let call = 0; call < count; call += 1) await story.open();
}

async function silent(options: Parameters<typeof aProvider>[0] = {}): Promise<Story> {
  const story = aProvider(options);
  await calls(story, 5, UNKNOWN);
  return story;
}

/** Longer than the first pause of an open circuit can be. */
const A_PAUSE = 20;

describe("a provider does not answer", () => {
  test("four times in a row: the fifth call is made as the first was, and nobody hears of it", async () => {
    const story = aProvider();
    await calls(story, 4, UNKNOWN);
    expect(await story.open()).toEqual(UNKNOWN);
    expect(story.asked).toBe(5);
    const other = aProvider();
    await calls(other, 4, UNKNOWN);
    expect(other.heard).toEqual([]);
  });

  test("five times in a row: calls are answered at once with the seconds to wait, and it is not asked", async () => {
    const story = await silent();
    expect(await story.open()).toEqual({
      is: "did_not_happen",
      because: expect.stringMatching(/^stripe has not answered lately, so it was not asked\. Try again in \d+ s\.$/),
      retryAfterSeconds: expect.toSatisfy((seconds: number) => seconds >= 10 && seconds <= A_PAUSE),
    });
    expect(story.asked).toBe(5);
  });

  test("whichever calls they were: what one call learns holds for all", async () => {
    const story = aProvider({ says: at(UNKNOWN) });
    for (let call = 0; call < 2; call += 1) await story.open();
    for (let call = 0; call < 3; call += 1) await story.provider.lookUp("pi_1");
    expect(await story.open()).toMatchObject(NOT_ASKED);
    expect(await story.provider.lookUp("pi_1")).toMatchObject(NOT_ASKED);
  });

  test("five times, but not in a row: a no to a customer is an answer, too", async () => {
    for (const answer of [HAPPENED, REFUSED, tooMany(1)]) {
      const story = aProvider();
      await calls(story, 4, UNKNOWN);
      await calls(story, 1, answer);
      story.later(1);
      await calls(story, 4, UNKNOWN);
      expect(story).toMatchObject({ asked: 9, heard: [] });
    }
  });

  test("no connection comes about five times in a row: it is as silent", async () => {
    const story = aProvider({ says: at(NOT_CONNECTED) });
    for (let call = 0; call < 5; call += 1) {
      await story.open();
      story.later(call < 4 ? 60 : 0);
    }
    expect(story.heard).toEqual([{ is: "silent", name: "stripe", account: "main" }]);
  });

  test("the adapter throws: that goes on to the caller, and is no answer either", async () => {
    const story = aProvider({ says: () => Promise.reject(new Error("a bug")) });
    for (let call = 0; call < 5; call += 1) await expect(story.open()).rejects.toThrow("a bug");
    expect(await story.open()).toMatchObject(NOT_ASKED);
  });

  test("customers whose payments it refuses are no silence, however many", async () => {
    const story = aProvider();
    await calls(story, 30, REFUSED);
    expect(story).toMatchObject({ asked: 30, heard: [] });
  });
});

describe("a pause of a silent provider is over", () => {
  test("of twenty calls at once one is made; the others are answered at once", async () => {
    const story = await silent();
    story.later(A_PAUSE);
    const trial = Promise.withResolvers<Answer<Checkout>>();
    story.says = () => trial.promise;
    const [first, ...others] = Array.from({ length: 20 }, story.open);
    for (const other of await Promise.all(others)) {
      expect(other).toMatchObject({ ...NOT_ASKED, retryAfterSeconds: 5 });
    }
    expect(story.asked).toBe(6);
    trial.resolve(HAPPENED);
    expect(await first).toBe(HAPPENED);
  });

  test.each([HAPPENED, REFUSED, tooMany(30)])("it answers with $is: it is heard again, once", async (answer) => {
    const story = await silent();
    story.later(A_PAUSE);
    await calls(story, 1, answer);
    story.later(30);
    await calls(story, 3, HAPPENED);
    expect(story.asked).toBe(9);
    expect(story.heard.map(({ is }) => is)).toEqual(["silent", "answers"]);
  });

  test("it is still silent: it is left alone longer, at most five minutes, and that is no news", async () => {
    const story = await silent();
    const pauses: (number | null)[] = [];
    for (let trial = 0; trial < 8; trial += 1) {
      story.later(300);
      expect(await story.open()).toEqual(UNKNOWN);
      const answer = await story.open();
      pauses.push("retryAfterSeconds" in answer ? answer.retryAfterSeconds : null);
    }
    expect(pauses[0]).toBeGreaterThanOrEqual(20);
    expect(pauses[0]).toBeLessThanOrEqual(40);
    expect(pauses.at(-1)).toBeGreaterThanOrEqual(150);
    expect(pauses.at(-1)).toBeLessThanOrEqual(300);
    expect(story.heard.map(({ is }) => is)).toEqual(["silent"]);
  });

  test("a call from before the silence ends without an answer: the trial goes on, and its answer counts", async () => {
    const old = Promise.withResolvers<Answer<Checkout>>();
    const story = aProvider({ says: () => old.promise });
    const late = story.open();
    await calls(story, 5, UNKNOWN);
    story.later(A_PAUSE);
    const trial = Promise.withResolvers<Answer<Checkout>>();
    story.says = () => trial.promise;
    const first = story.open();
    old.resolve(UNKNOWN);
    expect(await late).toEqual(UNKNOWN);
    trial.resolve(HAPPENED);
    expect(await first).toEqual(HAPPENED);
    expect(story.heard.map(({ is }) => is)).toEqual(["silent", "answers"]);
  });

  test("it answers, and falls silent again a day later: both times people hear of it, and the pause is short again", async () => {
    const story = await silent();
    story.later(A_PAUSE);
    await calls(story, 1, HAPPENED);
    story.later(86_400);
    await calls(story, 5, UNKNOWN);
    expect(story.heard.map(({ is }) => is)).toEqual(["silent", "answers", "silent"]);
    story.later(A_PAUSE);
    await calls(story, 1, HAPPENED);
    expect(story.heard).toHaveLength(4);
  });
});

describe("two accounts of one merchant", () => {
  test("one is silent: the other is asked as ever, and the word to people names the one", async () => {
    const [shop, main] = [await silent({ account: "shop2" }), aProvider()];
    expect(await main.open()).toBe(HAPPENED);
    expect(await shop.open()).toMatchObject({ because: expect.stringMatching(/^stripe\/shop2 /) });
    expect(shop.heard).toEqual([{ is: "silent", name: "stripe", account: "shop2" }]);
    expect(main.heard).toEqual([]);
  });
});
