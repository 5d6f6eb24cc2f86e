import { describe, expect, test } from "vitest";
import { createStripe } from "../../src/providers/stripe/client.ts";
import type { CheckoutRequest } from "../../src/ports.ts";
import type { CallFault } from "../../src/sandbox/provider/faults.ts";
import { createStripeSandbox } from "../../src/sandbox/stripe/sandbox.ts";
import { aCheckout, drams, NOON } from "../sandbox/vpos-story.ts";

const KEY = "sk_test_that_nobody_may_see";

const at = (apiUrl: string, timeoutMs = 10_000, secretKey = KEY) =>
  createStripe({ secretKey, webhookSecrets: ["whsec_test"], apiUrl, timeoutMs });

async function faultStory() {
  const sandbox = createStripeSandbox({
    secretKey: KEY,
    webhookSecret: "whsec_test",
    webhookUrl: () => null,
    clock: () => NOON,
  });
  await sandbox.start();
  const stripe = at(sandbox.origin);
  const opened = async (changed: Partial<CheckoutRequest> = {}) => {
    const answer = await stripe.open(aCheckout(changed));
    if (answer.is !== "happened") throw new Error(`not opened: ${JSON.stringify(answer)}`);
    return answer.value.reference;
  };
  const adapterFor = ({ kind }: CallFault) => (["hang", "slow"].includes(kind) ? at(sandbox.origin, 500) : stripe);
  return { sandbox, stripe, opened, adapterFor, [Symbol.asyncDispose]: () => sandbox.stop() };
}

const refused = (code: string, alarm = false, mayExist = false) => ({ is: "refused", code, alarm, mayExist });
const unknown = (because = "") => ({ is: "unknown", because: expect.stringContaining(because) });
const wait = (retryAfterSeconds: number | null) => ({ is: "did_not_happen", retryAfterSeconds });
const report = (value: object) => ({ is: "happened", value });
const says = (fields: Record<string, unknown>): CallFault => ({ kind: "differs", fields });
const without = (field: string): CallFault => ({ kind: "missing_field", field });
const unusable = refused("answer_unusable", false, true);
const differs = refused("echo_differs", true, true);

describe("opening a checkout goes wrong", () => {
  test.each<[string, CallFault, object]>([
    ["our key is not accepted: alarm", { kind: "unauthorized" }, refused("unauthorized", true)],
    ["our key may not do this: alarm", { kind: "origin_not_trusted" }, refused("forbidden", true)],
    ["too many calls: we wait as told", { kind: "rate_limited", retryAfterSeconds: 7 }, wait(7)],
    ["too many calls, no time given: we wait by our own pace", { kind: "rate_limited" }, wait(null)],
    ["a fault over there: it may have happened", { kind: "internal_error" }, unknown("500")],
    ["the connection breaks: it may have happened", { kind: "lost_answer" }, unknown("broke")],
    ["no answer at all: it may have happened", { kind: "hang" }, unknown("in time")],
    ["the answer comes too late: it may have happened", { kind: "slow", ms: 1000 }, unknown("in time")],
    ["half an answer: it may have happened", { kind: "malformed_body" }, unknown("nothing we can read")],
    ["no such call: refused", { kind: "not_found" }, refused("resource_missing")],
    ["something that is no session: it may have happened", says({ object: "price" }), unknown("nothing we can read")],
    ["no id: not usable", without("id"), unusable],
    ["an id of something else: not usable", says({ id: "pi_1" }), unusable],
    ["no address: not usable", says({ url: null }), unusable],
    ["an address without TLS: not usable", says({ url: "http://pay.example/1" }), unusable],
    ["an address with a login: not usable", says({ url: "https://a:b@pay.example" }), unusable],
    ["an address that is a script: not usable", says({ url: "javascript:alert(1)" }), unusable],
    ["another order: alarm", says({ client_reference_id: "INV-9" }), differs],
    ["no order: alarm", says({ client_reference_id: null }), differs],
    ["another amount: alarm", says({ amount_total: 1 }), differs],
    ["the amount as a text: alarm", says({ amount_total: "1500000" }), differs],
    ["no amount: alarm", without("amount_total"), differs],
    ["another currency: alarm", says({ currency: "usd" }), differs],
  ])("%s", async (_, fault, expected) => {
    await using story = await faultStory();
    story.sandbox.faults.add({ on: "create", fault });
    const answer = await story.adapterFor(fault).open(aCheckout());
    expect(answer).toMatchObject(expected);
    expect(JSON.stringify(answer)).not.toContain(KEY);
  });

  test.each(["up", "down"] as const)("an answer that is a hundredfold %s says so", async (direction) => {
    await using story = await faultStory();
    story.sandbox.faults.add({ on: "create", fault: { kind: "hundredfold", direction } });
    const answer = await story.stripe.open(aCheckout());
    expect(answer).toMatchObject({ ...differs, because: expect.stringContaining("exactly a hundredfold") });
  });

  test("odd and extra fields: the checkout is usable all the same", async () => {
    await using story = await faultStory();
    const fields = { expires_at: "soon", url: "https://pay.example/1", surprise: [1] };
    story.sandbox.faults.add({ on: "create", fault: says(fields) });
    expect(await story.stripe.open(aCheckout())).toMatchObject({ is: "happened", value: { expiresAt: null } });
  });

  test.each(["lost_answer", "malformed_body", "hang"] as const)(
    "after a %s the same attempt asked for again is the checkout that exists already",
    async (kind) => {
      await using story = await faultStory();
      story.sandbox.faults.add({ on: "create", fault: { kind } });
      expect(await story.adapterFor({ kind }).open(aCheckout())).toMatchObject({ is: "unknown" });
      const reference = await story.opened();
      expect(story.sandbox.sessions().map(({ id }) => id)).toEqual([reference]);
    },
  );

  test("the SDK repeats nothing by itself", async () => {
    await using story = await faultStory();
    story.sandbox.faults.add({ on: "create", fault: { kind: "internal_error" } });
    await story.stripe.open(aCheckout());
    expect(story.sandbox.wire()).toHaveLength(1);
  });

  test("the same key with another amount is refused, and nothing is opened", async () => {
    await using story = await faultStory();
    await story.opened();
    const answer = await story.stripe.open(aCheckout({ amount: drams(16_000) }));
    expect(answer).toMatchObject(refused("idempotency_conflict", false, true));
    expect(story.sandbox.sessions()).toHaveLength(1);
  });

  test("a repeat while the first is still worked on waits", async () => {
    await using story = await faultStory();
    const { promise: until, resolve: letGo } = Promise.withResolvers<void>();
    story.sandbox.faults.add({ on: "create", fault: { kind: "held", until } });
    const first = story.stripe.open(aCheckout());
    await expect.poll(() => story.sandbox.sessions().length).toBe(1);
    expect(await story.stripe.open(aCheckout())).toMatchObject({ is: "did_not_happen" });
    letGo();
    expect(await first).toMatchObject({ is: "happened" });
  });
});

