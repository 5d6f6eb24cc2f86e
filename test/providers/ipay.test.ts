import { describe, expect, test } from "vitest";
import { ipayManual1551 } from "../../src/providers/ipay/contract.ts";
import { aCheckout, ATTEMPT, drams, ipayStory, NOON, NUMBER, PASSWORD, USER } from "../sandbox/ipay-story.ts";

describe("a checkout is opened", () => {
  test("under the attempt's own number, in luma, in drams and not in roubles, and its address is iPay's page", async () => {
    await using story = await ipayStory();
    const answer = await story.ipay.open(aCheckout());
    const [order] = story.sandbox.sessions();
    expect(order).toMatchObject({
      orderNumber: "01939b7e5c3a7d418a520f1e2d3c4b5a",
      amount: 1_500_000,
      currency: "051",
      description: "INV-1042",
      params: { orderId: "INV-1042", linkId: "link-1" },
      returnUrl: "http://127.0.0.1:3000/p/opaque/return",
    });
    expect(answer).toEqual({
      is: "happened",
      value: {
        reference: NUMBER,
        url: `${story.sandbox.origin}/payment/merchants/sandbox/payment_en.html?mdOrder=${order?.orderId}`,
        expiresAt: new Date("2026-11-24T08:20:00.000Z"),
      },
      requestId: null,
    });
  });

  test("what is sent has the login in the form alone, and nothing personal", async () => {
    await using story = await ipayStory();
    await story.opened();
    const [asked] = story.sandbox.wire();
    expect(asked?.path).toBe("/payment/rest/register.do");
    expect(JSON.parse(asked?.body ?? "")).toEqual({
      userName: USER,
      password: "•••",
      orderNumber: NUMBER,
      amount: "1500000",
      currency: "051",
      returnUrl: "http://127.0.0.1:3000/p/opaque/return",
      description: "INV-1042",
      sessionTimeoutSecs: "1200",
      jsonParams: '{"orderId":"INV-1042","linkId":"link-1"}',
    });
  });

  test("where the bank has not agreed to jsonParams none are sent, and the order is known all the same", async () => {
    await using story = await ipayStory({ adapter: { contract: { ...ipayManual1551, sendsParams: false } } });
    const reference = await story.opened();
    expect(story.sandbox.sessions()[0]?.params).toEqual({});
    expect(await story.ipay.lookUp(reference)).toMatchObject({ value: { orderId: "INV-1042" } });
  });

  test("a part of a dram is asked for exactly", async () => {
    await using story = await ipayStory();
    await story.opened({ amount: drams(150.5) });
    expect(story.sandbox.sessions()[0]?.amount).toBe(15_050);
  });

  test("an attempt that is named otherwise has a number of 32 characters, too, always the same", async () => {
    await using story = await ipayStory();
    const reference = await story.opened({ attemptId: "attempt/1" });
    expect(reference).toMatch(/^[0-9a-f]{32}$/);
    expect(ipayManual1551.orderNumberOf("attempt/1")).toBe(reference);
    expect(ipayManual1551.orderNumberOf("attempt/2")).not.toBe(reference);
  });

  test("two attempts of one invoice are two orders", async () => {
    await using story = await ipayStory();
    await story.opened();
    await story.opened({ attemptId: ATTEMPT.replace(/a$/, "b") });
    expect(story.sandbox.sessions()).toHaveLength(2);
  });

  test.each([
    ["in dollars", { amount: { minor: 1999n, currency: "USD" } }, "currency_not_taken"],
    ["for nothing", { amount: drams(0) }, "amount_not_positive"],
    ["with an order id that iPay would change", { orderId: "INV+1" }, "order_id_unfit"],
    ["with a line break in the order id", { orderId: "INV\n1" }, "order_id_unfit"],
    ["with an order id of 100 characters", { orderId: "x".repeat(100) }, "order_id_unfit"],
    ["with a return address of 513 characters", { returnUrl: `https://a.am/${"x".repeat(500)}` }, "return_url_unfit"],
  ] as const)("one %s is refused and never asked for", async (_, changed, code) => {
    await using story = await ipayStory();
    expect(await story.ipay.open(aCheckout(changed))).toMatchObject({ is: "refused", code, mayExist: false });
    expect(story.sandbox.wire()).toEqual([]);
  });
});

