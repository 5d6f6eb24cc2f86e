import { describe, expect, test } from "vitest";
import { z } from "zod";
import { ipayStory, PASSWORD, USER } from "./ipay-story.ts";

const LOGIN = { userName: USER, password: PASSWORD };
const ORDER = {
  ...LOGIN,
  orderNumber: "INV-1042-1",
  amount: "1500000",
  currency: "051",
  returnUrl: "https://merchant.example/payments/return",
};

type Form = Readonly<Record<string, string>>;

/** Calls the API the way any program would, without our adapter. */
async function call(origin: string, name: string, form: Form) {
  const response = await fetch(`${origin}/payment/rest/${name}`, { method: "POST", body: new URLSearchParams(form) });
  return { status: response.status, json: z.record(z.string(), z.unknown()).parse(await response.json()) };
}

const without = (name: string): Form => Object.fromEntries(Object.entries(ORDER).filter(([other]) => other !== name));
const errorOf = (errorCode: string) => ({ errorCode, errorMessage: expect.any(String), error: true });

async function registered(origin: string): Promise<string> {
  const { json } = await call(origin, "register.do", ORDER);
  return String(json["orderId"]);
}

describe("an order is registered", () => {
  test("the answer has its id and the page's address and no error code, as in the manual's sample", async () => {
    await using story = await ipayStory();
    const { origin } = story.sandbox;
    const { status, json } = await call(origin, "register.do", { ...ORDER, language: "hy", pageView: "MOBILE" });
    expect(status).toBe(200);
    expect(json).toEqual({
      orderId: expect.stringMatching(/^[\w-]{36}$/),
      formUrl: `${origin}/payment/merchants/sandbox/payment_en.html?mdOrder=${String(json["orderId"])}`,
    });
  });

  test("it is told by its number and by its id; where both are given the id counts", async () => {
    await using story = await ipayStory();
    const { origin } = story.sandbox;
    const orderId = await registered(origin);
    const byNumber = await call(origin, "getOrderStatusExtended.do", { ...LOGIN, orderNumber: "INV-1042-1" });
    expect(byNumber.json).toMatchObject({
      errorCode: "0",
      orderNumber: "INV-1042-1",
      orderStatus: 0,
      actionCode: -100,
      amount: 1_500_000,
      currency: "051",
      date: Date.parse("2026-11-24T08:00:00.000Z"),
      attributes: [{ name: "mdOrder", value: orderId }],
      paymentAmountInfo: { approvedAmount: 0, depositedAmount: 0, refundedAmount: 0 },
    });
    const byId = await call(origin, "getOrderStatusExtended.do", { ...LOGIN, orderId, orderNumber: "nobody" });
    expect(byId.json).toEqual(byNumber.json);
  });

  test("once paid, it has the bank's reference, the time and the sums; once refunded, its refunds", async () => {
    await using story = await ipayStory();
    const { origin } = story.sandbox;
    await registered(origin);
    story.sandbox.settle("INV-1042-1", "paid");
    story.sandbox.refund("INV-1042-1", 500);
    const { json } = await call(origin, "getOrderStatusExtended.do", { ...LOGIN, orderNumber: "INV-1042-1" });
    expect(json).toMatchObject({
      orderStatus: 4,
      actionCode: 0,
      authRefNum: expect.stringMatching(/^\d{12}$/),
      authDateTime: Date.parse("2026-11-24T08:00:00.000Z"),
      refunds: [{ actionCode: "000", amount: 500, date: "20261124080000", referenceNumber: expect.any(String) }],
      paymentAmountInfo: { depositedAmount: 1_500_000, refundedAmount: 500 },
    });
  });
});