describe("looking a checkout up goes wrong", () => {
  test.each<[string, CallFault, object]>([
    ["a fault over there: asked again later", { kind: "internal_error" }, unknown("500")],
    ["no answer: asked again later", { kind: "hang" }, unknown("in time")],
    ["the connection breaks: asked again later", { kind: "lost_answer" }, unknown("broke")],
    ["half an answer: asked again later", { kind: "malformed_body" }, unknown("nothing we can read")],
    ["not known there: never failed", { kind: "not_found" }, unknown("not counted as failed")],
    ["our key is not accepted: alarm", { kind: "unauthorized" }, refused("unauthorized", true)],
    ["too many calls: we wait as told", { kind: "rate_limited", retryAfterSeconds: 30 }, wait(30)],
    ["no status: nothing is guessed", without("status"), unknown()],
    ["nothing said of money: nothing is guessed", without("payment_status"), unknown()],
    ["paid by no payment: not paid", says({ payment_intent: null }), unknown("not counted as paid")],
    ["paid by no charge: not paid", says({ "payment_intent.latest_charge": null }), unknown("not counted as paid")],
    ["a payment that is only an id: nothing is guessed", says({ payment_intent: "pi_1" }), unknown()],
    ["a count of money that is a text: nothing is guessed", says({ "payment_intent.amount_received": "1" }), unknown()],
    ["another checkout than asked for: nothing is guessed", says({ id: "cs_other" }), unknown("another")],
    ["a new word for money", says({ payment_status: "promised" }), report({ status: "unrecognised" })],
    ["free of charge", says({ payment_status: "no_payment_required" }), report({ status: "unrecognised" })],
    [
      "a new word for a session",
      says({ status: "on_hold", payment_status: "unpaid" }),
      report({ status: "unrecognised", providerStatus: "on_hold/unpaid" }),
    ],
    [
      "a word for the payment that JavaScript knows",
      says({ payment_status: "unpaid", "payment_intent.status": "constructor" }),
      report({ status: "unrecognised" }),
    ],
    [
      "another order is reported as it stands",
      says({ client_reference_id: "INV-9" }),
      report({ orderId: "INV-9", status: "paid" }),
    ],
    ["no order is no order", says({ client_reference_id: null }), report({ orderId: "" })],
    [
      "less was received than asked for",
      says({ "payment_intent.amount_received": 1_400_000 }),
      report({ amount: drams(14_000), amountAsWritten: "1400000 amd (asked for 1500000 amd)" }),
    ],
    [
      "money in another currency",
      says({ "payment_intent.currency": "usd" }),
      report({ amount: { minor: 1_500_000n, currency: "USD" } }),
    ],
    ["money in a currency we do not know", says({ "payment_intent.currency": "xxx" }), report({ amount: null })],
    [
      "a hundredth is reported as it stands",
      { kind: "hundredfold", direction: "down" },
      report({ amount: drams(150) }),
    ],
  ])("%s", async (_, fault, expected) => {
    await using story = await faultStory();
    const reference = await story.opened();
    story.sandbox.settle(reference, "paid");
    story.sandbox.faults.add({ on: "lookup", fault });
    expect(await story.adapterFor(fault).lookUp(reference)).toMatchObject(expected);
    expect(await story.stripe.lookUp(reference)).toMatchObject({ value: { status: "paid", amount: drams(15_000) } });
  });

  test("a reference with a slash in it asks for nothing else", async () => {
    await using story = await faultStory();
    expect(await story.stripe.lookUp("../balance?x=")).toMatchObject({ is: "unknown" });
    const [exchange] = story.sandbox.wire();
    expect(exchange?.path).toMatch(/^\/v1\/checkout\/sessions\/\.\.%2Fbalance%3Fx%3D\?/);
  });
});

