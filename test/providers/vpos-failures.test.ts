import type { RequestListener } from "node:http";
import { describe, expect, test } from "vitest";
import { createVpos } from "../../src/providers/vpos/client.ts";
import type { CallFault } from "../../src/sandbox/provider/faults.ts";
import { aCheckout, drams, listening, SECRET, TOKEN, vposStory } from "../sandbox/vpos-story.ts";

/** The adapter of a story without its patience, for a call that is never answered (in time). */
const impatient = ({ sandbox }: { sandbox: { origin: string } }) => at(sandbox.origin, 500);

const at = (baseUrl: string, timeoutMs = 10_000) =>
  createVpos({ baseUrl, apiToken: TOKEN, webhookSecrets: [SECRET], amdExponent: 2, timeoutMs });

/** The adapter against a server that does what no stand-in does. */
async function against(listener: RequestListener) {
  const { server, origin: baseUrl } = await listening(listener);
  const close = () => (server.closeAllConnections(), server.close());
  return {
    vpos: at(baseUrl),
    close,
    [Symbol.dispose]: () => void close(),
  };
}

const answering = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  against((_, response) =>
    response.writeHead(status, headers).end(typeof body === "string" ? body : JSON.stringify(body)),
  );

const refused = (code: string, alarm = false) => ({ is: "refused", code, alarm });
const unknown = (because = "") => ({ is: "unknown", because: expect.stringContaining(because) });
const wait = (retryAfterSeconds: number | null) => ({ is: "did_not_happen", retryAfterSeconds });
const report = (value: object) => ({ is: "happened", value });
const says = (fields: Record<string, unknown>): CallFault => ({ kind: "differs", fields });
const without = (field: string): CallFault => ({ kind: "missing_field", field });

describe("opening a checkout goes wrong", () => {
  test.each<[string, CallFault, object]>([
    ["our token is not accepted: refused with alarm", { kind: "unauthorized" }, refused("unauthorized", true)],
    [
      "our address is not trusted: refused with alarm",
      { kind: "origin_not_trusted" },
      refused("origin_not_trusted", true),
    ],
    ["too many calls: we wait as told", { kind: "rate_limited", retryAfterSeconds: 7 }, wait(7)],
    ["too many calls, no time given: we wait by our own pace", { kind: "rate_limited" }, wait(null)],
    ["a fault over there: it may have happened", { kind: "internal_error" }, unknown("500")],
    ["the connection breaks: it may have happened", { kind: "lost_answer" }, unknown("broke")],
    ["no answer at all: it may have happened", { kind: "hang" }, unknown("in time")],
    ["the answer comes too late: it may have happened", { kind: "slow", ms: 1000 }, unknown("in time")],
    ["half an answer: it may have happened", { kind: "malformed_body" }, unknown("nothing we can read")],
    ["no payment id: not usable", without("paymentId"), refused("answer_unusable")],
    ["no checkout address: not usable", without("checkoutUrl"), refused("answer_unusable")],
    ["an id that climbs out of its path: not usable", says({ paymentId: ".." }), refused("answer_unusable")],
    ["a relative address: not usable", says({ checkoutUrl: "/checkout/1" }), refused("answer_unusable")],
    ["an address without TLS: not usable", says({ checkoutUrl: "http://pay.example/1" }), refused("answer_unusable")],
    [
      "an address with a login: not usable",
      says({ checkoutUrl: "https://a:b@pay.example" }),
      refused("answer_unusable"),
    ],
    [
      "an address that is a script: not usable",
      says({ checkoutUrl: "javascript:alert(1)" }),
      refused("answer_unusable"),
    ],
    ["another order: alarm", says({ merchantOrderId: "INV-9" }), refused("echo_differs", true)],
    ["another amount: alarm", says({ amountMinor: 1 }), refused("echo_differs", true)],
    ["the amount as a text: alarm", says({ amountMinor: "1500000" }), refused("echo_differs", true)],
    ["another currency: alarm", says({ currency: "USD" }), refused("echo_differs", true)],
  ])("%s", async (_, fault, expected) => {
    await using story = await vposStory();
    story.sandbox.faults.add({ on: "create", fault });
    const vpos = ["hang", "slow"].includes(fault.kind) ? impatient(story) : story.vpos;
    const answer = await vpos.open(aCheckout());
    expect(answer).toMatchObject(expected);
    expect(JSON.stringify(answer)).not.toContain(TOKEN);
  });

  test.each<[string, CallFault]>([
    ["the order is not repeated", without("merchantOrderId")],
    ["the amount is not repeated", without("amountMinor")],
    ["no end is named", without("expiresAt")],
    ["odd and extra fields", says({ expiresAt: "soon", checkoutUrl: "https://pay.example/1", surprise: [1] })],
  ])("%s: the checkout is usable all the same", async (_, fault) => {
    await using story = await vposStory();
    story.sandbox.faults.add({ on: "create", fault });
    expect(await story.vpos.open(aCheckout())).toMatchObject({ is: "happened" });
  });

  test.each(["lost_answer", "malformed_body", "hang"] as const)(
    "after a %s the same attempt asked for again is the checkout that exists already",
    async (kind) => {
      await using story = await vposStory();
      story.sandbox.faults.add({ on: "create", fault: { kind } });
      const vpos = kind === "hang" ? impatient(story) : story.vpos;
      expect(await vpos.open(aCheckout())).toMatchObject({ is: "unknown" });
      const reference = await story.opened();
      expect(story.sandbox.sessions().map(({ id }) => id)).toEqual([reference]);
    },
  );

  test("the same key with another amount is refused, and nothing is opened", async () => {
    await using story = await vposStory();
    await story.opened();
    const answer = await story.vpos.open(aCheckout({ amount: drams(16_000) }));
    expect(answer).toMatchObject({ is: "refused", code: "idempotency_conflict", alarm: false });
    expect(story.sandbox.sessions()).toHaveLength(1);
  });

  test("a repeat while the first is still worked on waits", async () => {
    await using story = await vposStory();
    const { promise: until, resolve: letGo } = Promise.withResolvers<void>();
    story.sandbox.faults.add({ on: "create", fault: { kind: "held", until } });
    const first = story.vpos.open(aCheckout());
    await expect.poll(() => story.sandbox.sessions().length).toBe(1);
    expect(await story.vpos.open(aCheckout())).toMatchObject({ is: "did_not_happen" });
    letGo();
    expect(await first).toMatchObject({ is: "happened" });
  });

  test("an amount that VPOS.am does not accept is refused", async () => {
    await using story = await vposStory();
    const answer = await story.vpos.open(aCheckout({ amount: drams(0) }));
    expect(answer).toMatchObject({ is: "refused", code: "unprocessable", alarm: false });
  });
});

