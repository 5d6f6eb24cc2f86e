import { describe, expect, test } from "vitest";
import type { WebhookFault } from "../../src/sandbox/provider/faults.ts";
import { merchant, type Received, vposStory } from "./vpos-story.ts";

type Story = Awaited<ReturnType<typeof vposStory>>;

const read = (story: Story, delivery: Received | undefined) =>
  story.vpos.readWebhook(delivery?.raw ?? Buffer.alloc(0), delivery?.headers ?? {}, story.now());

/** A payment that waits for the bank, with nothing left to deliver. */
async function pendingWith(story: Story, fault: WebhookFault): Promise<string> {
  const reference = await story.opened();
  story.sandbox.settle(reference, "pending");
  await story.sandbox.deliverDue();
  story.sandbox.faults.add({ on: "webhook", fault });
  return reference;
}

describe("a payment changes", () => {
  test("the merchant hears of it at once, signed and under the status's name", async () => {
    using shop = await merchant();
    await using story = await vposStory({ webhookUrl: shop.url });
    const reference = await story.opened();
    story.sandbox.settle(reference, "paid");
    await expect.poll(() => shop.types()).toEqual(["payment.paid"]);
    expect(read(story, shop.received[0])).toMatchObject({ is: "hint", hint: { reference } });
    expect(shop.received[0]?.headers["x-vpos-event-id"]).toBe(shop.received[0]?.event.id);
  });

  test("creating a session says nothing; a refund and an expiry do", async () => {
    using shop = await merchant();
    await using story = await vposStory({ webhookUrl: shop.url });
    const reference = await story.opened();
    await story.opened({ orderId: "INV-2", idempotencyKey: "INV-2-pay-attempt-1" });
    await story.sandbox.deliverDue();
    expect(shop.types()).toEqual([]);
    story.sandbox.settle(reference, "paid");
    story.sandbox.refund(reference, 1);
    story.sandbox.refund(reference, 1_499_999);
    await story.sandbox.deliverDue();
    story.later(20 * 60);
    await story.sandbox.deliverDue();
    expect(shop.types()).toEqual(["payment.paid", "payment.partially_refunded", "payment.refunded", "payment.expired"]);
  });

  test("without an address nothing is sent", async () => {
    await using story = await vposStory();
    story.sandbox.settle(await story.opened(), "paid");
    await story.sandbox.deliverDue();
    expect(story.sandbox.snapshot().deliveries).toEqual([]);
  });
});

describe("the merchant does not take a webhook", () => {
  test("it comes again after 10 seconds, then a minute, under the same id and freshly signed", async () => {
    using shop = await merchant([500, 401]);
    await using story = await vposStory({ webhookUrl: shop.url });
    story.sandbox.settle(await story.opened(), "paid");
    const after = async (seconds: number) => {
      story.later(seconds);
      await story.sandbox.deliverDue();
      return shop.received.length;
    };
    expect([await after(0), await after(9), await after(1), await after(59), await after(1)]).toEqual([1, 1, 2, 2, 3]);
    expect(await after(86_400)).toBe(3);
    expect(new Set(shop.received.map(({ event }) => event.id)).size).toBe(1);
    story.later(-86_400);
    expect(read(story, shop.received[2])).toMatchObject({ is: "hint" });
  });

  test("after the last pause it is given up", async () => {
    using shop = await merchant(Array.from({ length: 20 }, () => 500));
    await using story = await vposStory({ webhookUrl: shop.url });
    story.sandbox.settle(await story.opened(), "paid");
    for (let day = 0; day < 12; day++) {
      await story.sandbox.deliverDue();
      story.later(86_400);
    }
    expect(shop.received).toHaveLength(8);
    expect(story.sandbox.snapshot().deliveries).toEqual([]);
  });
});

