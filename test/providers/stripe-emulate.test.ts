import { createEmulator } from "emulate";
import { describe, expect, test } from "vitest";
import { createStripe } from "../../src/providers/stripe/client.ts";
import { aCheckout, drams, merchant } from "../sandbox/vpos-story.ts";

const SECRET = "whsec_emulated";
const METADATA = { "metadata[orderId]": "INV-1042", "metadata[attemptId]": "attempt-1" };

/** Somebody else's emulator of Stripe, and the adapter that talks to it. */
async function emulated(webhookUrl = "http://127.0.0.1:9") {
  const webhooks = [{ url: webhookUrl, events: ["*"], secret: SECRET }];
  const emulator = await createEmulator({ service: "stripe", port: 0, seed: { stripe: { webhooks } } });
  const origin = `http://127.0.0.1:${new URL(emulator.url).port}`;
  const post = async (path: string, form: Record<string, string>): Promise<{ id: string }> => {
    const body = new URLSearchParams(form);
    const headers = { authorization: "Bearer sk_test_emulated" };
    const answer = await fetch(`${origin}${path}`, { method: "POST", headers, body });
    return (await answer.json()) as { id: string };
  };
  return {
    stripe: createStripe({ secretKey: "sk_test_emulated", webhookSecrets: [SECRET], apiUrl: origin }),
    /** A session without a price, made beside the adapter. */
    session: async () => (await post("/v1/checkout/sessions", { mode: "payment", ...METADATA })).id,
    payment: async () => {
      const { id } = await post("/v1/payment_intents", { amount: "1999", currency: "usd", ...METADATA });
      await post(`/v1/payment_intents/${id}/confirm`, { payment_method: "pm_card_visa" });
      return id;
    },
    pay: (id: string) => fetch(`${origin}/checkout/${id}/complete`, { method: "POST", redirect: "manual" }),
    [Symbol.asyncDispose]: () => emulator.close(),
  };
}

describe("an emulator of Stripe that others wrote, as far as it goes", () => {
  test("a session that is open is looked up; amounts and our order it does not keep, so none are made up", async () => {
    await using story = await emulated();
    const reference = await story.session();
    expect(await story.stripe.lookUp(reference)).toMatchObject({
      is: "happened",
      value: { status: "open", providerStatus: "open/unpaid", reference, orderId: "", amount: null, dispute: null },
    });
  });

  test("it keeps no payment behind a session that is paid: without one nothing is counted as paid", async () => {
    await using story = await emulated();
    const reference = await story.session();
    await story.pay(reference);
    const because = expect.stringContaining("names no payment");
    expect(await story.stripe.lookUp(reference)).toMatchObject({ is: "unknown", because });
  });

  test("an open session is closed, once; closed again it had ended before", async () => {
    await using story = await emulated();
    const reference = await story.session();
    expect(await story.stripe.close(reference)).toMatchObject({ is: "happened", value: { closed: true } });
    expect(await story.stripe.lookUp(reference)).toMatchObject({ value: { status: "expired" } });
    expect(await story.stripe.close(reference)).toMatchObject({ is: "happened", value: { closed: false } });
  });

  test("a session that is paid cannot be closed any more", async () => {
    await using story = await emulated();
    const reference = await story.session();
    await story.pay(reference);
    expect(await story.stripe.close(reference)).toMatchObject({ is: "happened", value: { closed: false } });
  });

  test("a session that it does not know is unknown to a lookup and refused to a close", async () => {
    await using story = await emulated();
    expect(await story.stripe.lookUp("cs_nobody")).toMatchObject({ is: "unknown" });
    expect(await story.stripe.close("cs_nobody")).toMatchObject({ is: "refused", code: "resource_missing" });
  });

  test("it takes no price named on the spot: its refusal is a definite no and no alarm", async () => {
    await using story = await emulated();
    const answer = await story.stripe.open(aCheckout());
    expect(answer).toMatchObject({ is: "refused", code: "http_400", alarm: false, mayExist: false });
  });

  test("it has no refunds and no balance: neither is ever said to have happened", async () => {
    await using story = await emulated();
    const request = { idempotencyKey: "r", reference: await story.session(), amount: drams(1), paid: drams(1) };
    expect(await story.stripe.refund.ask(request)).toMatchObject({ is: "refused", code: "nothing_paid" });
    expect(await story.stripe.movements(new Date(0), new Date())).toMatchObject({ is: "unknown" });
  });

  test("its signature of a paid session is genuine to us, and a hint to look exactly this one up", async () => {
    using shop = await merchant();
    await using story = await emulated(shop.url);
    const reference = await story.session();
    await story.pay(reference);
    await expect.poll(() => shop.types()).toEqual(["checkout.session.completed"]);
    const [delivery] = shop.received;
    const reading = story.stripe.readWebhook(delivery?.raw ?? Buffer.alloc(0), delivery?.headers ?? {}, new Date());
    expect(reading).toMatchObject({ is: "hint", hint: { reference, orderId: "INV-1042", attempt: "attempt-1" } });
  });

  test("its event of a payment names the attempt by our metadata; of the charge it sends none, and that is none of ours", async () => {
    using shop = await merchant();
    await using story = await emulated(shop.url);
    const reference = await story.payment();
    await expect.poll(() => shop.types()).toContain("charge.succeeded");
    const read = (type: string) =>
      shop.received
        .filter(({ event }) => event.type === type)
        .map(({ raw, headers }) => story.stripe.readWebhook(raw, headers, new Date()));
    expect(read("payment_intent.succeeded")).toMatchObject([
      { is: "hint", hint: { reference, orderId: "INV-1042", attempt: "attempt-1" } },
    ]);
    expect(read("charge.succeeded")).toEqual([{ is: "ignored" }]);
  });
});
