import type { RequestListener } from "node:http";
import { describe, expect, test } from "vitest";
import { createStripe } from "../../src/providers/stripe/client.ts";
import { aCheckout, drams, listening, NOON } from "../sandbox/vpos-story.ts";

const KEY = "sk_test_that_nobody_may_see";

/** The adapter against a server that does what no stand-in does. */
async function against(listener: RequestListener) {
  const { server, origin: apiUrl } = await listening(listener);
  const close = () => (server.closeAllConnections(), server.close());
  const stripe = createStripe({ secretKey: KEY, webhookSecrets: [], apiUrl, timeoutMs: 5000 });
  return { stripe, close, [Symbol.dispose]: () => void close() };
}

const answering = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  against((_, response) =>
    response.writeHead(status, headers).end(typeof body === "string" ? body : JSON.stringify(body)),
  );

const error = (type: string, code?: string) => ({ error: { type, code, message: "no" } });

describe("whoever answers is not the Stripe we know", () => {
  test("nobody listens: the call surely did not happen", async () => {
    const { stripe, close } = await answering(200, {});
    close();
    const request = { idempotencyKey: "r", reference: "cs_1", amount: drams(1), paid: drams(1) };
    expect(await stripe.open(aCheckout())).toMatchObject({ is: "did_not_happen" });
    expect(await stripe.lookUp("cs_1")).toMatchObject({ is: "did_not_happen" });
    expect(await stripe.close("cs_1")).toMatchObject({ is: "did_not_happen" });
    expect(await stripe.refund.ask(request)).toMatchObject({ is: "did_not_happen" });
    expect(await stripe.movements(NOON, NOON)).toMatchObject({ is: "did_not_happen" });
  });

  test("a redirect is not followed, so the key stays with us", async () => {
    const authorizations: (string | undefined)[] = [];
    using elsewhere = await against((request, response) => {
      authorizations.push(request.headers.authorization);
      response.writeHead(307, { location: "/elsewhere" }).end();
    });
    expect(await elsewhere.stripe.open(aCheckout())).toMatchObject({ is: "unknown" });
    expect(authorizations).toEqual([`Bearer ${KEY}`]);
  });

  test("an endless answer is not read to its end", async () => {
    const sent = { bytes: 0 };
    using endless = await against((_, response) => {
      response.writeHead(200, { "content-type": "application/json" });
      const more = () => {
        sent.bytes += 64 * 1024;
        if (!response.destroyed) response.write("x".repeat(64 * 1024), () => setImmediate(more));
      };
      more();
    });
    expect(await endless.stripe.open(aCheckout())).toMatchObject({ is: "unknown" });
    expect(sent.bytes).toBeLessThan(64 * 1024 * 1024);
  });

  test.each([
    [200, "", "unknown"],
    [200, "null", "unknown"],
    [200, "[]", "unknown"],
    [200, '"paid"', "unknown"],
    [200, "<html>", "unknown"],
    [202, {}, "unknown"],
    [400, "<html>", "unknown"],
    [401, "<html>", "unknown"],
    [429, "<html>", "unknown"],
    [503, "<html>", "unknown"],
    [500, {}, "unknown"],
    [400, error("invalid_request_error"), "refused"],
    [402, error("card_error", "card_declined"), "refused"],
    [404, error("invalid_request_error"), "refused"],
    [408, error("api_error"), "unknown"],
    [409, error("api_error"), "unknown"],
    [409, error("idempotency_error", "idempotency_key_in_use"), "did_not_happen"],
    [424, error("api_error"), "refused"],
    [429, error("invalid_request_error", "lock_timeout"), "did_not_happen"],
    [429, error("api_error"), "did_not_happen"],
    [400, error("invalid_request_error", "rate_limit"), "did_not_happen"],
    [503, error("api_error"), "unknown"],
  ])("opening is answered with %i %j: %s", async (status, body, is) => {
    using other = await answering(status, body);
    expect(await other.stripe.open(aCheckout())).toMatchObject({ is });
  });

  test("a list that breaks off on its second page is no list", async () => {
    const source = { object: "charge", amount: 1, currency: "amd", metadata: {} };
    const one = { id: "txn_1", amount: 1, fee: 0, currency: "amd", created: 1, reporting_category: "charge", source };
    const pages = [JSON.stringify({ object: "list", data: [one], has_more: true }), "<html>"];
    using torn = await against((_, response) => response.writeHead(200).end(pages.shift()));
    expect(await torn.stripe.movements(NOON, NOON)).toMatchObject({ is: "unknown" });
  });

  test.each([
    ["a payment of the merchant's own is there, without a checkout", "charge", "payment", -700n],
    ["a payout is told by the balance", "payout", "other", -500n],
    ["a word that we do not know is other", "constructor", "other", -500n],
  ])("%s", async (_, word, kind, minor) => {
    const source = { object: "charge", amount: 700, currency: "amd", payment_intent: "pi_1", metadata: {} };
    const one = { id: "txn_1", amount: -500, fee: 20, currency: "amd", created: 1, reporting_category: word, source };
    using bank = await answering(200, { object: "list", data: [one], has_more: false });
    const amount = { minor, currency: "AMD" };
    const value = [{ kind, reference: null, orderId: null, amount, fee: { minor: 20n, currency: "AMD" } }];
    expect(await bank.stripe.movements(NOON, NOON)).toMatchObject({ value });
  });

  test("a movement in a currency that no link is made out in is left out", async () => {
    const one = {
      id: "txn_1",
      amount: 1,
      fee: 0,
      currency: "sek",
      created: 1,
      reporting_category: "payout",
      source: null,
    };
    using bank = await answering(200, { object: "list", data: [one], has_more: false });
    expect(await bank.stripe.movements(NOON, NOON)).toMatchObject({ is: "happened", value: [] });
  });
});

