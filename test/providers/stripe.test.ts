import { describe, expect, test } from "vitest";
import type { Money } from "../../domain/money.ts";
import { stripeDecimals } from "../../src/providers/stripe/amount.ts";
import { createStripe, type StripeOptions } from "../../src/providers/stripe/client.ts";
import type { CheckoutRequest } from "../../src/ports.ts";
import { createStripeSandbox } from "../../src/sandbox/stripe/sandbox.ts";
import { aCheckout, drams, merchant, NOON } from "../sandbox/vpos-story.ts";

const KEY = "sk_test_that_nobody_may_see";
const SECRET = "whsec_test";

/** Stripe on this machine, with a clock the test moves, and the adapter that talks to it. */
async function stripeStory(options: { webhookUrl?: string; adapter?: Partial<StripeOptions> } = {}) {
  let time = NOON.getTime();
  const now = () => new Date(time);
  const sandbox = createStripeSandbox({
    secretKey: KEY,
    webhookSecret: SECRET,
    webhookUrl: () => options.webhookUrl ?? null,
    clock: now,
  });
  await sandbox.start();
  const stripe = createStripe({
    secretKey: KEY,
    webhookSecrets: [SECRET],
    apiUrl: sandbox.origin,
    ...options.adapter,
  });
  const opened = async (changed: Partial<CheckoutRequest> = {}) => {
    const answer = await stripe.open(aCheckout(changed));
    if (answer.is !== "happened") throw new Error(`not opened: ${JSON.stringify(answer)}`);
    return answer.value.reference;
  };
  const paid = async (changed: Partial<CheckoutRequest> = {}) => {
    const reference = await opened(changed);
    sandbox.settle(reference, "paid");
    return reference;
  };
  const later = (seconds: number) => void (time += seconds * 1000);
  return { sandbox, stripe, now, later, opened, paid, [Symbol.asyncDispose]: () => sandbox.stop() };
}

const money = (minor: bigint, currency: Money["currency"]): Money => ({ minor, currency });

describe("a checkout is opened", () => {
  test("it is for exactly our order and amount, and its address is Stripe's page", async () => {
    await using story = await stripeStory();
    const answer = await story.stripe.open(aCheckout());
    const [session] = story.sandbox.sessions();
    expect(session).toMatchObject({ clientReferenceId: "INV-1042", amount: 1_500_000, currency: "amd" });
    expect(answer).toEqual({
      is: "happened",
      value: {
        reference: session?.id,
        url: `${story.sandbox.origin}/c/pay/${session?.id}`,
        expiresAt: new Date("2026-11-25T08:00:00.000Z"),
      },
      requestId: expect.stringMatching(/^req_/),
    });
  });

  test("Stripe is told our ids and nothing else: no name, no phone, no purpose, and no time that would differ next time", async () => {
    await using story = await stripeStory();
    await story.opened();
    const [exchange] = story.sandbox.wire();
    expect(exchange?.headers["idempotency-key"]).toBe("INV-1042-pay-attempt-1");
    expect([...new URLSearchParams(exchange?.body ?? "")]).toEqual([
      ["mode", "payment"],
      ["line_items[0][quantity]", "1"],
      ["line_items[0][price_data][currency]", "amd"],
      ["line_items[0][price_data][unit_amount]", "1500000"],
      ["line_items[0][price_data][product_data][name]", "INV-1042"],
      ["client_reference_id", "INV-1042"],
      ["metadata[orderId]", "INV-1042"],
      ["metadata[linkId]", "link-1"],
      ["metadata[attemptId]", "attempt-1"],
      ["payment_intent_data[metadata][orderId]", "INV-1042"],
      ["payment_intent_data[metadata][linkId]", "link-1"],
      ["payment_intent_data[metadata][attemptId]", "attempt-1"],
      ["adaptive_pricing[enabled]", "false"],
      ["success_url", "http://127.0.0.1:3000/p/opaque/return"],
      ["cancel_url", "http://127.0.0.1:3000/p/opaque/return"],
    ]);
  });

  test("the same attempt asked for twice, hours apart, is one checkout", async () => {
    await using story = await stripeStory();
    const first = await story.opened();
    story.later(5 * 3600);
    expect(await story.opened()).toBe(first);
    expect(story.sandbox.sessions()).toHaveLength(1);
  });

  test.each<[Money["currency"], bigint, number]>([
    ["AMD", 1_500_050n, 1_500_050],
    ["USD", 1999n, 1999],
    ["JPY", 500n, 500],
    ["KRW", 12_000n, 12_000],
    ["KWD", 1250n, 1250],
  ])("%s %i is %i on the wire, and comes back as ours", async (currency, minor, onTheWire) => {
    await using story = await stripeStory();
    const reference = await story.paid({ amount: money(minor, currency) });
    expect(story.sandbox.sessions()[0]?.amount).toBe(onTheWire);
    const value = { amount: money(minor, currency), amountAsWritten: `${onTheWire} ${currency.toLowerCase()}` };
    expect(await story.stripe.lookUp(reference)).toMatchObject({ value });
  });

  test("a third decimal that Stripe cannot say is refused and never asked for", async () => {
    await using story = await stripeStory();
    const answer = await story.stripe.open(aCheckout({ amount: money(1251n, "KWD") }));
    expect(answer).toMatchObject({ is: "refused", code: "amount_not_exact", alarm: false, mayExist: false });
    expect(story.sandbox.wire()).toEqual([]);
  });

  test("an amount below Stripe's least is refused with its code", async () => {
    await using story = await stripeStory();
    const answer = await story.stripe.open(aCheckout({ amount: money(10n, "USD") }));
    expect(answer).toMatchObject({ is: "refused", code: "amount_too_small", alarm: false, mayExist: false });
  });

  test.each(["", "заказ-1", "x".repeat(256), "two\nlines"])(
    "the key %j cannot be a header: never asked",
    async (key) => {
      await using story = await stripeStory();
      const answer = await story.stripe.open(aCheckout({ idempotencyKey: key }));
      expect(answer).toMatchObject({ is: "refused", code: "idempotency_key_unfit" });
      expect(story.sandbox.wire()).toEqual([]);
    },
  );

  test.each([
    ["MGA", 0],
    ["JPY", 0],
    ["XPF", 0],
    ["UGX", 2],
    ["ISK", 2],
    ["HUF", 2],
    ["AMD", 2],
    ["TND", 3],
  ])("Stripe counts %s with %i decimals, whatever ISO 4217 says", (currency, decimals) => {
    expect(stripeDecimals(currency)).toBe(decimals);
  });
});

