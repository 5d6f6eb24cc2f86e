import { createHash } from "node:crypto";
import { Stripe } from "stripe";
import { describe, expect, test } from "vitest";
import { createStripe } from "../../src/providers/stripe/client.ts";
import { STRIPE_EVENTS } from "../../src/providers/stripe/webhook.ts";
import { NOON } from "../sandbox/vpos-story.ts";

const SECRET = "whsec_test";
const OURS = { orderId: "INV-1042", linkId: "link-1", attemptId: "attempt-1" };

const stripe = (webhookSecrets: string[] = [SECRET]) =>
  createStripe({ secretKey: "sk_test_x", webhookSecrets, apiUrl: "http://127.0.0.1:9" });

const bytes = (object: object, type = "checkout.session.completed") =>
  Buffer.from(JSON.stringify({ id: "evt_1", object: "event", type, data: { object } }));

const SESSION = { id: "cs_1", object: "checkout.session", client_reference_id: "INV-1042", metadata: OURS };
const EVENT = bytes(SESSION);
const HINT = {
  is: "hint",
  hint: { eventId: "evt_1", reference: "cs_1", orderId: "INV-1042", attempt: "attempt-1", names: "checkout" },
};

/** Signed by Stripe's own SDK. */
const signed = (raw: Buffer, secret = SECRET, at = NOON) => ({
  "stripe-signature": Stripe.webhooks.generateTestHeaderString({
    payload: raw.toString(),
    secret,
    timestamp: at.getTime() / 1000,
  }),
});

const after = (seconds: number) => new Date(NOON.getTime() + seconds * 1000);
const rejected = (because: string) => ({ is: "rejected", because });
const read = (raw: Buffer) => stripe().readWebhook(raw, signed(raw), NOON);

describe("a webhook is signed", () => {
  test("the signature is the one of a vector that another program made", () => {
    const raw = Buffer.from('{"id":"evt_1"}');
    const v1 = "1e7d3f868ff16e04d3a2debbf6ca2f67b76a747103f8e8c0f45b08a820c6261a";
    expect(signed(raw)["stripe-signature"]).toBe(`t=1795507200,v1=${v1}`);
  });

  test("it is a hint, and only that", () => {
    expect(read(EVENT)).toEqual(HINT);
  });

  test("any of our secrets may have signed it, so a secret can be rolled", () => {
    const headers = signed(EVENT, "whsec_new");
    expect(stripe(["whsec_old", "whsec_new"]).readWebhook(EVENT, headers, NOON)).toEqual(HINT);
    expect(stripe(["whsec_new", "whsec_old"]).readWebhook(EVENT, headers, NOON)).toEqual(HINT);
  });

  test("while Stripe rolls a secret it signs with both, and either is enough", () => {
    const [, old = ""] = signed(EVENT, "whsec_old")["stripe-signature"].split(",");
    const header = `${signed(EVENT)["stripe-signature"]},${old},v0=nothing`;
    expect(stripe().readWebhook(EVENT, { "stripe-signature": header }, NOON)).toEqual(HINT);
    expect(stripe(["whsec_old"]).readWebhook(EVENT, { "stripe-signature": header }, NOON)).toEqual(HINT);
  });

  test("an event without an id is known by its exact bytes", () => {
    const raw = Buffer.from(JSON.stringify({ type: "checkout.session.completed", data: { object: SESSION } }));
    const eventId = createHash("sha256").update(raw).digest("hex");
    expect(read(raw)).toMatchObject({ is: "hint", hint: { eventId, reference: "cs_1" } });
  });

  test.each([-300, 300])("a clock that differs by %i seconds is tolerated", (seconds) => {
    expect(stripe().readWebhook(EVENT, signed(EVENT), after(seconds))).toEqual(HINT);
  });
});

