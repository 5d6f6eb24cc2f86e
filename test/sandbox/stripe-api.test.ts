import { describe, expect, test } from "vitest";
import { createStripeSandbox } from "../../src/sandbox/stripe/sandbox.ts";
import { NOON } from "./vpos-story.ts";

const KEY = "sk_test_that_nobody_may_see";
const SESSIONS = "/v1/checkout/sessions";

const FORM = {
  mode: "payment",
  "line_items[0][quantity]": "1",
  "line_items[0][price_data][currency]": "usd",
  "line_items[0][price_data][unit_amount]": "1999",
  "line_items[0][price_data][product_data][name]": "INV-1",
  client_reference_id: "INV-1",
  "metadata[attemptId]": "attempt-1",
  success_url: "http://127.0.0.1:3000/back",
};

type Json = { id: string; [name: string]: unknown };
type Options = { headers?: Record<string, string>; key?: string };

/** The stand-in of Stripe, spoken to without any SDK. */
async function bare(state?: unknown) {
  let time = NOON.getTime();
  const sandbox = createStripeSandbox({
    secretKey: KEY,
    webhookSecret: "whsec_test",
    webhookUrl: () => null,
    clock: () => new Date(time),
    state,
  });
  await sandbox.start();
  const call = async (path: string, form: Record<string, string> | null, { headers = {}, key }: Options = {}) => {
    const answer = await fetch(`${sandbox.origin}${path}`, {
      method: form ? "POST" : "GET",
      headers: { authorization: `Bearer ${KEY}`, ...(key ? { "idempotency-key": key } : {}), ...headers },
      ...(form ? { body: new URLSearchParams(form) } : {}),
    });
    return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Json };
  };
  const post = (path: string, form: Record<string, string>, options: Options = {}) => call(path, form, options);
  const get = (path: string) => call(path, null);
  const paid = async () => {
    const { id } = (await post(SESSIONS, FORM)).body;
    sandbox.settle(id, "paid");
    return { id, payment: sandbox.sessions().find((one) => one.id === id)?.payment?.id ?? "" };
  };
  const later = (seconds: number) => void (time += seconds * 1000);
  return { sandbox, call, post, get, paid, later, [Symbol.asyncDispose]: () => sandbox.stop() };
}

const error = (fields: object) => ({
  error: { type: "invalid_request_error", message: expect.any(String), ...fields },
});

describe("a merchant opens a session", () => {
  test("it answers as Stripe does, with a request id in a header", async () => {
    await using stripe = await bare();
    const { status, headers, body } = await stripe.post(SESSIONS, FORM);
    expect(status).toBe(200);
    expect(headers.get("request-id")).toMatch(/^req_/);
    expect(body).toMatchObject({
      id: expect.stringMatching(/^cs_test_\w{24}$/),
      object: "checkout.session",
      amount_total: 1999,
      client_reference_id: "INV-1",
      created: 1_795_507_200,
      currency: "usd",
      expires_at: 1_795_593_600,
      metadata: { attemptId: "attempt-1" },
      payment_intent: null,
      payment_status: "unpaid",
      status: "open",
      url: `${stripe.sandbox.origin}/c/pay/${body.id}`,
    });
  });

  test.each<[string, Record<string, string>, object]>([
    [
      "a parameter that Stripe does not know",
      { customer_phone: "1" },
      { code: "parameter_unknown", param: "customer_phone" },
    ],
    [
      "a misspelt one further down",
      { "line_items[0][price_data][amount]": "1" },
      { code: "parameter_unknown", param: "line_items[0][price_data][amount]" },
    ],
    ["no mode", { mode: "" }, { code: "parameter_invalid", param: "mode" }],
    [
      "a currency in capitals",
      { "line_items[0][price_data][currency]": "USD" },
      { param: "line_items[0][price_data][currency]" },
    ],
    ["a fraction of a cent", { "line_items[0][price_data][unit_amount]": "19.5" }, { code: "parameter_invalid" }],
    ["less than half a dollar", { "line_items[0][price_data][unit_amount]": "49" }, { code: "amount_too_small" }],
    ["nine digits", { "line_items[0][price_data][unit_amount]": "100000000" }, { code: "amount_too_large" }],
    ["an address that is none", { success_url: "/back" }, { param: "success_url" }],
  ])("%s is refused, and nothing is opened", async (_, changed, fields) => {
    await using stripe = await bare();
    const { status, body } = await stripe.post(SESSIONS, { ...FORM, ...changed });
    expect(status).toBe(400);
    expect(body).toMatchObject(error(fields));
    expect(stripe.sandbox.sessions()).toEqual([]);
  });

  test("a third decimal of a dinar must be 0", async () => {
    await using stripe = await bare();
    const dinars = (amount: string) => ({
      ...FORM,
      "line_items[0][price_data][currency]": "kwd",
      "line_items[0][price_data][unit_amount]": amount,
    });
    expect((await stripe.post(SESSIONS, dinars("1251"))).status).toBe(400);
    expect((await stripe.post(SESSIONS, dinars("1250"))).status).toBe(200);
  });

  test.each(["", "Bearer sk_test_wrong", `Basic ${btoa(`${KEY}:`)}`])(
    "with the key %j it is unauthorized",
    async (authorization) => {
      await using stripe = await bare();
      const { status, body } = await stripe.post(SESSIONS, FORM, { headers: { authorization } });
      expect([status, body]).toEqual([401, error({})]);
      expect(stripe.sandbox.sessions()).toEqual([]);
    },
  );

  test.each([
    ["JSON", "application/json", "{}"],
    ["a form that is text and tree at once", "application/x-www-form-urlencoded", "a=1&a[b]=2"],
    ["a form that reaches for the prototype", "application/x-www-form-urlencoded", "__proto__[a]=2"],
  ])("%s is a bad request", async (_, type, body) => {
    await using stripe = await bare();
    const headers = { authorization: `Bearer ${KEY}`, "content-type": type };
    const answer = await fetch(`${stripe.sandbox.origin}${SESSIONS}`, { method: "POST", headers, body });
    expect([answer.status, await answer.json()]).toEqual([400, error({})]);
  });

  test("an address that does not exist is not found", async () => {
    await using stripe = await bare();
    expect((await stripe.get("/v1/customers")).status).toBe(404);
  });
});

