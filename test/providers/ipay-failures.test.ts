import type { RequestListener } from "node:http";
import { describe, expect, test } from "vitest";
import { createIpay } from "../../src/providers/ipay/client.ts";
import type { CallFault } from "../../src/sandbox/provider/faults.ts";
import { aCheckout, drams, ipayStory, listening, NUMBER, PASSWORD, USER } from "../sandbox/ipay-story.ts";

const refused = (code: string, alarm = false) => ({ is: "refused", code, alarm, mayExist: false });
const unknown = (because = "") => ({ is: "unknown", because: expect.stringContaining(because) });
const wait = (retryAfterSeconds: number | null) => ({ is: "did_not_happen", retryAfterSeconds });
const report = (value: object) => ({ is: "happened", value });
const says = (fields: Record<string, unknown>): CallFault => ({ kind: "differs", fields });
const without = (field: string): CallFault => ({ kind: "missing_field", field });

describe("looking an order up goes wrong", () => {
  test.each<[string, CallFault, object]>([
    ["a fault over there: asked again later", { kind: "internal_error" }, unknown("500")],
    ["a system error: asked again later", says({ errorCode: "7" }), unknown("error 7")],
    ["no answer: asked again later", { kind: "hang" }, unknown("in time")],
    ["the connection breaks: asked again later", { kind: "lost_answer" }, unknown("broke")],
    ["half an answer: asked again later", { kind: "malformed_body" }, unknown("nothing we can read")],
    ["the order is not known there: never failed", { kind: "not_found" }, unknown("not counted as failed")],
    ["our login is not accepted: alarm", { kind: "unauthorized" }, refused("access_denied", true)],
    ["our address is turned away: alarm", { kind: "origin_not_trusted" }, refused("http_403", true)],
    ["too many calls: we wait as told", { kind: "rate_limited", retryAfterSeconds: 30 }, wait(30)],
    ["too many calls, no time given: we wait", { kind: "rate_limited" }, wait(null)],
    ["no status, as of an order that was not found: nothing is guessed", without("orderStatus"), unknown()],
    ["no number: nothing is guessed", without("orderNumber"), unknown()],
    ["another order than asked for: nothing is guessed", says({ orderNumber: "0".repeat(32) }), unknown("another")],
    [
      "a new status is not recognised",
      says({ orderStatus: 9 }),
      report({ status: "unrecognised", providerStatus: "9" }),
    ],
    [
      "a status that JavaScript knows is not recognised",
      says({ orderStatus: "constructor" }),
      report({ status: "unrecognised" }),
    ],
    ["a status may be a text", says({ orderStatus: "2" }), report({ status: "paid" })],
    ["names may have a capital", says({ OrderStatus: 6, ErrorCode: "0" }), report({ status: "failed" })],
    [
      "another order is reported as it stands",
      says({ orderDescription: "INV-9", merchantOrderParams: [{ name: "orderId", value: "INV-9" }] }),
      report({ orderId: "INV-9" }),
    ],
    ["two orders are no order of ours", says({ orderDescription: "INV-9" }), report({ orderId: "INV-1042 / INV-9" })],
    ["one name of the order is enough", without("merchantOrderParams"), report({ orderId: "INV-1042" })],
    ["no order at all is none", says({ merchantOrderParams: [], orderDescription: null }), report({ orderId: "" })],
    [
      "roubles are reported as they stand",
      says({ currency: "643" }),
      report({ amount: { minor: 1_500_000n, currency: "RUB" } }),
    ],
    ["51 is the dram, too", says({ currency: 51 }), report({ amount: drams(15_000) })],
    ["no currency is no amount", without("currency"), report({ amount: null })],
    ["a currency we do not know is quoted", says({ currency: "999" }), report({ amount: null })],
    ["an amount with a fraction is quoted", says({ amount: 1.5 }), report({ amount: null })],
    ["an amount below nothing is quoted", says({ amount: -1 }), report({ amount: null })],
    ["an amount may be a text", says({ amount: "1500000" }), report({ amount: drams(15_000) })],
    ["no amount is no amount", without("amount"), report({ amount: null })],
    [
      "less received than asked for: what was received counts, both are quoted",
      says({ paymentAmountInfo: { depositedAmount: 1_400_000, refundedAmount: 0 } }),
      report({ amount: drams(14_000), amountAsWritten: "1400000 received (asked for 1500000 051)" }),
    ],
    [
      "asked for less than received: it does not pass for what we asked",
      says({ amount: 1_400_000 }),
      report({ amount: drams(14_000), amountAsWritten: "1500000 received (asked for 1400000 051)" }),
    ],
    [
      "a bank that tells no sums: the order's amount counts",
      without("paymentAmountInfo"),
      report({ amount: drams(15_000), refunded: drams(0) }),
    ],
    [
      "a bank that tells no reference and time",
      says({ authRefNum: null, authDateTime: "soon" }),
      report({ paymentReference: null, paidAt: null }),
    ],
    [
      "a hundredth is reported as it stands",
      { kind: "hundredfold", direction: "down" },
      report({ amount: drams(150) }),
    ],
    [
      "a hundredfold is reported as it stands",
      { kind: "hundredfold", direction: "up" },
      report({ amount: drams(1_500_000) }),
    ],
  ])("%s", async (_, fault, expected) => {
    await using story = await ipayStory();
    const reference = await story.paid();
    story.sandbox.faults.add({ on: "lookup", fault });
    const ipay = fault.kind === "hang" ? story.adapter({ timeoutMs: 300 }) : story.ipay;
    expect(await ipay.lookUp(reference)).toMatchObject(expected);
    expect(await story.ipay.lookUp(reference)).toMatchObject({ value: { status: "paid", amount: drams(15_000) } });
  });

  test.each<[string, CallFault, object]>([
    ["the list of refunds alone", without("paymentAmountInfo"), { status: "part_refunded", refunded: drams(3000) }],
    ["the sum alone", without("refunds"), { status: "part_refunded", refunded: drams(3000) }],
    [
      "what was received without what went back",
      says({ paymentAmountInfo: { depositedAmount: 1_200_000, refundedAmount: 300_000 } }),
      { status: "part_refunded", amount: drams(15_000), refunded: drams(3000) },
    ],
    [
      "a sum that is behind the list",
      says({ paymentAmountInfo: { refundedAmount: 0 } }),
      { status: "part_refunded", refunded: drams(3000) },
    ],
    [
      "that something went back, and not how much",
      says({ paymentAmountInfo: null, refunds: null }),
      { status: "part_refunded", refunded: null },
    ],
    [
      "a refund that failed, among others",
      says({
        paymentAmountInfo: null,
        refunds: [
          { actionCode: "341041", amount: 1 },
          { actionCode: "000", amount: 100 },
        ],
      }),
      { status: "part_refunded", refunded: drams(1) },
    ],
  ])("after a refund iPay tells %s", async (_, fault, value) => {
    await using story = await ipayStory();
    const reference = await story.paid();
    story.sandbox.refund(reference, 300_000);
    story.sandbox.faults.add({ on: "lookup", fault });
    expect(await story.ipay.lookUp(reference)).toMatchObject({ value });
  });
});

