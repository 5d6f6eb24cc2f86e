import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createIpaySandbox } from "../../src/sandbox/ipay/sandbox.ts";
import { aCheckout, ATTEMPT, drams, ipayStory, NUMBER, PASSWORD, USER } from "./ipay-story.ts";

type Story = Awaited<ReturnType<typeof ipayStory>>;

/** A customer stands before the payment page of an open order. */
async function customer(story: Story, changed: Parameters<typeof aCheckout>[0] = {}) {
  const reference = await story.opened(changed);
  const order = () => story.sandbox.sessions().find(({ orderNumber }) => orderNumber === reference);
  const url = `${story.sandbox.origin}/payment/merchants/sandbox/payment_en.html?mdOrder=${order()?.orderId}`;
  const press = (choice: string) =>
    fetch(url, { method: "POST", body: new URLSearchParams({ choice }), redirect: "manual" });
  return { see: () => fetch(url), read: async () => (await fetch(url)).text(), press, order };
}

describe("a customer sees the payment page", () => {
  test("it says that it is a stand-in, and shows order, amount in drams and every choice", async () => {
    await using story = await ipayStory();
    const page = await (await customer(story)).read();
    for (const words of ["stand-in of ArCa iPay, no real money", "INV-1042", "15,000 AMD"])
      expect(page).toContain(words);
    const buttons = [...page.matchAll(/<button[^>]*value="(\w+)">([^<]+)</g)].map(([, value, words]) => [value, words]);
    expect(buttons).toEqual([
      ["pay", "Pay"],
      ["decline", "Decline"],
      ["abandon", "Leave without paying"],
    ]);
  });

  test("a part of a dram is shown", async () => {
    await using story = await ipayStory();
    expect(await (await customer(story, { amount: drams(150.25) })).read()).toContain("150.25 AMD");
  });

  test("nothing runs in it and nothing comes from elsewhere; its style is the one that was meant", async () => {
    await using story = await ipayStory();
    const response = await (await customer(story)).see();
    const page = await response.text();
    const policy = response.headers.get("content-security-policy") ?? "";
    const style = /<style>([\s\S]*)<\/style>/.exec(page)?.[1] ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'`);
    expect(policy).toContain("form-action 'self' http://127.0.0.1:3000;");
    expect(page).not.toMatch(/<script|style=|onclick/);
  });

  test("an order that is HTML is shown as text", async () => {
    await using story = await ipayStory();
    const page = await (await customer(story, { orderId: "<script>alert(1)</script>" })).read();
    expect(page).not.toContain("<script");
    expect(page).toContain("alert(1)");
  });

  test("looking changes nothing, and an order that does not exist is not found", async () => {
    await using story = await ipayStory();
    const { see, order } = await customer(story);
    await see();
    expect(order()?.orderStatus).toBe(0);
    const nobody = await fetch(`${story.sandbox.origin}/payment/merchants/sandbox/payment_en.html?mdOrder=nobody`);
    expect(nobody.status).toBe(404);
  });
});

describe("a customer presses a button", () => {
  test.each([
    ["pay", 2, 0],
    ["decline", 6, 116],
    ["abandon", 0, -100],
  ])("%s: the order has status %i, and iPay's id of it comes back to the shop", async (choice, status, code) => {
    await using story = await ipayStory();
    const { press, order } = await customer(story);
    const response = await press(choice);
    expect(response.status).toBe(303);
    expect(response.headers.get("location")).toBe(`${aCheckout().returnUrl}?orderId=${order()?.orderId}`);
    expect(order()).toMatchObject({ orderStatus: status, actionCode: code });
  });

  test("a customer who left comes back and pays", async () => {
    await using story = await ipayStory();
    const { press, order } = await customer(story);
    await press("abandon");
    await press("pay");
    expect(order()?.orderStatus).toBe(2);
  });

  test("a second press changes nothing, and the page says how it ended", async () => {
    await using story = await ipayStory();
    const { press, read, order } = await customer(story);
    await press("pay");
    expect((await press("decline")).status).toBe(303);
    expect(order()?.orderStatus).toBe(2);
    expect(await read()).toContain("This payment is paid.");
    expect(await read()).not.toContain("<button");
  });

  test("a choice that does not exist changes nothing", async () => {
    await using story = await ipayStory();
    const { press, order } = await customer(story);
    expect((await press("refund")).status).toBe(400);
    expect(order()?.orderStatus).toBe(0);
  });

  test.each(["open", "pending"] as const)(
    "twenty minutes after it was registered an order (%s) takes no money",
    async (how) => {
      await using story = await ipayStory();
      const { press, read, order } = await customer(story);
      if (how === "pending") story.sandbox.settle(NUMBER, "pending");
      story.later(20 * 60);
      expect(await read()).toContain("its time is over");
      await press("pay");
      expect(order()).toMatchObject({ orderStatus: 6, actionCode: -2007 });
    },
  );
});

