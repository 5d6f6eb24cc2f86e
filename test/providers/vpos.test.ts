import { describe, expect, test } from "vitest";
import type { Money } from "../../domain/money.ts";
import { aCheckout, drams, merchant, NOON, vposStory } from "../sandbox/vpos-story.ts";

describe.each([
  { amdExponent: 0, onTheWire: 15_000 },
  { amdExponent: 2, onTheWire: 1_500_000 },
] as const)("VPOS.am counts drams with exponent $amdExponent", ({ amdExponent, onTheWire }) => {
  test("a checkout is opened for exactly our order and amount, and its address is the provider's page", async () => {
    await using story = await vposStory({ amdExponent });
    const answer = await story.vpos.open(aCheckout());
    const [session] = story.sandbox.sessions();
    expect(session).toMatchObject({ merchantOrderId: "INV-1042", amountMinor: onTheWire, currency: "AMD" });
    expect(answer).toEqual({
      is: "happened",
      value: {
        reference: session?.id,
        url: `${story.sandbox.origin}/checkout/${session?.sessionId}`,
        expiresAt: new Date(NOON.getTime() + 20 * 60_000),
      },
      requestId: expect.stringMatching(/^req_/),
    });
  });

  test("the same attempt asked for twice is one checkout", async () => {
    await using story = await vposStory({ amdExponent });
    expect(await story.opened()).toBe(await story.opened());
    expect(story.sandbox.sessions()).toHaveLength(1);
  });

  test("a paid payment is reported with our amount, our order, the bank's reference and the time", async () => {
    await using story = await vposStory({ amdExponent });
    const reference = await story.opened();
    story.later(60);
    story.sandbox.settle(reference, "paid");
    const answer = await story.vpos.lookUp(reference);
    expect(answer).toMatchObject({
      is: "happened",
      value: {
        status: "paid",
        providerStatus: "paid",
        reference,
        orderId: "INV-1042",
        amount: drams(15_000),
        amountAsWritten: `${onTheWire} AMD`,
        refunded: drams(0),
        paymentReference: expect.stringMatching(/^rrn-/),
        paidAt: new Date(NOON.getTime() + 60_000),
      },
    });
  });

  test("a part given back is reported in our scale", async () => {
    await using story = await vposStory({ amdExponent });
    const reference = await story.opened();
    story.sandbox.settle(reference, "paid");
    story.sandbox.refund(reference, onTheWire / 5);
    const part = await story.vpos.lookUp(reference);
    expect(part).toMatchObject({ value: { status: "part_refunded", amount: drams(15_000), refunded: drams(3000) } });
    story.sandbox.refund(reference, (onTheWire / 5) * 4);
    expect(await story.vpos.lookUp(reference)).toMatchObject({
      value: { status: "refunded", refunded: drams(15_000) },
    });
  });

  test.each<[Money["currency"], bigint]>([
    ["USD", 1999n],
    ["JPY", 500n],
    ["KWD", 1250n],
  ])("%s keeps its ISO scale", async (currency, minor) => {
    await using story = await vposStory({ amdExponent });
    const amount = { minor, currency };
    const reference = await story.opened({ amount });
    expect(story.sandbox.sessions()[0]?.amountMinor).toBe(Number(minor));
    expect(await story.vpos.lookUp(reference)).toMatchObject({ value: { amount } });
  });

  test("an answer that is a hundredfold of what we asked for sounds the alarm", async () => {
    await using story = await vposStory({ amdExponent });
    story.sandbox.faults.add({ on: "create", fault: { kind: "hundredfold", direction: "up" } });
    expect(await story.vpos.open(aCheckout())).toMatchObject({
      is: "refused",
      code: "echo_differs",
      alarm: true,
      because: expect.stringContaining("hundredfold"),
    });
  });

  test("a webhook of the stand-in is a hint to look exactly this payment up", async () => {
    using shop = await merchant();
    await using story = await vposStory({ amdExponent, webhookUrl: shop.url });
    const reference = await story.opened();
    story.sandbox.settle(reference, "paid");
    await story.sandbox.deliverDue();
    const [delivery] = shop.received;
    expect(story.vpos.readWebhook(delivery?.raw ?? Buffer.alloc(0), delivery?.headers ?? {}, story.now())).toEqual({
      is: "hint",
      hint: { eventId: delivery?.event.id, reference, orderId: "INV-1042" },
    });
  });
});

describe("an amount has a part of a dram", () => {
  test("where VPOS.am counts whole drams it is refused and never asked for", async () => {
    await using story = await vposStory({ amdExponent: 0 });
    const answer = await story.vpos.open(aCheckout({ amount: drams(150.5) }));
    expect(answer).toMatchObject({ is: "refused", code: "amount_not_whole", alarm: false });
    expect(story.sandbox.wire()).toEqual([]);
  });

  test("where VPOS.am counts luma it is asked for exactly", async () => {
    await using story = await vposStory({ amdExponent: 2 });
    await story.opened({ amount: drams(150.5) });
    expect(story.sandbox.sessions()[0]?.amountMinor).toBe(15_050);
  });
});

describe("a payment goes its way", () => {
  test.each([
    ["pending", "open"],
    ["failed", "failed"],
    ["cancelled", "failed"],
    ["expired", "expired"],
  ] as const)("VPOS.am's %s is our %s", async (theirs, ours) => {
    await using story = await vposStory();
    const reference = await story.opened();
    expect(await story.vpos.lookUp(reference)).toMatchObject({ value: { status: "open", providerStatus: "created" } });
    story.sandbox.settle(reference, theirs);
    const answer = await story.vpos.lookUp(reference);
    expect(answer).toMatchObject({ value: { status: ours, providerStatus: theirs, paymentReference: reference } });
  });

  test("a checkout nobody used in twenty minutes is reported as expired", async () => {
    await using story = await vposStory();
    const reference = await story.opened();
    story.later(20 * 60 - 1);
    expect(await story.vpos.lookUp(reference)).toMatchObject({ value: { status: "open" } });
    story.later(1);
    expect(await story.vpos.lookUp(reference)).toMatchObject({ value: { status: "expired" } });
  });
});

describe("the idempotency key could not be sent as a header", () => {
  test.each(["", "заказ-1", "x".repeat(256), "two\nlines"])("%j is refused and never asked for", async (key) => {
    await using story = await vposStory();
    const answer = await story.vpos.open(aCheckout({ idempotencyKey: key }));
    expect(answer).toMatchObject({ is: "refused", code: "idempotency_key_unfit" });
    expect(story.sandbox.wire()).toEqual([]);
  });
});

describe("the settings are not safe", () => {
  test("an empty webhook secret or token refuses to start", async () => {
    await expect(vposStory({ adapter: { webhookSecrets: ["good", ""] } })).rejects.toThrow("VPOS_WEBHOOK_SECRET");
    await expect(vposStory({ adapter: { apiToken: "" } })).rejects.toThrow("VPOS_API_TOKEN");
  });
});