describe("an error is put into our own words", () => {
  test("its code and request id are quoted for the support, its free text is not", async () => {
    const body = { error: { type: "invalid_request_error", code: "url_invalid", message: "ani@example.am" } };
    using strict = await answering(400, body, { "request-id": "req_77" });
    const answer = await strict.stripe.open(aCheckout());
    expect(answer).toMatchObject({
      code: "url_invalid",
      because: expect.stringContaining("(code url_invalid, request req_77)"),
    });
    expect(JSON.stringify(answer)).not.toContain("ani@example.am");
  });

  test("one that repeats our key does not bring it into our words", async () => {
    const body = { error: { type: "invalid_request_error", code: KEY.toUpperCase(), message: KEY, param: KEY } };
    using leaky = await answering(400, body, { "request-id": KEY });
    const answer = await leaky.stripe.open(aCheckout());
    expect(answer).toMatchObject({ is: "refused", code: "http_400" });
    expect(JSON.stringify(answer).toLowerCase()).not.toContain(KEY);
  });
});

describe("a charge is disputed", () => {
  const session = (disputed: boolean) => ({
    id: "cs_1",
    object: "checkout.session",
    status: "complete",
    payment_status: "paid",
    amount_total: 1999,
    currency: "usd",
    client_reference_id: "INV-1",
    payment_intent: {
      id: "pi_1",
      status: "succeeded",
      amount_received: 1999,
      currency: "usd",
      latest_charge: { id: "ch_1", created: 1, amount_refunded: 0, disputed },
    },
  });
  const dispute = (status: string, amount = 1999, currency = "usd") => ({
    id: `du_${status}`,
    status,
    amount,
    currency,
  });
  const bank = (disputes: object[] | string) =>
    against((request, response) => {
      const isSession = request.url?.startsWith("/v1/checkout/") === true;
      const list =
        typeof disputes === "string" ? disputes : JSON.stringify({ object: "list", data: disputes, has_more: false });
      response.writeHead(200).end(isSession ? JSON.stringify(session(true)) : list);
    });

  test.each([
    ["an appeal may still bring it back", [dispute("appeal_under_review")], "open", 1999n],
    ["two parts are gone", [dispute("lost", 900), dispute("lost", 1000)], "lost", 1900n],
    [
      "what may still come back is told before what is gone",
      [dispute("lost", 900), dispute("needs_response", 100)],
      "open",
      100n,
    ],
    ["what is gone is told before what was won", [dispute("won", 900), dispute("lost", 100)], "lost", 100n],
  ])("%s", async (_, disputes, state, minor) => {
    using court = await bank(disputes);
    const value = { status: "paid", dispute: { state, amount: { minor, currency: "USD" } } };
    expect(await court.stripe.lookUp("cs_1")).toMatchObject({ value });
  });

  test.each([
    ["a settled question is no dispute", [dispute("prevented")], { status: "paid", dispute: null }],
    ["a word we do not know", [dispute("on_holiday")], { status: "unrecognised", dispute: null }],
    [
      "a word we do not know beside one that we do",
      [dispute("lost"), dispute("on_holiday")],
      { status: "unrecognised", dispute: null },
    ],
    ["a currency we do not know", [dispute("lost", 1, "xxx")], { status: "unrecognised", dispute: null }],
  ])("%s", async (_, disputes, value) => {
    using court = await bank(disputes);
    expect(await court.stripe.lookUp("cs_1")).toMatchObject({ value });
  });

  test("how cannot be read: nothing is concluded", async () => {
    using court = await bank("<html>");
    expect(await court.stripe.lookUp("cs_1")).toMatchObject({ is: "unknown" });
  });
});
