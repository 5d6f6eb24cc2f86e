import fc from "fast-check";
import { expect, test } from "vitest";
import type { Answer, CheckoutRequest, Heard, Provider, RefundRequest } from "../../src/ports.ts";
import { guarded } from "../../src/providers/guarded/guarded.ts";

const NOON = new Date("2026-11-24T12:00:00Z");
const MONEY = { minor: 1_500_000n, currency: "AMD" } as const;
const CHECKOUT: CheckoutRequest = {
  idempotencyKey: "INV-1042-1",
  orderId: "INV-1042",
  amount: MONEY,
  returnUrl: "https://pay.example/return",
  attemptId: "attempt-1",
  linkId: "link-1",
};
const REFUND: RefundRequest = { idempotencyKey: "refund-1", reference: "pi_1", amount: MONEY, paid: MONEY };

/** Every call a guard watches over. */
const CALLS = {
  open: (provider) => provider.open(CHECKOUT),
  lookUp: (provider) => provider.lookUp("pi_1"),
  close: (provider) => provider.close("pi_1"),
  refund: (provider) => provider.refund.ask(REFUND),
  movements: (provider) => provider.movements(NOON, NOON),
} satisfies Record<string, (provider: Required<Provider>) => Promise<Answer<unknown>>>;

const wait = fc.option(fc.integer({ min: 0, max: 120 }));
const unknown = fc.record({ is: fc.constant("unknown"), because: fc.string(), retryAfterSeconds: wait });
/** Frozen, and new each time: it is recognised when it comes back. */
const answer = fc
  .oneof(
    { arbitrary: unknown, weight: 6 },
    { arbitrary: fc.record({ is: fc.constant("happened"), value: fc.anything(), requestId: fc.string() }), weight: 1 },
    { arbitrary: fc.record({ is: fc.constant("refused"), code: fc.string(), because: fc.string() }), weight: 1 },
    {
      arbitrary: fc.record({ is: fc.constant("did_not_happen"), because: fc.string(), retryAfterSeconds: wait }),
      weight: 1,
    },
  )
  .map((one) => Object.freeze(one) as unknown as Answer<never>);

const step = fc.oneof(
  { arbitrary: fc.record({ call: fc.constantFrom(...Object.values(CALLS)) }), weight: 5 },
  { arbitrary: fc.record({ end: fc.nat(), answer }), weight: 4 },
  { arbitrary: fc.record({ later: fc.integer({ min: 1, max: 400 }) }), weight: 1 },
);

type UnderWay = PromiseWithResolvers<Answer<never>> & { readonly whileSilent: boolean; returned?: Promise<unknown> };

/** A provider whose calls are under way until they are told how to end. */
function aProvider() {
  let now = NOON.getTime();
  const heard: Heard["is"][] = [];
  const underWay: UnderWay[] = [];
  const ask = (): Promise<Answer<never>> => {
    const call = { ...Promise.withResolvers<Answer<never>>(), whileSilent: heard.at(-1) === "silent" };
    underWay.push(call);
    return call.promise;
  };
  const inner = { name: "stripe", account: "main", open: ask, lookUp: ask, close: ask, movements: ask };
  const around = { clock: () => new Date(now), heard: ({ is }: Heard) => heard.push(is) };
  const provider = guarded({ ...inner, refund: { partial: true, ask } }, around) as Required<Provider>;
  return { provider, heard, underWay, later: (seconds: number) => (now += seconds * 1000) };
}

type Story = ReturnType<typeof aProvider>;

async function begin({ provider, underWay }: Story, call: (typeof CALLS)[keyof typeof CALLS]): Promise<void> {
  const before = underWay.length;
  const returned = call(provider);
  const made = underWay[before];
  if (made) {
    made.returned = returned;
    return;
  }
  expect(await returned).toMatchObject({ is: "did_not_happen", retryAfterSeconds: expect.toSatisfy((s) => s >= 1) });
}

async function end({ underWay }: Story, which: number, how: Answer<never>): Promise<void> {
  const [call] = underWay.splice(which % Math.max(underWay.length, 1), 1);
  if (!call) return;
  call.resolve(how);
  expect(await call.returned).toBe(how);
}

test("whatever a provider answers and when: an answer that came is never changed, a silent provider is asked by one call at a time, and people hear of each change once", async () => {
  let trials = 0;
  const story = fc.asyncProperty(fc.array(step, { minLength: 40, maxLength: 150, size: "max" }), async (steps) => {
    const one = aProvider();
    for (const next of steps) {
      if ("call" in next) await begin(one, next.call);
      else if ("end" in next) await end(one, next.end, next.answer);
      else one.later(next.later);
      const asking = one.underWay.filter(({ whileSilent }) => whileSilent).length;
      expect(asking).toBeLessThanOrEqual(1);
      trials += asking;
    }
    expect(one.heard).toEqual(one.heard.map((_, at) => (at % 2 === 0 ? "silent" : "answers")));
  });
  await fc.assert(story, { numRuns: 150 });
  expect(trials).toBeGreaterThan(100); // a story in which no provider falls silent would pass for ever
});