describe("webhooks go wrong on purpose", () => {
  test.each<[string, WebhookFault, string[]]>([
    ["lost: none comes", { kind: "lost" }, ["payment.pending"]],
    ["duplicated: it comes twice", { kind: "duplicated" }, ["payment.pending", "payment.paid", "payment.paid"]],
    ["saying another status", { kind: "differs", fields: { status: "failed" } }, ["payment.pending", "payment.failed"]],
  ])("%s", async (_, fault, types) => {
    using shop = await merchant();
    await using story = await vposStory({ webhookUrl: shop.url });
    story.sandbox.settle(await pendingWith(story, fault), "paid");
    await story.sandbox.deliverDue();
    expect(shop.types()).toEqual(types);
  });

  test.each([
    ["duplicated", 1],
    ["duplicated_with_new_id", 2],
  ] as const)("%s: two deliveries have %i ids", async (kind, ids) => {
    using shop = await merchant();
    await using story = await vposStory({ webhookUrl: shop.url });
    story.sandbox.settle(await pendingWith(story, { kind }), "paid");
    await story.sandbox.deliverDue();
    expect(new Set(shop.received.slice(1).map(({ event }) => event.id)).size).toBe(ids);
  });

  test.each(["wrong_signature", "stale"] as const)(
    "%s: it is sent once, and the adapter turns it away",
    async (kind) => {
      using shop = await merchant([200, 401]);
      await using story = await vposStory({ webhookUrl: shop.url });
      story.sandbox.settle(await pendingWith(story, { kind }), "paid");
      await story.sandbox.deliverDue();
      expect(read(story, shop.received[1])).toEqual({ is: "rejected", because: kind });
      expect(story.sandbox.snapshot().deliveries).toEqual([]);
    },
  );

  test("delayed: it comes when its time is over", async () => {
    using shop = await merchant();
    await using story = await vposStory({ webhookUrl: shop.url });
    story.sandbox.settle(await pendingWith(story, { kind: "delayed", seconds: 3600 }), "paid");
    story.later(3599);
    await story.sandbox.deliverDue();
    expect(shop.types()).toEqual(["payment.pending"]);
    story.later(1);
    await story.sandbox.deliverDue();
    expect(shop.types()).toEqual(["payment.pending", "payment.paid"]);
  });

  test("reordered: paid comes first, pending after it", async () => {
    using shop = await merchant();
    await using story = await vposStory({ webhookUrl: shop.url });
    const reference = await story.opened();
    story.sandbox.faults.add({ on: "webhook", fault: { kind: "reordered" } });
    story.sandbox.settle(reference, "pending");
    await story.sandbox.deliverDue();
    expect(shop.types()).toEqual([]);
    story.sandbox.settle(reference, "paid");
    await story.sandbox.deliverDue();
    expect(shop.types()).toEqual(["payment.paid", "payment.pending"]);
  });
});

describe("a fault is meant for one order", () => {
  test("others pass, and it waits for its own", async () => {
    using shop = await merchant();
    await using story = await vposStory({ webhookUrl: shop.url });
    const one = await story.opened();
    const other = await story.opened({ orderId: "INV-2", idempotencyKey: "INV-2-pay-attempt-1" });
    story.sandbox.faults.add({ on: "webhook", fault: { kind: "lost" }, orderId: "INV-2" });
    story.sandbox.settle(one, "paid");
    expect(story.sandbox.faults.waiting()).toHaveLength(1);
    story.sandbox.settle(other, "paid");
    expect(story.sandbox.faults.waiting()).toEqual([]);
    await story.sandbox.deliverDue();
    expect(shop.received.map((delivery) => read(story, delivery))).toMatchObject([{ hint: { reference: one } }]);
  });
});

test("a webhook can arrive before the answer of the call that opened its session", async () => {
  using shop = await merchant();
  await using story = await vposStory({ webhookUrl: shop.url });
  const { promise: until, resolve: letGo } = Promise.withResolvers<void>();
  story.sandbox.faults.add({ on: "create", fault: { kind: "held", until } });
  const answer = story.opened();
  await expect.poll(() => story.sandbox.sessions().length).toBe(1);
  const reference = story.sandbox.sessions()[0]?.id ?? "";
  story.sandbox.settle(reference, "paid");
  await story.sandbox.deliverDue();
  expect(shop.types()).toEqual(["payment.paid"]);
  letGo();
  expect(await answer).toBe(reference);
});