describe("somebody decides how an order goes on", () => {
  test("what iPay would never do is refused with a sentence", async () => {
    await using story = await ipayStory();
    const reference = await story.opened();
    expect(() => story.sandbox.refund(reference, 100)).toThrow("has nothing to give back");
    expect(() => story.sandbox.reverse(reference)).toThrow("is not reversed");
    story.sandbox.settle(reference, "paid");
    expect(() => story.sandbox.settle(reference, "failed")).toThrow("does not become failed");
    expect(() => story.sandbox.refund(reference, 1_500_001)).toThrow("100 to 1500000");
    expect(() => story.sandbox.settle("nobody", "paid")).toThrow("no order nobody");
  });

  test("a fault that is meant for one order lets others pass, by the shop's order id or by the number", async () => {
    await using story = await ipayStory();
    const fault = { kind: "lost_answer" } as const;
    story.sandbox.faults.add({ on: "create", fault, orderId: "INV-2" });
    const reference = await story.opened();
    expect(story.sandbox.faults.waiting()).toHaveLength(1);
    const other = aCheckout({ orderId: "INV-2", attemptId: ATTEMPT.replace(/a$/, "b") });
    expect(await story.ipay.open(other)).toMatchObject({ is: "unknown" });
    story.sandbox.faults.add({ on: "lookup", fault, orderId: reference });
    expect(await story.ipay.lookUp(NUMBER.replace(/a$/, "b"))).toMatchObject({ is: "happened" });
    expect(await story.ipay.lookUp(reference)).toMatchObject({ is: "unknown" });
    expect(story.sandbox.faults.waiting()).toEqual([]);
  });

  test("an answer can be held back until somebody lets it go", async () => {
    await using story = await ipayStory();
    const { promise: until, resolve: letGo } = Promise.withResolvers<void>();
    story.sandbox.faults.add({ on: "create", fault: { kind: "held", until } });
    const answer = story.opened();
    await expect.poll(() => story.sandbox.sessions().length).toBe(1);
    letGo();
    expect(await answer).toBe(NUMBER);
  });

  test("a watcher is told of every change, until it stops watching", async () => {
    await using story = await ipayStory();
    let changes = 0;
    const stop = story.sandbox.onChange(() => void changes++);
    const reference = await story.opened();
    const afterOpening = changes;
    expect(afterOpening).toBeGreaterThan(0);
    story.sandbox.settle(reference, "paid");
    expect(changes).toBeGreaterThan(afterOpening);
    stop();
    const last = changes;
    story.sandbox.reverse(reference);
    expect(changes).toBe(last);
  });
});

describe("the stand-in is stopped and started", () => {
  test("a snapshot is JSON and a copy, and the next one goes on from it", async () => {
    const before = await ipayStory();
    const reference = await before.opened();
    const state: unknown = JSON.parse(JSON.stringify(before.sandbox.snapshot()));
    const copy = before.sandbox.snapshot();
    before.sandbox.settle(reference, "paid");
    expect(copy.orders[0]?.orderStatus).toBe(0);
    await before.sandbox.stop();
    await using after = await ipayStory({ state });
    expect(await after.ipay.lookUp(reference)).toMatchObject({ value: { status: "open" } });
    expect(await after.ipay.open(aCheckout())).toMatchObject({ code: "form_url_lost" });
  });

  test("the same one can go away and come back on its port", async () => {
    await using story = await ipayStory();
    const reference = await story.opened();
    const port = Number(new URL(story.sandbox.origin).port);
    await story.sandbox.stop();
    expect(await story.ipay.lookUp(reference)).toMatchObject({ is: "did_not_happen" });
    await story.sandbox.start(port);
    expect(await story.ipay.lookUp(reference)).toMatchObject({ is: "happened" });
  });

  test("before it is started it has no address, and a state that is not one is refused", () => {
    const options = { userName: USER, password: PASSWORD };
    expect(() => createIpaySandbox(options).origin).toThrow("not started");
    expect(() => createIpaySandbox({ ...options, state: { orders: [{}] } })).toThrow("cannot be read");
  });
});