/** The adapter against a server that does what no stand-in does. */
async function against(listener: RequestListener, timeoutMs = 10_000) {
  const { server, origin: baseUrl } = await listening(listener);
  const close = () => (server.closeAllConnections(), server.close());
  return {
    ipay: createIpay({ baseUrl, userName: USER, password: PASSWORD, timeoutMs }),
    close,
    [Symbol.dispose]: () => void close(),
  };
}

const answering = (status: number, body: unknown) =>
  against((_, response) => response.writeHead(status).end(typeof body === "string" ? body : JSON.stringify(body)));

const REFUND = { idempotencyKey: "refund-1", reference: NUMBER, amount: drams(15_000), paid: drams(15_000) };

describe("the other side is not what we think", () => {
  test("nobody listens: the call surely did not happen", async () => {
    const { ipay, close } = await answering(200, {});
    close();
    expect(await ipay.open(aCheckout())).toMatchObject(wait(null));
    expect(await ipay.lookUp(NUMBER)).toMatchObject(wait(null));
    expect(await ipay.refund.ask(REFUND)).toMatchObject(wait(null));
  });

  test("it says nothing: the order may stand, and nothing was given back", async () => {
    using deaf = await against(() => undefined, 200);
    expect(await deaf.ipay.open(aCheckout())).toMatchObject(unknown("in time"));
    expect(await deaf.ipay.lookUp(NUMBER)).toMatchObject(unknown("in time"));
    expect(await deaf.ipay.refund.ask(REFUND)).toMatchObject({ is: "did_not_happen" });
  });

  test("a redirect is not followed, so the login stays with us", async () => {
    const asked: (string | undefined)[] = [];
    using elsewhere = await against((request, response) => {
      asked.push(request.url);
      response.writeHead(307, { location: "/elsewhere" }).end();
    });
    expect(await elsewhere.ipay.open(aCheckout())).toMatchObject({ is: "unknown" });
    expect(asked).toEqual(["/payment/rest/register.do"]);
  });

  test("an endless answer is not read to its end", async () => {
    const body = { orderId: "order-1", formUrl: "https://pay.example/1", padding: "x".repeat(300 * 1024) };
    using huge = await answering(200, body);
    expect(await huge.ipay.open(aCheckout())).toMatchObject({ is: "unknown" });
    expect(await huge.ipay.lookUp(NUMBER)).toMatchObject({ is: "unknown" });
  });

  test.each([
    [200, "<html>maintenance</html>", "unknown", "unknown"],
    [200, "[]", "unknown", "unknown"],
    [200, "", "unknown", "unknown"],
    [200, "null", "unknown", "unknown"],
    [202, {}, "unknown", "unknown"],
    [404, "<html>", "refused", "unknown"],
    [408, "", "unknown", "unknown"],
    [503, "<html>", "unknown", "unknown"],
  ])("%i %j: an opening is %s and a lookup is %s", async (status, body, opening, lookup) => {
    using other = await answering(status, body);
    expect(await other.ipay.open(aCheckout())).toMatchObject({ is: opening });
    expect(await other.ipay.lookUp(NUMBER)).toMatchObject({ is: lookup });
  });

  test("an error that repeats our login does not bring it into our words", async () => {
    using leaky = await answering(200, { errorCode: "5", errorMessage: `${USER} ${PASSWORD}` });
    const said = JSON.stringify([await leaky.ipay.open(aCheckout()), await leaky.ipay.lookUp(NUMBER)]);
    for (const secret of [USER, PASSWORD]) expect(said).not.toContain(secret);
  });
});