describe("a checkout is looked up", () => {
  test("a paid one says what was received, for which order, by which payment, and when", async () => {
    await using story = await stripeStory();
    const reference = await story.opened();
    story.later(60);
    story.sandbox.settle(reference, "paid");
    expect(await story.stripe.lookUp(reference)).toEqual({
      is: "happened",
      value: {
        status: "paid",
        providerStatus: "complete/paid",
        reference,
        orderId: "INV-1042",
        amount: drams(15_000),
        amountAsWritten: "1500000 amd",
        refunded: drams(0),
        paymentReference: expect.stringMatching(/^pi_/),
        paidAt: new Date("2026-11-24T08:01:00.000Z"),
        dispute: null,
        fiscal: null,
      },
      requestId: expect.stringMatching(/^req_/),
    });
  });

  test("one that nobody has touched is open, and nothing was paid", async () => {
    await using story = await stripeStory();
    expect(await story.stripe.lookUp(await story.opened())).toMatchObject({
      value: { status: "open", providerStatus: "open/unpaid", paymentReference: null, paidAt: null, refunded: null },
    });
  });

  test.each([
    ["a declined card leaves it open", ["declined"], "open", "open/unpaid"],
    ["a transfer on its way leaves it open", ["processing"], "open", "complete/unpaid/processing"],
    ["a transfer that arrives pays it", ["processing", "paid"], "paid", "complete/paid"],
    [
      "a transfer that never arrives ends it",
      ["processing", "failed"],
      "failed",
      "complete/unpaid/requires_payment_method",
    ],
    ["a declined card and then a good one pay it", ["declined", "paid"], "paid", "complete/paid"],
    ["Stripe expires it", ["expired"], "expired", "expired/unpaid"],
  ] as const)("%s", async (_, outcomes, status, providerStatus) => {
    await using story = await stripeStory();
    const reference = await story.opened();
    for (const outcome of outcomes) story.sandbox.settle(reference, outcome);
    expect(await story.stripe.lookUp(reference)).toMatchObject({ value: { status, providerStatus } });
  });

  test("nobody uses it for a day: it is expired, and not a second before", async () => {
    await using story = await stripeStory();
    const reference = await story.opened();
    story.later(86_399);
    expect(await story.stripe.lookUp(reference)).toMatchObject({ value: { status: "open" } });
    story.later(1);
    expect(await story.stripe.lookUp(reference)).toMatchObject({ value: { status: "expired" } });
  });

  test("what went back is told, part and whole, and what came back again too", async () => {
    await using story = await stripeStory();
    const reference = await story.paid();
    story.sandbox.refund(reference, 300_000);
    const part = { status: "part_refunded", amount: drams(15_000), refunded: drams(3000) };
    expect(await story.stripe.lookUp(reference)).toMatchObject({ value: part });
    const rest = story.sandbox.refund(reference, 1_200_000);
    const all = { status: "refunded", amount: drams(15_000), refunded: drams(15_000) };
    expect(await story.stripe.lookUp(reference)).toMatchObject({ value: all });
    story.sandbox.failRefund(rest);
    expect(await story.stripe.lookUp(reference)).toMatchObject({ value: part });
  });

  test.each([
    ["a bank only asks: no money has moved", ["warning_needs_response"], null],
    ["a bank asked and was answered", ["warning_needs_response", "warning_closed"], null],
    ["a bank takes it back", ["needs_response"], "open"],
    ["our evidence is being read", ["needs_response", "under_review"], "open"],
    ["the bank agrees with us", ["needs_response", "under_review", "won"], "won"],
    ["the bank does not agree", ["needs_response", "lost"], "lost"],
  ] as const)("%s: the payment stays a payment, beside its dispute", async (_, steps, state) => {
    await using story = await stripeStory();
    const reference = await story.paid();
    for (const step of steps) story.sandbox.dispute(reference, step);
    const dispute = state === null ? null : { state, amount: drams(15_000) };
    expect(await story.stripe.lookUp(reference)).toMatchObject({
      value: { status: "paid", dispute, refunded: drams(0) },
    });
  });
});