describe("an event says which attempt to look up", () => {
  const hint = (reference: string, more: object = {}) => ({
    is: "hint",
    hint: { eventId: "evt_1", reference, orderId: "INV-1042", ...more },
  });
  const attempt = "attempt-1";

  test.each<[string, string, object, object]>([
    ["a session by itself", "checkout.session.expired", SESSION, hint("cs_1", { attempt, names: "checkout" })],
    [
      "a payment by our metadata",
      "payment_intent.succeeded",
      { id: "pi_1", object: "payment_intent", metadata: OURS },
      hint("pi_1", { attempt }),
    ],
    [
      "a charge by our metadata",
      "charge.refunded",
      { id: "ch_1", object: "charge", payment_intent: "pi_1", metadata: OURS },
      hint("pi_1", { attempt }),
    ],
    [
      "a charge whose payment is spelt out",
      "charge.updated",
      { id: "ch_1", object: "charge", payment_intent: { id: "pi_1" }, metadata: OURS },
      hint("pi_1", { attempt }),
    ],
    [
      "a refund of ours by its metadata",
      "refund.updated",
      { id: "re_1", object: "refund", payment_intent: "pi_1", metadata: OURS },
      hint("pi_1", { attempt }),
    ],
    [
      "a refund made at Stripe by its payment only",
      "refund.created",
      { id: "re_1", object: "refund", payment_intent: "pi_1", metadata: {} },
      hint("pi_1", { orderId: null, names: "payment" }),
    ],
    [
      "a dispute by its payment only",
      "charge.dispute.created",
      { id: "du_1", object: "dispute", payment_intent: "pi_1", metadata: {} },
      hint("pi_1", { orderId: null, names: "payment" }),
    ],
    [
      "a dispute over a charge without a payment by itself",
      "charge.dispute.closed",
      { id: "du_1", object: "dispute", payment_intent: null, metadata: null },
      hint("du_1", { orderId: null, names: "payment" }),
    ],
  ])("%s", (_, type, object, expected) => {
    expect(read(bytes(object, type))).toEqual(expected);
  });

  test.each<[string, string, object]>([
    [
      "a session that the merchant opened for something else",
      "checkout.session.completed",
      { ...SESSION, metadata: {} },
    ],
    [
      "a payment of the merchant's own",
      "payment_intent.succeeded",
      { id: "pi_1", object: "payment_intent", metadata: {} },
    ],
    [
      "a charge of the merchant's own",
      "charge.succeeded",
      { id: "ch_1", object: "charge", metadata: { orderId: "7" } },
    ],
    ["a customer", "customer.created", { id: "cus_1", object: "customer", metadata: OURS }],
    ["a payout", "payout.paid", { id: "po_1", object: "payout", metadata: {} }],
  ])("%s is none of ours: no hint", (_, type, object) => {
    expect(read(bytes(object, type))).toEqual({ is: "ignored" });
  });

  test("what the merchant is told to subscribe to is what we read, each once", () => {
    expect(new Set(STRIPE_EVENTS).size).toBe(STRIPE_EVENTS.length);
    expect(STRIPE_EVENTS.filter((type) => !/^(?:checkout\.session|charge|refund)\./.test(type))).toEqual([]);
  });
});

describe("a webhook is not to be believed", () => {
  const honest = signed(EVENT);
  const header = honest["stripe-signature"];
  const [time = "", v1 = ""] = header.split(",");

  test.each([undefined, ""])("with the header %j it is unsigned", (value) => {
    expect(stripe().readWebhook(EVENT, { "stripe-signature": value }, NOON)).toEqual(rejected("unsigned"));
  });

  test("one changed byte is a wrong signature, even where the JSON means the same", () => {
    expect(stripe().readWebhook(Buffer.from(`${EVENT.toString()} `), honest, NOON)).toEqual(
      rejected("wrong_signature"),
    );
  });

  test("a time that was replaced is a wrong signature, not a fresh event", () => {
    const moved = { "stripe-signature": `t=${NOON.getTime() / 1000 + 400},${v1}` };
    expect(stripe().readWebhook(EVENT, moved, after(400))).toEqual(rejected("wrong_signature"));
  });

  test("an old event under a fresh time beside its own is stale, whichever stands first", () => {
    const fresh = `t=${NOON.getTime() / 1000 + 4000}`;
    expect(stripe().readWebhook(EVENT, { "stripe-signature": `${fresh},${header}` }, after(4000))).toEqual(
      rejected("stale"),
    );
    const last = { "stripe-signature": `${header},${fresh}` };
    expect(stripe().readWebhook(EVENT, last, after(4000)).is).toBe("rejected");
  });

  test.each(["0", "t=1", "v1=00", `${time},v1=`, `${time},v0=${v1.slice(3)}`, `t=soon,${v1}`, "é".repeat(64)])(
    "the header %s is a wrong signature",
    (value) => {
      expect(stripe().readWebhook(EVENT, { "stripe-signature": value }, NOON)).toEqual(rejected("wrong_signature"));
    },
  );

  test("a secret that is not ours is a wrong signature, and so is every one where we have none", () => {
    expect(stripe(["whsec_a", "whsec_b"]).readWebhook(EVENT, honest, NOON)).toEqual(rejected("wrong_signature"));
    expect(stripe([]).readWebhook(EVENT, honest, NOON)).toEqual(rejected("wrong_signature"));
  });

  test.each([-301, 301])("a clock that differs by %i seconds makes it stale", (seconds) => {
    expect(stripe().readWebhook(EVENT, honest, after(seconds))).toEqual(rejected("stale"));
  });

  test.each([
    "{",
    "[]",
    "null",
    '{"object":"v2.core.event","id":"evt_1","type":"x"}',
    '{"id":"evt_1","type":"checkout.session.completed"}',
    '{"id":"","type":"checkout.session.completed","data":{"object":{"object":"checkout.session","id":"cs_1"}}}',
  ])("a signed body of the unknown shape %j is unreadable", (text) => {
    expect(read(Buffer.from(text))).toEqual(rejected("unreadable"));
  });
});
