import { createHash, createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createStripeSandbox } from "../../src/sandbox/stripe/sandbox.ts";
import type { WebhookFault } from "../../src/sandbox/provider/faults.ts";
import { merchant, NOON } from "./vpos-story.ts";

const KEY = "sk_test_that_nobody_may_see";
const SECRET = "whsec_test";

/** The header of an honest delivery at noon. */
const signed = (raw: Buffer) =>
  `t=1795507200,v1=${createHmac("sha256", SECRET).update("1795507200.").update(raw).digest("hex")}`;

/** A customer stands before the checkout of a session. */
async function customer(options: { webhookUrl?: string; name?: string } = {}) {
  let time = NOON.getTime();
  const sandbox = createStripeSandbox({
    secretKey: KEY,
    webhookSecret: SECRET,
    webhookUrl: () => options.webhookUrl ?? null,
    clock: () => new Date(time),
  });
  await sandbox.start();
  const body = new URLSearchParams({
    mode: "payment",
    "line_items[0][quantity]": "1",
    "line_items[0][price_data][currency]": "amd",
    "line_items[0][price_data][unit_amount]": "1500025",
    "line_items[0][price_data][product_data][name]": options.name ?? "INV-1042",
    client_reference_id: "INV-1042",
    success_url: "http://127.0.0.1:3000/paid/{CHECKOUT_SESSION_ID}",
    cancel_url: "http://127.0.0.1:3001/left",
  });
  const headers = { authorization: `Bearer ${KEY}` };
  const opened = await fetch(`${sandbox.origin}/v1/checkout/sessions`, { method: "POST", headers, body });
  const { id, url } = (await opened.json()) as { id: string; url: string };
  return {
    sandbox,
    id,
    see: () => fetch(url),
    read: async () => (await fetch(url)).text(),
    press: (choice: string) =>
      fetch(url, { method: "POST", body: new URLSearchParams({ choice }), redirect: "manual" }),
    session: () => sandbox.sessions()[0],
    later: (seconds: number) => void (time += seconds * 1000),
    [Symbol.asyncDispose]: () => sandbox.stop(),
  };
}

describe("a customer sees the checkout", () => {
  test("it says that it is a stand-in, and shows order, amount and every choice", async () => {
    await using story = await customer();
    const page = await story.read();
    for (const words of ["stand-in of Stripe, no real money", "INV-1042", "15,000.25 AMD"])
      expect(page).toContain(words);
    const buttons = [...page.matchAll(/<button[^>]*value="(\w+)">/g)].map(([, value]) => value);
    expect(buttons).toEqual(["pay", "decline", "later", "abandon"]);
  });

  test("nothing runs in it and nothing comes from elsewhere; it leads to the two places the shop named", async () => {
    await using story = await customer({ name: "<script>alert(1)</script>" });
    const response = await story.see();
    const page = await response.text();
    const policy = response.headers.get("content-security-policy") ?? "";
    const style = /<style>([\s\S]*)<\/style>/.exec(page)?.[1] ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'`);
    expect(policy).toContain("form-action 'self' http://127.0.0.1:3000 http://127.0.0.1:3001;");
    expect(page).not.toMatch(/<script|style=|onclick/);
    expect(page).toContain("alert(1)");
  });

  test("a checkout that does not exist is not found", async () => {
    await using story = await customer();
    expect((await fetch(`${story.sandbox.origin}/c/pay/cs_nobody`)).status).toBe(404);
  });
});

describe("a customer presses a button", () => {
  test("pay: it is paid, and the way leads to the shop with the session's id", async () => {
    await using story = await customer();
    const response = await story.press("pay");
    expect([response.status, response.headers.get("location")]).toEqual([
      303,
      `http://127.0.0.1:3000/paid/${story.id}`,
    ]);
    expect(story.session()).toMatchObject({ status: "complete", paymentStatus: "paid" });
    await story.press("decline");
    expect(await story.read()).toContain("This payment is paid.");
  });

  test("a declined card: the page stays, says so, and a good one pays", async () => {
    await using story = await customer();
    const response = await story.press("decline");
    expect([response.status, await response.text()]).toEqual([200, expect.stringContaining("The card was declined.")]);
    expect(story.session()).toMatchObject({ status: "open", paymentStatus: "unpaid" });
    await story.press("pay");
    expect(story.session()).toMatchObject({ paymentStatus: "paid" });
  });

  test("a transfer: the checkout is over and its money not there yet", async () => {
    await using story = await customer();
    expect((await story.press("later")).status).toBe(303);
    expect(story.session()).toMatchObject({ status: "complete", paymentStatus: "unpaid" });
    expect(await story.read()).toContain("The bank has not decided yet.");
    story.later(5 * 86_400);
    story.sandbox.settle(story.id, "failed");
    expect(await story.read()).toContain("The bank has declined this payment.");
  });

  test("abandon: nothing changes, and the way leads where the shop wants those who leave", async () => {
    await using story = await customer();
    expect((await story.press("abandon")).headers.get("location")).toBe("http://127.0.0.1:3001/left");
    expect(story.session()).toMatchObject({ status: "open", payment: null });
  });

  test("a choice that does not exist changes nothing", async () => {
    await using story = await customer();
    expect((await story.press("refund")).status).toBe(400);
    expect(story.session()).toMatchObject({ status: "open", payment: null });
  });

  test("after a day the checkout has expired and takes no money", async () => {
    await using story = await customer();
    story.later(86_400);
    expect(await story.read()).toContain("expired");
    await story.press("pay");
    expect(story.session()).toMatchObject({ status: "expired", paymentStatus: "unpaid" });
  });
});