describe("a checkout is closed", () => {
  test("an open one is expired, so that nobody can pay there any more", async () => {
    await using story = await stripeStory();
    const reference = await story.opened();
    const answer = await story.stripe.close(reference);
    expect(answer).toEqual({ is: "happened", value: { closed: true }, requestId: expect.stringMatching(/^req_/) });
    expect(story.sandbox.sessions()[0]?.status).toBe("expired");
  });

  test.each(["paid", "processing", "expired"] as const)("one that is %s had ended before", async (outcome) => {
    await using story = await stripeStory();
    const reference = await story.opened();
    story.sandbox.settle(reference, outcome);
    expect(await story.stripe.close(reference)).toMatchObject({ is: "happened", value: { closed: false } });
  });

  test("one that Stripe does not know cannot be closed", async () => {
    await using story = await stripeStory();
    expect(await story.stripe.close("cs_test_nobody")).toMatchObject({ is: "refused", code: "resource_missing" });
  });
});

describe("a webhook of the stand-in", () => {
  test("every event of a payment's life is a hint that names the attempt, or the session, or at least the payment", async () => {
    using shop = await merchant();
    await using story = await stripeStory({ webhookUrl: shop.url });
    const reference = await story.paid();
    await story.stripe.refund.ask({ idempotencyKey: "r", reference, amount: drams(1000), paid: drams(15_000) });
    story.sandbox.dispute(reference, "needs_response");
    await story.sandbox.deliverDue();
    const payment = story.sandbox.sessions()[0]?.payment?.id;
    const read = shop.received.map(({ raw, headers }) => story.stripe.readWebhook(raw, headers, story.now()));
    const named = { orderId: "INV-1042", attempt: "attempt-1" };
    expect(shop.types()).toEqual([
      "checkout.session.completed",
      "payment_intent.succeeded",
      "charge.succeeded",
      "charge.refunded",
      "refund.created",
      "charge.dispute.created",
    ]);
    expect(read).toMatchObject([
      { is: "hint", hint: { eventId: shop.received[0]?.event.id, reference, ...named } },
      { is: "hint", hint: { reference: payment, ...named } },
      { is: "hint", hint: { reference: payment, ...named } },
      { is: "hint", hint: { reference: payment, ...named } },
      { is: "hint", hint: { reference: payment, ...named } },
      { is: "hint", hint: { reference: payment, orderId: null } },
    ]);
  });
});

describe("the settings are not safe", () => {
  test("an empty webhook secret or key refuses to start", async () => {
    await expect(stripeStory({ adapter: { webhookSecrets: ["good", " "] } })).rejects.toThrow("STRIPE_WEBHOOK_SECRET");
    await expect(stripeStory({ adapter: { secretKey: "" } })).rejects.toThrow("STRIPE_SECRET_KEY");
  });

  test("a second account keeps its own name", async () => {
    await using story = await stripeStory({ adapter: { account: "shop2" } });
    expect(story.stripe).toMatchObject({ name: "stripe", account: "shop2", refund: { partial: true } });
  });
});