describe("a request is not as it must be", () => {
  test.each<[string, Form, string]>([
    ["without a password", without("password"), "4"],
    ["with another password", { ...ORDER, password: "x" }, "5"],
    ["of another user", { ...ORDER, userName: "x" }, "5"],
    ["without an order number", without("orderNumber"), "4"],
    ["without an amount", without("amount"), "4"],
    ["without a return address", without("returnUrl"), "4"],
    ["without a currency, which is roubles", without("currency"), "3"],
    ["in dollars", { ...ORDER, currency: "840" }, "3"],
    ["with a number of 33 characters", { ...ORDER, orderNumber: "x".repeat(33) }, "5"],
    ["for nothing", { ...ORDER, amount: "0" }, "5"],
    ["for a fraction", { ...ORDER, amount: "1.5" }, "5"],
    ["that returns to a script", { ...ORDER, returnUrl: "javascript:alert(1)" }, "5"],
    ["with a return address of 513 characters", { ...ORDER, returnUrl: `https://a.am/${"x".repeat(500)}` }, "5"],
    ["with a plus in its description", { ...ORDER, description: "INV+1" }, "5"],
    ["with a session of an hour", { ...ORDER, sessionTimeoutSecs: "3600" }, "5"],
    ["with jsonParams that are no JSON", { ...ORDER, jsonParams: "{" }, "5"],
    ["with jsonParams of 1025 characters", { ...ORDER, jsonParams: `{"a":"${"x".repeat(1017)}"}` }, "5"],
  ])("one %s is refused with 200 and an error code, and nothing is registered", async (_, form, code) => {
    await using story = await ipayStory();
    expect(await call(story.sandbox.origin, "register.do", form)).toEqual({ status: 200, json: errorOf(code) });
    expect(story.sandbox.sessions()).toEqual([]);
  });

  test("a number that is used already is refused for ever, whatever the rest says", async () => {
    await using story = await ipayStory();
    await registered(story.sandbox.origin);
    story.later(30 * 24 * 3600);
    const { json } = await call(story.sandbox.origin, "register.do", { ...ORDER, amount: "100" });
    expect(json).toEqual(errorOf("1"));
    expect(story.sandbox.sessions()).toHaveLength(1);
  });

  test("an order that is not there is unknown to every call", async () => {
    await using story = await ipayStory();
    for (const name of ["getOrderStatusExtended.do", "reverse.do", "refund.do"]) {
      const { json } = await call(story.sandbox.origin, name, { ...LOGIN, orderId: "nobody", amount: "100" });
      expect(json).toEqual(errorOf("6"));
    }
  });

  test.each([
    ["GET", "/payment/rest/register.do", 404],
    ["POST", "/payment/rest/deposit.do", 404],
    ["POST", "/", 404],
  ])("%s %s answers %i with a page", async (method, path, status) => {
    await using story = await ipayStory();
    const response = await fetch(`${story.sandbox.origin}${path}`, { method });
    expect([response.status, response.headers.get("content-type")]).toEqual([status, "text/html"]);
  });

  test("a login in the address is not looked at, and JSON is not read", async () => {
    await using story = await ipayStory();
    const { origin } = story.sandbox;
    const { json } = await call(origin, `register.do?${new URLSearchParams(ORDER).toString()}`, {});
    expect(json).toEqual(errorOf("4"));
    const headers = { "content-type": "application/json" };
    const asJson = await fetch(`${origin}/payment/rest/register.do`, { method: "POST", headers, body: "{}" });
    expect(asJson.status).toBe(415);
  });
});

describe("money goes back by a call", () => {
  const refund = async (origin: string, orderId: string, amount: string) =>
    (await call(origin, "refund.do", { ...LOGIN, orderId, amount })).json;
  const reverse = async (origin: string, orderId: string) =>
    (await call(origin, "reverse.do", { ...LOGIN, orderId })).json;

  test("refunds are taken until nothing is left, from one dram on", async () => {
    await using story = await ipayStory();
    const { origin } = story.sandbox;
    const orderId = await registered(origin);
    expect(await refund(origin, orderId, "100")).toEqual(errorOf("7"));
    story.sandbox.settle("INV-1042-1", "paid");
    expect(await refund(origin, orderId, "99")).toEqual(errorOf("7"));
    expect(await refund(origin, orderId, "1000000")).toEqual({ errorCode: 0 });
    expect(await refund(origin, orderId, "500001")).toEqual(errorOf("7"));
    expect(await refund(origin, orderId, "500000")).toEqual({ errorCode: 0 });
    expect(await refund(origin, orderId, "100")).toEqual(errorOf("7"));
  });

  test("a payment is undone on its day in Yerevan and not after it, and not once a part went back", async () => {
    await using story = await ipayStory();
    const { origin } = story.sandbox;
    const orderId = await registered(origin);
    expect(await reverse(origin, orderId)).toEqual(errorOf("7"));
    story.sandbox.settle("INV-1042-1", "paid");
    story.later(12 * 3600 - 1);
    expect(await reverse(origin, orderId)).toMatchObject({ errorCode: "0" });
    expect(await reverse(origin, orderId)).toEqual(errorOf("7"));
    expect(await refund(origin, orderId, "100")).toEqual(errorOf("7"));
  });

  test("a reversal that failed cannot be asked for again, and a refund still can", async () => {
    await using story = await ipayStory();
    const { origin } = story.sandbox;
    const orderId = await registered(origin);
    story.sandbox.settle("INV-1042-1", "paid");
    story.later(12 * 3600);
    expect(await reverse(origin, orderId)).toEqual(errorOf("7"));
    story.later(-1);
    expect(await reverse(origin, orderId)).toEqual(errorOf("7"));
    expect(await refund(origin, orderId, "1500000")).toEqual({ errorCode: 0 });
  });
});
