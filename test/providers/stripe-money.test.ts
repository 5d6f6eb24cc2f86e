import { describe, expect, test } from "vitest";
import type { Money } from "../../domain/money.ts";
import { createStripe } from "../../src/providers/stripe/client.ts";
import type { CheckoutRequest, RefundRequest } from "../../src/ports.ts";
import { createStripeSandbox } from "../../src/sandbox/stripe/sandbox.ts";
import { aCheckout, drams, NOON } from "../sandbox/vpos-story.ts";

const KEY = "sk_test_that_nobody_may_see";

/** Stripe on this machine, where payments are made in one line. */
async function tillStory() {
  let time = NOON.getTime();
  const sandbox = createStripeSandbox({
    secretKey: KEY,
    webhookSecret: "whsec_test",
    webhookUrl: () => null,
    clock: () => new Date(time),
  });
  await sandbox.start();
  const stripe = createStripe({ secretKey: KEY, webhookSecrets: [], apiUrl: sandbox.origin });
  const paid = async (orderId = "INV-1042", changed: Partial<CheckoutRequest> = {}) => {
    const answer = await stripe.open(aCheckout({ orderId, idempotencyKey: `${orderId}-attempt-1`, ...changed }));
    if (answer.is !== "happened") throw new Error(`not opened: ${JSON.stringify(answer)}`);
    sandbox.settle(answer.value.reference, "paid");
    return answer.value.reference;
  };
  const givenBack = (reference: string, changed: Partial<RefundRequest> = {}) =>
    stripe.refund.ask({
      idempotencyKey: "refund-1",
      reference,
      amount: drams(15_000),
      paid: drams(15_000),
      ...changed,
    });
  const day = async (from: string, until: string) => {
    const answer = await stripe.movements(new Date(from), new Date(until));
    if (answer.is !== "happened") throw new Error(`not listed: ${JSON.stringify(answer)}`);
    return answer.value;
  };
  const later = (seconds: number) => void (time += seconds * 1000);
  return { sandbox, stripe, paid, givenBack, day, later, [Symbol.asyncDispose]: () => sandbox.stop() };
}

const dollars = (minor: bigint): Money => ({ minor, currency: "USD" });
const asked = (body: string | null | undefined) => [...new URLSearchParams(body ?? "")];