describe("a payment goes its way", () => {
  test("a paid one is reported with our amount, our order, the bank's reference and the time", async () => {
    await using story = await ipayStory();
    const reference = await story.opened();
    story.later(60);
    story.sandbox.settle(reference, "paid");
    expect(await story.ipay.lookUp(reference)).toEqual({
      is: "happened",
      value: {
        status: "paid",
        providerStatus: "DEPOSITED",
        reference: NUMBER,
        orderId: "INV-1042",
        amount: { minor: 1_500_000n, currency: "AMD" },
        amountAsWritten: "1500000 051",
        refunded: { minor: 0n, currency: "AMD" },
        paymentReference: expect.stringMatching(/^\d{12}$/),
        paidAt: new Date(NOON.getTime() + 60_000),
        dispute: null,
        fiscal: null,
      },
      requestId: null,
    });
  });

  test.each([
    ["pending", "open", "AT THE ISSUER"],
    ["held", "unrecognised", "APPROVED"],
    ["failed", "failed", "DECLINED (116)"],
    ["expired", "expired", "DECLINED (-2007)"],
  ] as const)("the stand-in's %s is our %s", async (theirs, ours, providerStatus) => {
    await using story = await ipayStory();
    const reference = await story.opened();
    expect(await story.ipay.lookUp(reference)).toMatchObject({ value: { status: "open", providerStatus: "CREATED" } });
    story.sandbox.settle(reference, theirs);
    const value = { status: ours, providerStatus, paymentReference: null, paidAt: null };
    expect(await story.ipay.lookUp(reference)).toMatchObject({ value });
  });

  test("a checkout nobody used in twenty minutes is reported as expired", async () => {
    await using story = await ipayStory();
    const reference = await story.opened();
    story.later(20 * 60 - 1);
    expect(await story.ipay.lookUp(reference)).toMatchObject({ value: { status: "open" } });
    story.later(1);
    expect(await story.ipay.lookUp(reference)).toMatchObject({ value: { status: "expired" } });
  });

  test("money that the bank books by hand after all is found", async () => {
    await using story = await ipayStory();
    const reference = await story.opened();
    story.sandbox.settle(reference, "failed");
    story.sandbox.settle(reference, "paid");
    expect(await story.ipay.lookUp(reference)).toMatchObject({ value: { status: "paid", amount: drams(15_000) } });
  });

  test("what goes back in the bank's cabinet is reported: a part, then the rest", async () => {
    await using story = await ipayStory();
    const reference = await story.paid();
    story.sandbox.refund(reference, 300_000);
    const part = { status: "part_refunded", amount: drams(15_000), refunded: drams(3000), providerStatus: "REFUNDED" };
    expect(await story.ipay.lookUp(reference)).toMatchObject({ value: part });
    story.sandbox.refund(reference, 1_200_000);
    const all = { status: "refunded", amount: drams(15_000), refunded: drams(15_000) };
    expect(await story.ipay.lookUp(reference)).toMatchObject({ value: all });
  });

  test("a payment that was undone is money that came and went back wholly, never a failed payment", async () => {
    await using story = await ipayStory();
    const reference = await story.paid();
    story.sandbox.reverse(reference);
    expect(await story.ipay.lookUp(reference)).toMatchObject({
      value: { status: "refunded", providerStatus: "REVERSED", amount: drams(15_000), refunded: drams(15_000) },
    });
  });
});

describe("what the adapter is", () => {
  test("it has a name and an account, gives back parts, and offers nothing that iPay cannot do", async () => {
    await using story = await ipayStory({ adapter: { account: "acba" } });
    expect(Object.keys(story.ipay).toSorted()).toEqual(["account", "lookUp", "name", "open", "refund"]);
    expect(story.ipay).toMatchObject({ name: "ipay", account: "acba", refund: { partial: true } });
    expect(story.adapter({}).account).toBe("main");
  });

  test("an empty user name or password refuses to start", async () => {
    await using story = await ipayStory();
    expect(() => story.adapter({ userName: "" })).toThrow("IPAY_USERNAME");
    expect(() => story.adapter({ password: "" })).toThrow("IPAY_PASSWORD");
  });

  test("the address may have the path of the calls or not", async () => {
    await using story = await ipayStory();
    const ipay = story.adapter({ baseUrl: `${story.sandbox.origin}/payment/rest/` });
    expect(await ipay.open(aCheckout())).toMatchObject({ is: "happened" });
  });

  test("the password comes back in no answer and stands in no address", async () => {
    await using story = await ipayStory();
    const answers = [await story.ipay.open(aCheckout()), await story.ipay.lookUp(NUMBER)];
    const wrong = story.adapter({ password: "another+secret" });
    answers.push(await wrong.open(aCheckout()), await wrong.lookUp(NUMBER));
    const said = JSON.stringify(answers, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value));
    const asked = JSON.stringify(story.sandbox.wire());
    for (const secret of [PASSWORD, encodeURIComponent(PASSWORD), "another+secret", "another%2Bsecret"]) {
      expect(said).not.toContain(secret);
      expect(asked).not.toContain(secret);
    }
    expect(story.sandbox.wire().filter(({ path }) => path.includes("?"))).toEqual([]);
  });
});
