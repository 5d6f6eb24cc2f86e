import { describe, expect, test } from "vitest";
import { signatureOf } from "../../src/sandbox/stripe/signature.ts";
import { torture } from "./kit.ts";
import { SECRET, STRIPE } from "./stripe.ts";
import { aTill } from "./till.ts";

describe("Stripe, against our stand-in", () => {
  torture(STRIPE);

  test("a genuine event about another sale of the merchant's is taken, and nothing is kept or asked", async () => {
    await using till = await aTill(STRIPE);
    const body = JSON.stringify({
      id: "evt_other",
      object: "event",
      type: "checkout.session.completed",
      data: { object: { id: "cs_other", object: "checkout.session", client_reference_id: "SHOP-1", metadata: {} } },
    });
    const headers = {
      "content-type": "application/json",
      "stripe-signature": signatureOf(SECRET, body, Math.floor(till.clock().getTime() / 1000)),
    };
    const before = await till.counts();
    expect(await till.hears({ body, headers })).toBe(200);
    await till.settled();
    expect(await till.counts()).toEqual(before);
    expect(till.provider.calls().lookups).toBe(0);
  });
});