describe("a merchant repeats a request under its idempotency key", () => {
  test("it gets the first answer, and is told so", async () => {
    await using stripe = await bare();
    const first = await stripe.post(SESSIONS, FORM, { key: "a" });
    const again = await stripe.post(SESSIONS, FORM, { key: "a" });
    expect(again.body).toEqual(first.body);
    expect([first, again].map(({ headers }) => headers.get("idempotent-replayed"))).toEqual([null, "true"]);
    expect(stripe.sandbox.sessions()).toHaveLength(1);
  });

  test("another body, or another call, under the same key is an error", async () => {
    await using stripe = await bare();
    const { body } = await stripe.post(SESSIONS, FORM, { key: "a" });
    const other = { ...FORM, client_reference_id: "INV-2" };
    const conflict = { status: 400, body: { error: { type: "idempotency_error" } } };
    expect(await stripe.post(SESSIONS, other, { key: "a" })).toMatchObject(conflict);
    expect(await stripe.post(`${SESSIONS}/${body.id}/expire`, {}, { key: "a" })).toMatchObject(conflict);
    expect(stripe.sandbox.sessions()).toMatchObject([{ status: "open" }]);
  });

  test("the same words to another session under the same key are an error", async () => {
    await using stripe = await bare();
    const [one, other] = [(await stripe.post(SESSIONS, FORM)).body.id, (await stripe.post(SESSIONS, FORM)).body.id];
    expect((await stripe.post(`${SESSIONS}/${one}/expire`, {}, { key: "a" })).status).toBe(200);
    expect((await stripe.post(`${SESSIONS}/${other}/expire`, {}, { key: "a" })).status).toBe(400);
    expect(stripe.sandbox.sessions()).toMatchObject([{ status: "expired" }, { status: "open" }]);
  });

  test("a refused request does not use its key up", async () => {
    await using stripe = await bare();
    const bad = { ...FORM, mode: "setup" };
    expect((await stripe.post(SESSIONS, bad, { key: "a" })).status).toBe(400);
    expect((await stripe.post(SESSIONS, FORM, { key: "a" })).status).toBe(200);
  });

  test("a day later the key is forgotten, as the session is over", async () => {
    await using stripe = await bare();
    await stripe.post(SESSIONS, FORM, { key: "a" });
    stripe.later(86_400);
    await stripe.post(SESSIONS, FORM, { key: "a" });
    expect(stripe.sandbox.sessions()).toMatchObject([{ status: "expired" }, { status: "open" }]);
  });

  test("after a restart it is still known, and so is everything else", async () => {
    await using stripe = await bare();
    const { body } = await stripe.post(SESSIONS, FORM, { key: "a" });
    stripe.sandbox.settle(body.id, "paid");
    const saved: unknown = JSON.parse(JSON.stringify(stripe.sandbox.snapshot()));
    await using next = await bare(saved);
    expect((await next.post(SESSIONS, FORM, { key: "a" })).body.id).toBe(body.id);
    expect(next.sandbox.snapshot()).toEqual(stripe.sandbox.snapshot());
    await expect(bare({ sessions: 1 })).rejects.toThrow("cannot be read");
  });
});