describe("a person decided that money goes back", () => {
  test("Stripe takes the refund on, and it carries the attempt it belongs to", async () => {
    await using story = await tillStory();
    const reference = await story.paid();
    const answer = await story.givenBack(reference, { amount: drams(1000) });
    const payment = story.sandbox.sessions()[0]?.payment?.id ?? "";
    expect(answer).toMatchObject({ is: "happened", value: { id: expect.stringMatching(/^re_/) } });
    const exchange = story.sandbox.wire().at(-1);
    expect(exchange?.headers["idempotency-key"]).toBe("refund-1");
    expect(asked(exchange?.body)).toEqual([
      ["payment_intent", payment],
      ["amount", "100000"],
      ["metadata[orderId]", "INV-1042"],
      ["metadata[linkId]", "link-1"],
      ["metadata[attemptId]", "attempt-1"],
    ]);
    expect(await story.stripe.lookUp(reference)).toMatchObject({ value: { refunded: drams(1000) } });
  });

  test("the same refund asked for twice goes back once", async () => {
    await using story = await tillStory();
    const reference = await story.paid();
    const first = await story.givenBack(reference, { amount: drams(1000) });
    expect(await story.givenBack(reference, { amount: drams(1000) })).toMatchObject({
      is: "happened",
      value: first.is === "happened" ? first.value : null,
    });
    expect(story.sandbox.snapshot().refunds).toHaveLength(1);
  });

  test("its answer is lost: asked again it is the refund that was made", async () => {
    await using story = await tillStory();
    const reference = await story.paid();
    story.sandbox.faults.add({ on: "refund", fault: { kind: "lost_answer" } });
    expect(await story.givenBack(reference)).toMatchObject({ is: "unknown" });
    const id = story.sandbox.snapshot().refunds[0]?.id;
    expect(await story.givenBack(reference)).toMatchObject({ is: "happened", value: { id } });
    expect(story.sandbox.snapshot().refunds).toHaveLength(1);
  });

  test.each(["pending", "requires_action"])("Stripe calls it %s: it is on its way", async (status) => {
    await using story = await tillStory();
    story.sandbox.faults.add({ on: "refund", fault: { kind: "differs", fields: { status } } });
    expect(await story.givenBack(await story.paid())).toMatchObject({ is: "happened" });
  });

  test.each(["failed", "canceled"])("Stripe calls it %s: refused, with what to do", async (status) => {
    await using story = await tillStory();
    story.sandbox.faults.add({ on: "refund", fault: { kind: "differs", fields: { status } } });
    const because = expect.stringContaining("another way");
    expect(await story.givenBack(await story.paid())).toMatchObject({ is: "refused", code: "refund_failed", because });
  });

  test("all of it went back before: refused, in a sentence", async () => {
    await using story = await tillStory();
    const reference = await story.paid();
    story.sandbox.refund(reference, 1_500_000);
    expect(await story.givenBack(reference)).toMatchObject({
      is: "refused",
      code: "charge_already_refunded",
      because: expect.stringMatching(/^All of this payment has gone back already\. Stripe says \(code .*req_/),
      mayExist: false,
    });
  });

  test("more than is left is refused, and nothing moves", async () => {
    await using story = await tillStory();
    const reference = await story.paid();
    story.sandbox.refund(reference, 1);
    expect(await story.givenBack(reference)).toMatchObject({ is: "refused", code: "http_400" });
    expect(story.sandbox.snapshot().refunds).toHaveLength(1);
  });

  test("nothing was paid, or in another currency: refused before Stripe is asked to pay", async () => {
    await using story = await tillStory();
    const answer = await story.stripe.open(aCheckout());
    const reference = answer.is === "happened" ? answer.value.reference : "";
    expect(await story.givenBack(reference)).toMatchObject({ is: "refused", code: "nothing_paid" });
    story.sandbox.settle(reference, "paid");
    const other = await story.givenBack(reference, { amount: dollars(1000n) });
    expect(other).toMatchObject({ is: "refused", code: "currency_differs" });
    const strange = await story.givenBack(reference, { amount: { minor: 1001n, currency: "KWD" } });
    expect(strange).toMatchObject({ is: "refused", code: "amount_not_exact" });
    expect(story.sandbox.snapshot().refunds).toEqual([]);
  });

  test("the payment could not be found out first: nothing was given back, and it may be asked again", async () => {
    await using story = await tillStory();
    const reference = await story.paid();
    story.sandbox.faults.add({ on: "lookup", fault: { kind: "internal_error" } });
    const because = expect.stringContaining("Nothing was given back");
    expect(await story.givenBack(reference)).toMatchObject({ is: "did_not_happen", because });
  });
});

describe("the movements of a day", () => {
  test("each payment, refund and dispute is there with its sign, its fee and the checkout it belongs to", async () => {
    await using story = await tillStory();
    const first = await story.paid("INV-1");
    const second = await story.paid("INV-2", { amount: dollars(1999n) });
    story.later(60);
    const back = story.sandbox.refund(first, 300_000);
    story.sandbox.failRefund(back);
    story.sandbox.dispute(second, "needs_response");
    story.sandbox.dispute(second, "won");
    const [one, two] = [
      { reference: first, orderId: "INV-1" },
      { reference: second, orderId: "INV-2" },
    ];
    const listed = await story.day("2026-11-24T00:00:00Z", "2026-11-25T00:00:00Z");
    expect(listed.toReversed()).toMatchObject([
      { kind: "payment", ...one, amount: drams(15_000), fee: drams(435), at: NOON },
      { kind: "payment", ...two, amount: dollars(1999n), fee: dollars(58n) },
      { kind: "refund", ...one, amount: drams(-3000), fee: drams(0), at: new Date("2026-11-24T08:01:00Z") },
      { kind: "refund", ...one, amount: drams(3000) },
      { kind: "chargeback", ...two, amount: dollars(-1999n), fee: dollars(1500n) },
      { kind: "chargeback_reversed", ...two, amount: dollars(1999n) },
    ]);
    expect(new Set(listed.map(({ id }) => id)).size).toBe(6);
  });

  test("a day ends just before the next begins", async () => {
    await using story = await tillStory();
    await story.paid();
    expect(await story.day("2026-11-24T08:00:00Z", "2026-11-24T08:00:01Z")).toHaveLength(1);
    expect(await story.day("2026-11-24T07:00:00Z", "2026-11-24T08:00:00Z")).toEqual([]);
    expect(await story.day("2026-11-24T08:00:01Z", "2026-11-24T09:00:00Z")).toEqual([]);
    expect(await story.day("2026-11-24T08:00:00.500Z", "2026-11-24T09:00:00Z")).toEqual([]);
  });

  test("what goes back weeks later still names its checkout", async () => {
    await using story = await tillStory();
    const reference = await story.paid("INV-7");
    story.later(30 * 86_400);
    story.sandbox.refund(reference, 100_000);
    expect(await story.day("2026-12-24T00:00:00Z", "2026-12-25T00:00:00Z")).toMatchObject([
      { kind: "refund", reference, orderId: "INV-7", amount: drams(-1000) },
    ]);
  });

  test("a long day is read to its last page, each movement once", async () => {
    await using story = await tillStory();
    const reference = await story.paid();
    for (let count = 0; count < 220; count += 1) story.sandbox.refund(reference, 1);
    const listed = await story.day("2026-11-24T00:00:00Z", "2026-11-25T00:00:00Z");
    expect(new Set(listed.map(({ id }) => id)).size).toBe(221);
    expect(listed).toHaveLength(221);
    const pages = story.sandbox.wire().filter(({ path }) => path.startsWith("/v1/balance_transactions"));
    expect(pages).toHaveLength(3);
  });

  test("a day without any is empty", async () => {
    await using story = await tillStory();
    expect(await story.day("2026-11-24T00:00:00Z", "2026-11-25T00:00:00Z")).toEqual([]);
  });
});