describe("somebody does what Stripe would never do", () => {
  test.each(["paid", "declined", "processing", "failed", "expired"] as const)(
    "what is paid never becomes %s",
    async (outcome) => {
      await using story = await customer();
      story.sandbox.settle(story.id, "paid");
      expect(() => story.sandbox.settle(story.id, outcome)).toThrow(`is paid does not become ${outcome}`);
    },
  );

  test("nothing goes back that was not paid, never more than that, and no refund fails twice", async () => {
    await using story = await customer();
    expect(() => story.sandbox.refund(story.id, 1)).toThrow("0 can be given back");
    expect(() => story.sandbox.dispute(story.id, "needs_response")).toThrow("would not do this");
    story.sandbox.settle(story.id, "paid");
    for (const amount of [0, -1, 0.5, 1_500_026])
      expect(() => story.sandbox.refund(story.id, amount)).toThrow("1500025");
    const refund = story.sandbox.refund(story.id, 1_500_025);
    story.sandbox.failRefund(refund);
    expect(() => story.sandbox.failRefund(refund)).toThrow("cannot fail");
    expect(() => story.sandbox.dispute(story.id, "won")).toThrow("does not become won");
    expect(() => story.sandbox.settle("cs_nobody", "paid")).toThrow("no session cs_nobody");
  });
});

describe("the shop hears of it", () => {
  test("every event comes signed over its exact bytes, as Stripe documents it", async () => {
    using shop = await merchant();
    await using story = await customer({ webhookUrl: shop.url });
    await story.press("pay");
    await story.sandbox.deliverDue();
    expect(shop.types()).toEqual(["checkout.session.completed", "payment_intent.succeeded", "charge.succeeded"]);
    for (const { raw, headers } of shop.received) {
      expect(headers["stripe-signature"]).toBe(signed(raw));
    }
  });

  test("one that is not taken comes again, further and further apart, with the same id", async () => {
    using shop = await merchant([500, 500]);
    await using story = await customer({ webhookUrl: shop.url });
    story.sandbox.settle(story.id, "expired");
    const after = async (seconds: number) => {
      story.later(seconds);
      await story.sandbox.deliverDue();
      return shop.received.length;
    };
    expect([await after(0), await after(59), await after(1), await after(299), await after(1)]).toEqual([
      1, 1, 2, 2, 3,
    ]);
    expect(await after(7 * 86_400)).toBe(3);
    expect(new Set(shop.received.map(({ event }) => event.id)).size).toBe(1);
  });

  test.each<[string, WebhookFault, string[]]>([
    ["lost: none comes", { kind: "lost" }, []],
    ["duplicated: it comes twice", { kind: "duplicated" }, ["checkout.session.expired", "checkout.session.expired"]],
    ["delayed: not yet", { kind: "delayed", seconds: 60 }, []],
    ["reordered: not before another one", { kind: "reordered" }, []],
  ])("%s", async (_, fault, types) => {
    using shop = await merchant();
    await using story = await customer({ webhookUrl: shop.url });
    story.sandbox.faults.add({ on: "webhook", fault, orderId: "INV-1042" });
    story.sandbox.settle(story.id, "expired");
    await story.sandbox.deliverDue();
    expect(shop.types()).toEqual(types);
  });

  test.each(["wrong_signature", "stale"] as const)("%s: it is sent once, signed otherwise", async (kind) => {
    using shop = await merchant([401]);
    await using story = await customer({ webhookUrl: shop.url });
    story.sandbox.faults.add({ on: "webhook", fault: { kind } });
    story.sandbox.settle(story.id, "expired");
    await story.sandbox.deliverDue();
    expect(shop.received).toHaveLength(1);
    const header = shop.received[0]?.headers["stripe-signature"];
    expect(header).not.toBe(signed(shop.received[0]?.raw ?? Buffer.alloc(0)));
    expect(header).toMatch(kind === "stale" ? /^t=1795506840,/ : /^t=1795507200,/);
    expect(story.sandbox.snapshot().deliveries).toEqual([]);
  });
});

test("whoever watches sees every exchange in order, without the key", async () => {
  using shop = await merchant();
  await using story = await customer({ webhookUrl: shop.url });
  await story.press("pay");
  await story.sandbox.deliverDue();
  const wire = story.sandbox.wire();
  expect(wire.map(({ from, method, status }) => [from, method, status])).toEqual([
    ["merchant", "POST", 200],
    ["customer", "POST", 303],
    ...Array.from({ length: 3 }, () => ["stripe", "POST", 200]),
  ]);
  expect(wire[0]?.headers).toEqual({ authorization: "Bearer •••" });
  expect(JSON.stringify(wire)).not.toMatch(new RegExp(`${KEY}|${SECRET}`));
});