describe("looking a payment up goes wrong", () => {
  test.each<[string, CallFault, object]>([
    ["a fault over there: asked again later", { kind: "internal_error" }, unknown("500")],
    ["no answer: asked again later", { kind: "hang" }, unknown("in time")],
    ["the connection breaks: asked again later", { kind: "lost_answer" }, unknown("broke")],
    ["half an answer: asked again later", { kind: "malformed_body" }, unknown("nothing we can read")],
    ["the payment is not known there: never failed", { kind: "not_found" }, unknown("not counted as failed")],
    ["our token is not accepted: alarm", { kind: "unauthorized" }, refused("unauthorized", true)],
    ["too many calls: we wait as told", { kind: "rate_limited", retryAfterSeconds: 30 }, wait(30)],
    ["too many calls, no time given: we wait", { kind: "rate_limited" }, wait(null)],
    ["no status: nothing is guessed", without("status"), unknown()],
    ["no order: nothing is guessed", without("merchantOrderId"), unknown()],
    ["another payment than asked for: nothing is guessed", says({ id: "pay_other" }), unknown("another")],
    [
      "a new status is not recognised",
      says({ status: "on_hold" }),
      report({ status: "unrecognised", providerStatus: "on_hold" }),
    ],
    [
      "a status that JavaScript knows is not recognised",
      says({ status: "constructor" }),
      report({ status: "unrecognised" }),
    ],
    ["another order is reported as it stands", says({ merchantOrderId: "INV-9" }), report({ orderId: "INV-9" })],
    [
      "another currency is reported as it stands",
      says({ currency: "USD" }),
      report({ amount: { minor: 1_500_000n, currency: "USD" } }),
    ],
    [
      "a currency we do not know is quoted",
      says({ currency: "XXX" }),
      report({ amount: null, amountAsWritten: "1500000 XXX" }),
    ],
    [
      "an amount with a fraction is quoted",
      says({ amountMinor: 1.5 }),
      report({ amount: null, amountAsWritten: "1.5 AMD" }),
    ],
    [
      "an amount that is a text is quoted",
      says({ amountMinor: "15" }),
      report({ amount: null, amountAsWritten: "15 AMD" }),
    ],
    ["no amount is no amount", without("amountMinor"), report({ amount: null, amountAsWritten: "nothing AMD" })],
    ["nothing said of refunds is nothing known", without("refundedAmountMinor"), report({ refunded: null })],
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
    await using story = await vposStory();
    const reference = await story.opened();
    story.sandbox.settle(reference, "paid");
    story.sandbox.faults.add({ on: "lookup", fault });
    const vpos = fault.kind === "hang" ? impatient(story) : story.vpos;
    expect(await vpos.lookUp(reference)).toMatchObject(expected);
    expect(await story.vpos.lookUp(reference)).toMatchObject({ value: { status: "paid", amount: drams(15_000) } });
  });

  test("a payment that VPOS.am does not know stays unknown", async () => {
    await using story = await vposStory();
    expect(await story.vpos.lookUp("pay_nobody")).toMatchObject({ is: "unknown" });
  });

  test("a reference with a slash in it asks for nothing else", async () => {
    await using story = await vposStory();
    await story.vpos.lookUp("../capabilities?x=");
    expect(story.sandbox.wire().map(({ path }) => path)).toEqual(["/v1/payments/..%2Fcapabilities%3Fx%3D"]);
  });
});

