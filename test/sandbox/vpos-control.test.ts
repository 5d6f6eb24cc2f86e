import { describe, expect, test } from "vitest";
import { createVposSandbox } from "../../src/sandbox/vpos/sandbox.ts";
import { aCheckout, drams, merchant, SECRET, TOKEN, vposStory } from "./vpos-story.ts";

describe("somebody decides how a payment ends", () => {
  test.each(["failed", "cancelled", "expired"] as const)(
    "late money: a payment that %s can still be paid",
    async (end) => {
      await using story = await vposStory();
      const reference = await story.opened();
      story.sandbox.settle(reference, end);
      story.sandbox.settle(reference, "paid");
      expect(await story.vpos.lookUp(reference)).toMatchObject({ value: { status: "paid" } });
    },
  );

  test.each(["pending", "failed", "cancelled", "expired", "paid"] as const)(
    "what is paid never becomes %s",
    async (end) => {
      await using story = await vposStory();
      const reference = await story.opened();
      story.sandbox.settle(reference, "paid");
      expect(() => story.sandbox.settle(reference, end)).toThrow(`is paid does not become ${end}`);
    },
  );

  test("nothing is given back that was not paid, and never more than that", async () => {
    await using story = await vposStory();
    const reference = await story.opened({ amount: drams(100) });
    expect(() => story.sandbox.refund(reference, 1)).toThrow("nothing to give back");
    story.sandbox.settle(reference, "paid");
    for (const minor of [0, -1, 0.5, 10_001])
      expect(() => story.sandbox.refund(reference, minor)).toThrow("1 to 10000");
    story.sandbox.refund(reference, 4000);
    expect(() => story.sandbox.refund(reference, 6001)).toThrow("1 to 6000");
    story.sandbox.refund(reference, 6000);
    expect(() => story.sandbox.refund(reference, 1)).toThrow("nothing to give back");
  });

  test("a payment that does not exist is said to", async () => {
    await using story = await vposStory();
    expect(() => story.sandbox.settle("pay_nobody", "paid")).toThrow("no payment pay_nobody");
  });
});

describe("somebody watches the wire", () => {
  test("every exchange is there in order, with its answer and without the token", async () => {
    using shop = await merchant();
    await using story = await vposStory({ webhookUrl: shop.url });
    const reference = await story.opened();
    const [session] = story.sandbox.sessions();
    const page = `/checkout/${session?.sessionId}`;
    await fetch(`${story.sandbox.origin}${page}`, {
      method: "POST",
      body: new URLSearchParams({ choice: "pay" }),
      redirect: "manual",
    });
    await story.sandbox.deliverDue();
    await story.vpos.lookUp(reference);
    const wire = story.sandbox.wire();
    expect(wire.map(({ from, method, path, status }) => [from, method, path, status])).toEqual([
      ["merchant", "POST", "/v1/payment-sessions", 201],
      ["customer", "POST", page, 303],
      ["vpos", "POST", "/webhooks/vpos", 200],
      ["merchant", "GET", `/v1/payments/${reference}`, 200],
    ]);
    expect(wire[0]?.headers).toEqual({ authorization: "Bearer •••", "idempotency-key": aCheckout().idempotencyKey });
    expect(wire[0]?.body).toContain('"amountMinor":1500000');
    expect(wire[3]?.answer).toContain('"status":"paid"');
    expect(wire[2]?.headers).toHaveProperty("x-vpos-signature");
    expect(JSON.stringify(wire)).not.toMatch(new RegExp(`${TOKEN}|${SECRET}`));
  });

  test("an answer that was lost stays open", async () => {
    await using story = await vposStory();
    story.sandbox.faults.add({ on: "create", fault: { kind: "lost_answer" } });
    await story.vpos.open(aCheckout());
    expect(story.sandbox.wire()).toMatchObject([{ path: "/v1/payment-sessions", status: null, answer: null }]);
  });

  test("a watcher is told of every change until it stops listening", async () => {
    await using story = await vposStory();
    let changes = 0;
    const stop = story.sandbox.onChange(() => void changes++);
    const reference = await story.opened();
    const afterOpening = changes;
    expect(afterOpening).toBeGreaterThan(0);
    story.sandbox.settle(reference, "pending");
    expect(changes).toBeGreaterThan(afterOpening);
    stop();
    const last = changes;
    story.sandbox.settle(reference, "paid");
    expect(changes).toBe(last);
  });
});

describe("the stand-in is stopped and started", () => {
  test("a snapshot is JSON, and the next one goes on from it: payments, keys and webhooks that wait", async () => {
    using deaf = await merchant([503]);
    const before = await vposStory({ webhookUrl: deaf.url });
    const reference = await before.opened();
    before.sandbox.settle(reference, "paid");
    await before.sandbox.deliverDue();
    const state: unknown = JSON.parse(JSON.stringify(before.sandbox.snapshot()));
    await before.sandbox.stop();

    await using after = await vposStory({ webhookUrl: deaf.url, state });
    expect(await after.opened()).toBe(reference);
    expect(await after.vpos.lookUp(reference)).toMatchObject({ value: { status: "paid" } });
    after.later(10);
    await after.sandbox.deliverDue();
    expect(deaf.received).toHaveLength(2);
    expect(after.sandbox.snapshot().deliveries).toEqual([]);
  });

  test("a webhook that was due when it stopped is sent when the next one starts, without being asked for", async () => {
    using shop = await merchant();
    const before = await vposStory({ webhookUrl: shop.url });
    before.sandbox.settle(await before.opened(), "paid");
    const state = before.sandbox.snapshot();
    await before.sandbox.stop();
    expect(shop.types()).toEqual([]);
    await using after = await vposStory({ webhookUrl: shop.url, state });
    await expect.poll(() => shop.types()).toEqual(["payment.paid"]);
    expect(after.sandbox.sessions()).toHaveLength(1);
  });

  test("a snapshot is a copy: what happens later does not reach it", async () => {
    await using story = await vposStory();
    const reference = await story.opened();
    const snapshot = story.sandbox.snapshot();
    story.sandbox.settle(reference, "paid");
    expect(snapshot.payments[0]?.status).toBe("created");
  });

  test("the same one can go away and come back on its port", async () => {
    await using story = await vposStory();
    const reference = await story.opened();
    const port = Number(new URL(story.sandbox.origin).port);
    await story.sandbox.stop();
    expect(await story.vpos.lookUp(reference)).toMatchObject({ is: "did_not_happen" });
    await story.sandbox.start(port);
    expect(await story.vpos.lookUp(reference)).toMatchObject({ is: "happened" });
  });

  test("before it is started it has no address, and a state that is not one is refused", () => {
    const options = { apiToken: TOKEN, webhookSecret: SECRET, webhookUrl: () => null, amdExponent: 2 } as const;
    expect(() => createVposSandbox(options).origin).toThrow("not started");
    expect(() => createVposSandbox({ ...options, state: { payments: [{}] } })).toThrow("cannot be read");
  });
});
