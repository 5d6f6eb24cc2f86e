import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { aCheckout, drams, vposStory } from "./vpos-story.ts";

type Story = Awaited<ReturnType<typeof vposStory>>;

/** A customer stands before the checkout of an open payment. */
async function customer(story: Story, changed: Parameters<typeof aCheckout>[0] = {}) {
  const reference = await story.opened(changed);
  const session = story.sandbox.sessions().find(({ id }) => id === reference);
  const url = `${story.sandbox.origin}/checkout/${session?.sessionId}`;
  const press = (choice: string) =>
    fetch(url, { method: "POST", body: new URLSearchParams({ choice }), redirect: "manual" });
  const status = () => story.sandbox.sessions().find(({ id }) => id === reference)?.status;
  return { reference, see: () => fetch(url), read: async () => (await fetch(url)).text(), press, status };
}

describe("a customer sees the checkout", () => {
  test("it says that it is a stand-in, and shows order, amount and every choice", async () => {
    await using story = await vposStory();
    const page = await (await customer(story)).read();
    for (const words of ["stand-in of VPOS.am, no real money", "INV-1042", "15,000 AMD"]) expect(page).toContain(words);
    const buttons = [...page.matchAll(/<button[^>]*value="(\w+)">([^<]+)</g)].map(([, value, words]) => [value, words]);
    expect(buttons).toEqual([
      ["pay", "Pay"],
      ["decline", "Decline"],
      ["cancel", "Cancel"],
      ["pending", "Leave pending"],
    ]);
  });

  test("it shows the amount in its own scale, so that a wrong scale is seen", async () => {
    await using story = await vposStory({ amdExponent: 2, adapter: { amdExponent: 0 } });
    const page = await (await customer(story)).read();
    expect(page).toContain("150 AMD");
  });

  test("a part of a dram is shown", async () => {
    await using story = await vposStory();
    expect(await (await customer(story, { amount: drams(150.25) })).read()).toContain("150.25 AMD");
  });

  test("nothing runs in it and nothing comes from elsewhere; its style is the one that was meant", async () => {
    await using story = await vposStory();
    const { see } = await customer(story);
    const response = await see();
    const page = await response.text();
    const policy = response.headers.get("content-security-policy") ?? "";
    const style = /<style>([\s\S]*)<\/style>/.exec(page)?.[1] ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'`);
    expect(policy).toContain("form-action 'self' http://127.0.0.1:3000;");
    expect(page).not.toMatch(/<script|style=|onclick/);
    expect(response.headers.get("cache-control")).toBe("no-store");
  });

  test("an order that is HTML is shown as text", async () => {
    await using story = await vposStory();
    const page = await (await customer(story, { orderId: "<script>alert(1)</script>" })).read();
    expect(page).not.toContain("<script");
    expect(page).toContain("alert(1)");
  });

  test("looking changes nothing", async () => {
    await using story = await vposStory();
    const { see, status } = await customer(story);
    await see();
    await see();
    expect(status()).toBe("created");
  });

  test("a checkout that does not exist is not found", async () => {
    await using story = await vposStory();
    expect((await fetch(`${story.sandbox.origin}/checkout/ps_nobody`)).status).toBe(404);
  });
});

describe("a customer presses a button", () => {
  test.each([
    ["pay", "paid"],
    ["decline", "failed"],
    ["cancel", "cancelled"],
    ["pending", "pending"],
  ])("%s makes the payment %s and leads back to the shop", async (choice, expected) => {
    await using story = await vposStory();
    const { press, status } = await customer(story);
    const response = await press(choice);
    expect(response.status).toBe(303);
    expect(response.headers.get("location")).toBe(aCheckout().returnUrl);
    expect(status()).toBe(expected);
  });

  test("a pending payment can still be paid", async () => {
    await using story = await vposStory();
    const { press, status, read } = await customer(story);
    await press("pending");
    expect(await read()).toContain("The bank has not decided yet.");
    await press("pending");
    await press("pay");
    expect(status()).toBe("paid");
  });

  test("a second press changes nothing, and the page says how it ended", async () => {
    await using story = await vposStory();
    const { press, status, read } = await customer(story);
    await press("pay");
    expect((await press("decline")).status).toBe(303);
    expect(status()).toBe("paid");
    expect(await read()).toContain("This payment is paid.");
    expect(await read()).not.toContain("<button");
  });

  test("a choice that does not exist changes nothing", async () => {
    await using story = await vposStory();
    const { press, status } = await customer(story);
    expect((await press("refund")).status).toBe(400);
    expect(status()).toBe("created");
  });

  test("after twenty minutes the checkout has expired and takes no money", async () => {
    await using story = await vposStory();
    const { press, status, read } = await customer(story);
    story.later(20 * 60);
    expect(await read()).toContain("expired");
    await press("pay");
    expect(status()).toBe("expired");
  });

  test("a payment that waits for the bank does not expire", async () => {
    await using story = await vposStory();
    const { press, status } = await customer(story);
    await press("pending");
    story.later(5 * 24 * 3600);
    expect(status()).toBe("pending");
  });
});
