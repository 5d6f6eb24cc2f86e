import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createVpos } from "../../src/providers/vpos/client.ts";
import { vposAssumedV1 } from "../../src/providers/vpos/contract.ts";
import { signatureOf } from "../../src/providers/vpos/contract-signature.ts";
import { signForTest } from "../../src/providers/vpos/webhook.ts";
import { NOON, SECRET, TOKEN } from "../sandbox/vpos-story.ts";

const EVENT = Buffer.from(
  JSON.stringify({
    id: "evt_1",
    type: "payment.paid",
    data: { id: "pay_1", merchantOrderId: "INV-1042", status: "paid" },
  }),
);
const HINT = { is: "hint", hint: { eventId: "evt_1", reference: "pay_1", orderId: "INV-1042" } };

const vpos = (
  webhookSecrets: string[] = [SECRET],
  contract = vposAssumedV1 as Parameters<typeof createVpos>[0]["contract"],
) =>
  createVpos({
    baseUrl: "http://127.0.0.1:9",
    apiToken: TOKEN,
    webhookSecrets,
    amdExponent: 2,
    ...(contract ? { contract } : {}),
  });

const after = (seconds: number) => new Date(NOON.getTime() + seconds * 1000);

describe("a webhook is signed", () => {
  test("the signature is the one of the published test vector", () => {
    const sent = { timestamp: "1795392000", raw: Buffer.from('{"id":"evt_1"}') };
    expect(signatureOf(vposAssumedV1.webhook, "whsec_test", sent)).toBe(
      "97f11402c8a5e962543996623cb53a6c9c71243eed1a0f421ec68d255076c26e",
    );
  });

  test("it is a hint, and only that", () => {
    expect(vpos().readWebhook(EVENT, signForTest(EVENT, SECRET, NOON), NOON)).toEqual(HINT);
  });

  test("any of our secrets may have signed it, so a secret can be changed", () => {
    const headers = signForTest(EVENT, "whsec_new", NOON);
    expect(vpos(["whsec_old", "whsec_new"]).readWebhook(EVENT, headers, NOON)).toEqual(HINT);
    expect(vpos(["whsec_new", "whsec_old"]).readWebhook(EVENT, headers, NOON)).toEqual(HINT);
  });

  test("an event without an id is known by its exact bytes", () => {
    const raw = Buffer.from('{"type":"payment.paid","data":{"id":"pay_1"}}');
    expect(vpos().readWebhook(raw, signForTest(raw, SECRET, NOON), NOON)).toEqual({
      is: "hint",
      hint: { eventId: createHash("sha256").update(raw).digest("hex"), reference: "pay_1", orderId: null },
    });
  });

  test("the unsigned header cannot rename an event", () => {
    const headers = { ...signForTest(EVENT, SECRET, NOON), "x-vpos-event-id": "evt_other" };
    expect(vpos().readWebhook(EVENT, headers, NOON)).toEqual(HINT);
  });

  test.each([-300, 300])("a clock that differs by %i seconds is tolerated", (seconds) => {
    expect(vpos().readWebhook(EVENT, signForTest(EVENT, SECRET, NOON), after(seconds))).toEqual(HINT);
  });
});

describe("a webhook is not to be believed", () => {
  const honest = signForTest(EVENT, SECRET, NOON);
  const rejected = (because: string) => ({ is: "rejected", because });

  test.each(["x-vpos-signature", "x-vpos-timestamp"])("without %s it is unsigned", (name) => {
    expect(vpos().readWebhook(EVENT, { ...honest, [name]: undefined }, NOON)).toEqual(rejected("unsigned"));
    expect(vpos().readWebhook(EVENT, { ...honest, [name]: "" }, NOON)).toEqual(rejected("unsigned"));
  });

  test("one changed byte is a wrong signature, even where the JSON means the same", () => {
    const spaced = Buffer.from(`${EVENT.toString()} `);
    expect(vpos().readWebhook(spaced, honest, NOON)).toEqual(rejected("wrong_signature"));
  });

  test("a timestamp that was replaced is a wrong signature, not a fresh event", () => {
    const moved = { ...honest, "x-vpos-timestamp": String(NOON.getTime() / 1000 + 400) };
    expect(vpos().readWebhook(EVENT, moved, after(400))).toEqual(rejected("wrong_signature"));
  });

  test.each(["0", "zz", "é".repeat(64), "0".repeat(64)])("the signature %s is wrong", (signature) => {
    const headers = { ...honest, "x-vpos-signature": signature };
    expect(vpos().readWebhook(EVENT, headers, NOON)).toEqual(rejected("wrong_signature"));
  });

  test("a secret that is not ours is a wrong signature", () => {
    expect(vpos(["whsec_a", "whsec_b"]).readWebhook(EVENT, honest, NOON)).toEqual(rejected("wrong_signature"));
    expect(vpos([]).readWebhook(EVENT, honest, NOON)).toEqual(rejected("wrong_signature"));
  });

  test.each([-301, 301])("a clock that differs by %i seconds makes it stale", (seconds) => {
    expect(vpos().readWebhook(EVENT, honest, after(seconds))).toEqual(rejected("stale"));
  });

  test.each([
    "",
    "{",
    "[]",
    "null",
    '{"id":"evt_1","type":"payment.paid"}',
    '{"type":"payment.paid","data":{"id":".."}}',
  ])("a signed body of the unknown shape %j is unreadable", (text) => {
    const raw = Buffer.from(text);
    expect(vpos().readWebhook(raw, signForTest(raw, SECRET, NOON), NOON)).toEqual(rejected("unreadable"));
  });

  test("where no scheme is known every webhook is turned away, and only lookups count", () => {
    const polling = vpos([SECRET], { ...vposAssumedV1, webhook: null });
    expect(polling.readWebhook(EVENT, honest, NOON)).toEqual(rejected("unsigned"));
  });
});

test("the contract says of itself that VPOS.am has not confirmed it", () => {
  expect(vposAssumedV1).toMatchObject({ name: "vpos-assumed-v1", confirmedByProvider: false });
});