describe("a merchant asks what became of it", () => {
  test("the payment and its charge come when they are asked for, and otherwise their ids", async () => {
    await using stripe = await bare();
    const { id, payment } = await stripe.paid();
    expect((await stripe.get(`${SESSIONS}/${id}`)).body).toMatchObject({ payment_intent: payment, url: null });
    const { body } = await stripe.get(`${SESSIONS}/${id}?expand[0]=payment_intent.latest_charge`);
    expect(body["payment_intent"]).toMatchObject({
      id: payment,
      amount_received: 1999,
      latest_charge: { amount_refunded: 0, disputed: false, payment_intent: payment },
    });
    const strange = await stripe.get(`${SESSIONS}/${id}?expand[]=customer.secrets`);
    expect([strange.status, strange.body]).toEqual([400, error({})]);
  });

  test("only an open session can be expired", async () => {
    await using stripe = await bare();
    const { id } = (await stripe.post(SESSIONS, FORM)).body;
    expect((await stripe.post(`${SESSIONS}/${id}/expire`, {})).body).toMatchObject({ status: "expired", url: null });
    const again = await stripe.post(`${SESSIONS}/${id}/expire`, {});
    expect([again.status, again.body]).toEqual([
      400,
      error({ message: expect.stringContaining("status of `expired`") }),
    ]);
    expect((await stripe.post(`${SESSIONS}/cs_nobody/expire`, {})).body).toMatchObject(
      error({ code: "resource_missing" }),
    );
  });

  test("a list comes in pages, the newest first", async () => {
    await using stripe = await bare();
    const ids: string[] = [];
    for (let count = 0; count < 5; count += 1) {
      ids.unshift((await stripe.post(SESSIONS, FORM)).body.id);
      stripe.later(60);
    }
    const list = async (query: string) => {
      const { body } = await stripe.get(`${SESSIONS}?${query}`);
      return { ids: (body["data"] as Json[]).map(({ id }) => id), more: body["has_more"] };
    };
    expect(await list("limit=2")).toEqual({ ids: ids.slice(0, 2), more: true });
    expect(await list(`limit=2&starting_after=${ids[1]}`)).toEqual({ ids: ids.slice(2, 4), more: true });
    expect(await list(`limit=2&starting_after=${ids[3]}`)).toEqual({ ids: ids.slice(4), more: false });
    const [first, third] = [1_795_507_200, 1_795_507_320];
    expect((await list(`created[gte]=${first}&created[lt]=${third}`)).ids).toEqual(ids.slice(3));
    expect((await list(`created[gt]=${first}&created[lte]=${third}`)).ids).toEqual(ids.slice(2, 4));
    expect((await stripe.get(`${SESSIONS}?limit=101`)).status).toBe(400);
    expect((await stripe.get(`${SESSIONS}?starting_after=cs_nobody`)).status).toBe(400);
  });
});

describe("a merchant gives money back", () => {
  test("not more than is left, and nothing of what is all gone", async () => {
    await using stripe = await bare();
    const { payment } = await stripe.paid();
    const refund = (form: Record<string, string>) => stripe.post("/v1/refunds", { payment_intent: payment, ...form });
    expect((await refund({ amount: "1000" })).body).toMatchObject({
      object: "refund",
      amount: 1000,
      status: "succeeded",
    });
    expect((await refund({ amount: "1000" })).body).toMatchObject(error({ param: "amount" }));
    expect((await refund({})).body).toMatchObject({ amount: 999 });
    expect((await refund({})).body).toMatchObject(error({ code: "charge_already_refunded" }));
    expect((await refund({ amount: "0" })).status).toBe(400);
    expect((await refund({ payment_intent: "pi_nobody" })).status).toBe(404);
  });

  test("each movement is on the balance once, with what it is about", async () => {
    await using stripe = await bare();
    const { id, payment } = await stripe.paid();
    stripe.sandbox.refund(id, 500);
    stripe.sandbox.dispute(id, "needs_response");
    const { body } = await stripe.get("/v1/balance_transactions?expand[]=data.source");
    expect(body["data"]).toMatchObject([
      {
        type: "adjustment",
        reporting_category: "dispute",
        amount: -1999,
        fee: 1500,
        source: { payment_intent: payment },
      },
      { type: "refund", reporting_category: "refund", amount: -500, fee: 0, net: -500, source: { object: "refund" } },
      { type: "charge", reporting_category: "charge", amount: 1999, fee: 58, net: 1941, source: { disputed: true } },
    ]);
    expect((await stripe.get(`/v1/disputes?payment_intent=${payment}`)).body["data"]).toHaveLength(1);
    expect((await stripe.get("/v1/disputes?payment_intent=pi_nobody")).body["data"]).toEqual([]);
  });
});
