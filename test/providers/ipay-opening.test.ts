import { describe, expect, test } from "vitest";
import { ipayManual1551 } from "../../src/providers/ipay/contract.ts";
import type { CallFault } from "../../src/sandbox/provider/faults.ts";
import { aCheckout, drams, ipayStory, NUMBER, templateOf } from "../sandbox/ipay-story.ts";

const refused = (code: string, alarm = false, mayExist = false) => ({ is: "refused", code, alarm, mayExist });
const unknown = (because = "") => ({ is: "unknown", because: expect.stringContaining(because) });
const wait = (retryAfterSeconds: number | null) => ({ is: "did_not_happen", retryAfterSeconds });
const says = (fields: Record<string, unknown>): CallFault => ({ kind: "differs", fields });
const without = (field: string): CallFault => ({ kind: "missing_field", field });
const unusable = refused("answer_unusable", false, true);

describe("registering an order goes wrong", () => {
  test.each<[string, CallFault, object]>([
    ["our login is not accepted: refused with alarm", { kind: "unauthorized" }, refused("access_denied", true)],
    ["our address is turned away: refused with alarm", { kind: "origin_not_trusted" }, refused("http_403", true)],
    ["too many calls: we wait as told", { kind: "rate_limited", retryAfterSeconds: 7 }, wait(7)],
    ["too many calls, no time given: we wait by our own pace", { kind: "rate_limited" }, wait(null)],
    ["a fault over there: it may have happened", { kind: "internal_error" }, unknown("500")],
    ["a system error: it may have happened", says({ errorCode: "7" }), unknown("error 7")],
    ["the connection breaks: it may have happened", { kind: "lost_answer" }, unknown("broke")],
    ["no answer at all: it may have happened", { kind: "hang" }, unknown("in time")],
    ["the answer comes too late: it may have happened", { kind: "slow", ms: 1000 }, unknown("in time")],
    ["half an answer: it may have happened", { kind: "malformed_body" }, unknown("nothing we can read")],
    ["an error code that is none: it may have happened", says({ errorCode: "soon" }), unknown("nothing we can read")],
    ["an error without a code: it may have happened", says({ error: true }), unknown("nothing we can read")],
    ["the currency is not switched on: refused", says({ errorCode: 3 }), refused("currency_refused")],
    ["a field is missing: refused", says({ errorCode: "4" }), refused("field_missing")],
    ["an error nobody knows: a person looks", says({ errorCode: 12 }), refused("error_12", false, true)],
    ["no id of the order: not usable", without("orderId"), unusable],
    ["no address of a page: not usable", without("formUrl"), unusable],
    ["a relative address: not usable", says({ formUrl: "/payment" }), unusable],
    ["an address without TLS: not usable", says({ formUrl: "http://pay.example/1" }), unusable],
    ["an address with a login: not usable", says({ formUrl: "https://a:b@pay.example" }), unusable],
    ["an address that is a script: not usable", says({ formUrl: "javascript:alert(1)" }), unusable],
    ["an error code of 0 says that it was processed", says({ errorCode: 0 }), { is: "happened" }],
  ])("%s", async (_, fault, expected) => {
    await using story = await ipayStory();
    story.sandbox.faults.add({ on: "create", fault });
    const ipay = ["hang", "slow"].includes(fault.kind) ? story.adapter({ timeoutMs: 300 }) : story.ipay;
    expect(await ipay.open(aCheckout())).toMatchObject(expected);
  });

  test("a wrong password is refused with alarm, says which settings to correct, and no order stands", async () => {
    await using story = await ipayStory();
    const ipay = story.adapter({ password: "wrong" });
    const because = expect.stringContaining("IPAY_PASSWORD");
    expect(await ipay.open(aCheckout())).toMatchObject({ ...refused("access_denied", true), because });
    expect(story.sandbox.sessions()).toEqual([]);
  });
});