describe("the other side is not what we think", () => {
  test("nobody listens: the call surely did not happen", async () => {
    const { vpos, close } = await answering(200, {});
    close();
    expect(await vpos.open(aCheckout())).toMatchObject({ is: "did_not_happen" });
    expect(await vpos.lookUp("pay_1")).toMatchObject({ is: "did_not_happen" });
  });

  test("a redirect is not followed, so the token stays with us", async () => {
    const authorizations: (string | undefined)[] = [];
    using elsewhere = await against((request, response) => {
      authorizations.push(request.headers.authorization);
      response.writeHead(307, { location: "/elsewhere" }).end();
    });
    expect(await elsewhere.vpos.open(aCheckout())).toMatchObject({ is: "unknown" });
    expect(authorizations).toHaveLength(1);
  });

  test("an endless answer is not read to its end", async () => {
    const body = { paymentId: "pay_1", checkoutUrl: "https://pay.example/1", padding: "x".repeat(300 * 1024) };
    using huge = await answering(201, body);
    expect(await huge.vpos.open(aCheckout())).toMatchObject({ is: "unknown" });
  });

  test.each([
    [202, {}, "unknown"],
    [201, "[]", "unknown"],
    [201, "", "unknown"],
    [404, {}, "refused"],
    [405, {}, "refused"],
    [408, {}, "unknown"],
    [400, "<html>", "refused"],
    [409, "<html>", "unknown"],
    [418, {}, "refused"],
    [503, "<html>", "unknown"],
  ])("opening is answered with %i %j: %s", async (status, body, is) => {
    using other = await answering(status, body);
    expect(await other.vpos.open(aCheckout())).toMatchObject({ is });
  });

  test("a long wait is asked for as a date", async () => {
    using busy = await answering(503, "", { "retry-after": new Date(Date.now() + 90_000).toUTCString() });
    const answer = await busy.vpos.lookUp("pay_1");
    expect(answer).toMatchObject({ is: "unknown", retryAfterSeconds: expect.closeTo(90, -1) });
  });

  test("an error that repeats our token does not bring it into our words", async () => {
    using leaky = await answering(422, { error: { code: TOKEN, message: TOKEN, requestId: TOKEN } });
    expect(JSON.stringify(await leaky.vpos.open(aCheckout()))).not.toContain(TOKEN);
  });

  test("an error's code and request id are quoted for the support", async () => {
    using strict = await answering(422, { error: { code: "unprocessable", message: "no", requestId: "req_77" } });
    const because = expect.stringContaining("(code unprocessable, request req_77)");
    expect(await strict.vpos.open(aCheckout())).toMatchObject({ is: "refused", because });
  });
});