describe("closing and giving back go wrong", () => {
  test.each<[string, CallFault, object]>([
    ["a fault over there: it may be closed", { kind: "internal_error" }, unknown("500")],
    ["no answer: it may be closed", { kind: "hang" }, unknown("in time")],
    ["too many calls: it is not", { kind: "rate_limited", retryAfterSeconds: 3 }, wait(3)],
    ["our key is not accepted: alarm", { kind: "unauthorized" }, refused("unauthorized", true)],
  ])("closing: %s", async (_, fault, expected) => {
    await using story = await faultStory();
    const reference = await story.opened();
    story.sandbox.faults.add({ on: "close", fault });
    expect(await story.adapterFor(fault).close(reference)).toMatchObject(expected);
  });

  test("our key is not accepted while the checkout has ended: that is the key's alarm, not an answer", async () => {
    await using story = await faultStory();
    const reference = await story.opened();
    story.sandbox.settle(reference, "paid");
    story.sandbox.faults.add({ on: "close", fault: { kind: "unauthorized" } });
    expect(await story.stripe.close(reference)).toMatchObject(refused("unauthorized", true));
  });

  test("Stripe refuses to close what is open all the same: refused, and it is said to be open", async () => {
    await using story = await faultStory();
    const reference = await story.opened();
    story.sandbox.faults.add({ on: "close", fault: { kind: "not_found" } });
    expect(await story.stripe.close(reference)).toMatchObject(refused("resource_missing"));
  });

  test.each<[string, CallFault, object]>([
    ["a fault over there: it may have gone", { kind: "internal_error" }, unknown("500")],
    ["no answer: it may have gone", { kind: "hang" }, unknown("in time")],
    ["too many calls: it has not", { kind: "rate_limited", retryAfterSeconds: 3 }, wait(3)],
    ["our key is not accepted: alarm", { kind: "unauthorized" }, refused("unauthorized", true)],
  ])("giving back: %s", async (_, fault, expected) => {
    await using story = await faultStory();
    const reference = await story.opened();
    story.sandbox.settle(reference, "paid");
    story.sandbox.faults.add({ on: "refund", fault });
    const request = { idempotencyKey: "r", reference, amount: drams(1), paid: drams(15_000) };
    expect(await story.adapterFor(fault).refund.ask(request)).toMatchObject(expected);
  });
});

describe("the other side is not what we think", () => {
  test("a wrong key is refused with an alarm, whatever is asked", async () => {
    await using story = await faultStory();
    const stripe = at(story.sandbox.origin, 10_000, "sk_test_wrong");
    const alarm = { is: "refused", code: "unauthorized", alarm: true };
    expect(await stripe.open(aCheckout())).toMatchObject(alarm);
    expect(await stripe.lookUp("cs_test_1")).toMatchObject(alarm);
    expect(await stripe.close("cs_test_1")).toMatchObject(alarm);
    expect(await stripe.movements(NOON, NOON)).toMatchObject(alarm);
    const request = { idempotencyKey: "r", reference: "cs_test_1", amount: drams(1), paid: drams(1) };
    expect(await stripe.refund.ask(request)).toMatchObject(alarm);
  });
});