describe("the answer to a registration was lost, and the same attempt is registered again", () => {
  const LOST: readonly CallFault[] = [{ kind: "lost_answer" }, { kind: "malformed_body" }, { kind: "hang" }];

  async function lost(fault: CallFault = { kind: "lost_answer" }) {
    const story = await ipayStory();
    story.sandbox.faults.add({ on: "create", fault });
    expect(await story.adapter({ timeoutMs: 300 }).open(aCheckout())).toMatchObject({ is: "unknown" });
    const contract = { ...ipayManual1551, formUrlTemplate: templateOf(story.sandbox.origin) };
    return { story, knowing: story.adapter({ contract }), [Symbol.asyncDispose]: () => story.sandbox.stop() };
  }

  test.each(LOST)(
    "$kind: a shop that knows its page's address gets the same checkout, and one order stands",
    async (fault) => {
      await using after = await lost(fault);
      after.story.later(60);
      const answer = await after.knowing.open(aCheckout());
      const [order, ...others] = after.story.sandbox.sessions();
      expect(others).toEqual([]);
      expect(answer).toMatchObject({
        is: "happened",
        value: {
          reference: NUMBER,
          url: `${after.story.sandbox.origin}/payment/merchants/sandbox/payment_en.html?mdOrder=${order?.orderId}`,
          expiresAt: new Date("2026-11-24T08:20:00.000Z"),
        },
      });
      expect((await fetch(answer.is === "happened" ? answer.value.url : "")).status).toBe(200);
    },
  );

  test("without that address nothing is made up: a person looks, no second order is registered, and nobody stops", async () => {
    await using after = await lost();
    expect(await after.story.ipay.open(aCheckout())).toMatchObject(refused("form_url_lost", false, true));
    expect(after.story.sandbox.sessions()).toHaveLength(1);
  });

  test.each<[string, CallFault]>([
    ["its own id", without("attributes")],
    ["an id that is one", says({ attributes: [{ name: "mdOrder", value: "../x" }] })],
  ])("iPay does not tell %s: nothing is made up", async (_, fault) => {
    await using after = await lost();
    after.story.sandbox.faults.add({ on: "lookup", fault });
    expect(await after.knowing.open(aCheckout())).toMatchObject(refused("form_url_lost", false, true));
  });

  test("an address without TLS is not handed out, whoever knew it", async () => {
    await using after = await lost();
    const contract = { ...ipayManual1551, formUrlTemplate: "http://pay.example/?mdOrder={orderId}" };
    expect(await after.story.adapter({ contract }).open(aCheckout())).toMatchObject({ code: "form_url_lost" });
  });

  test.each<CallFault>([
    { kind: "internal_error" },
    { kind: "lost_answer" },
    { kind: "not_found" },
    { kind: "unauthorized" },
    { kind: "rate_limited", retryAfterSeconds: 9 },
  ])("and then asking about it ends in $kind: it is not known how it stands", async (fault) => {
    await using after = await lost();
    after.story.sandbox.faults.add({ on: "lookup", fault });
    expect(await after.knowing.open(aCheckout())).toMatchObject(unknown("already"));
  });

  test.each([
    ["up", "150000000 051"],
    ["down", "15000 051"],
  ] as const)("iPay took a hundredfold (%s): the alarm sounds and the scale is named", async (direction, said) => {
    await using after = await lost();
    after.story.sandbox.faults.add({ on: "lookup", fault: { kind: "hundredfold", direction } });
    const answer = await after.knowing.open(aCheckout());
    expect(answer).toMatchObject(refused("echo_differs", true, true));
    expect(answer).toMatchObject({
      because: expect.stringContaining(`iPay has ${said} where we asked for 1500000 051`),
    });
    expect(answer).toMatchObject({ because: expect.stringContaining("exactly a hundredfold") });
  });

  test.each<[string, CallFault]>([
    ["another amount", says({ amount: 1_600_000 })],
    ["the amount in roubles", says({ currency: "643" })],
    ["no currency, which means roubles", without("currency")],
    ["another order", says({ orderDescription: "INV-9", merchantOrderParams: [] })],
    ["two orders", says({ orderDescription: "INV-9" })],
  ])("iPay has %s under our number: the alarm sounds", async (_, fault) => {
    await using after = await lost();
    after.story.sandbox.faults.add({ on: "lookup", fault });
    const answer = await after.knowing.open(aCheckout());
    expect(answer).toMatchObject(refused("echo_differs", true, true));
    expect(answer).not.toMatchObject({ because: expect.stringContaining("hundredfold") });
  });

  test("the same attempt with another amount: the alarm sounds and nothing is opened", async () => {
    await using after = await lost();
    const answer = await after.knowing.open(aCheckout({ amount: drams(16_000) }));
    expect(answer).toMatchObject(refused("echo_differs", true, true));
    expect(after.story.sandbox.sessions()).toHaveLength(1);
  });

  test("an order that was registered at a hundredfold by mistake is found out", async () => {
    await using story = await ipayStory();
    story.sandbox.faults.add({ on: "create", fault: { kind: "hundredfold", direction: "up" } });
    const reference = await story.opened();
    expect(await story.ipay.lookUp(reference)).toMatchObject({ value: { amount: drams(1_500_000) } });
    expect(await story.ipay.open(aCheckout())).toMatchObject({ code: "echo_differs", alarm: true });
  });
});
