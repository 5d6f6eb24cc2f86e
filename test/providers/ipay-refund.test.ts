import { describe, expect, test } from "vitest";
import type { RefundRequest } from "../../src/ports.ts";
import type { CallFault } from "../../src/sandbox/provider/faults.ts";
import { drams, ipayStory, NUMBER } from "../sandbox/ipay-story.ts";

const back = (whole: number, paid = 15_000): RefundRequest => ({
  idempotencyKey: `refund-${whole}`,
  reference: NUMBER,
  amount: drams(whole),
  paid: drams(paid),
});

const taken = (id: unknown = null) => ({ is: "happened", value: { id } });
const refused = (code: string, alarm = false) => ({ is: "refused", code, alarm });
const says = (fields: Record<string, unknown>): CallFault => ({ kind: "differs", fields });
const without = (field: string): CallFault => ({ kind: "missing_field", field });

/** A payment of 15,000 drams, and how much of it has gone back by iPay's books, in luma. */
async function paidStory() {
  const story = await ipayStory();
  await story.paid();
  const order = () => story.sandbox.sessions()[0];
  const gone = () => order()?.refunds.reduce((sum, { amount }) => sum + amount, 0) ?? 0;
  return { ...story, order, gone, ask: (request: RefundRequest) => story.ipay.refund.ask(request) };
}

const TOMORROW = 24 * 3600;

describe("money goes back", () => {
  test("all of it on the day of the payment: it is undone, and nothing is refunded besides", async () => {
    await using story = await paidStory();
    expect(await story.ask(back(15_000))).toMatchObject(taken());
    expect([story.order()?.orderStatus, story.gone()]).toEqual([3, 0]);
    expect([story.calls("reverse.do"), story.calls("refund.do")]).toEqual([1, 0]);
  });

  test("the day ends at midnight in Yerevan: after it all of it is refunded", async () => {
    await using story = await paidStory();
    story.later(12 * 3600);
    expect(await story.ask(back(15_000))).toMatchObject(taken());
    expect([story.order()?.orderStatus, story.gone()]).toEqual([4, 1_500_000]);
    expect([story.calls("reverse.do"), story.calls("refund.do")]).toEqual([0, 1]);
  });

  test("a part of it, on any day, in luma", async () => {
    await using story = await paidStory();
    expect(await story.ask(back(3000.5))).toMatchObject(taken());
    expect(story.gone()).toBe(300_050);
    expect(await story.ipay.lookUp(NUMBER)).toMatchObject({
      value: { status: "part_refunded", refunded: drams(3000.5) },
    });
  });

  test("the rest, after a part had gone back in the bank's cabinet, be it more or less than half", async () => {
    await using story = await paidStory();
    story.sandbox.refund(NUMBER, 1_000_000);
    expect(await story.ask(back(5000))).toMatchObject(taken());
    expect(story.gone()).toBe(1_500_000);
  });

  test("our API user may not undo payments: it is refunded instead", async () => {
    await using story = await paidStory();
    story.sandbox.faults.add({ on: "reverse", fault: { kind: "unauthorized" } });
    expect(await story.ask(back(15_000))).toMatchObject(taken());
    expect(story.gone()).toBe(1_500_000);
  });
});

describe("the answer to a refund was lost, and the same refund is asked for again", () => {
  const LOST: readonly CallFault[] = [{ kind: "lost_answer" }, { kind: "malformed_body" }, { kind: "hang" }];

  test.each(LOST)("$kind: all of it went back once, by the list of refunds", async (fault) => {
    await using story = await paidStory();
    story.later(TOMORROW);
    story.sandbox.faults.add({ on: "refund", fault });
    expect(await story.adapter({ timeoutMs: 300 }).refund.ask(back(15_000))).toMatchObject({ is: "unknown" });
    expect(await story.ask(back(15_000))).toMatchObject(taken(story.order()?.refunds[0]?.referenceNumber));
    expect([story.gone(), story.calls("refund.do")]).toEqual([1_500_000, 1]);
  });

  test.each<[string, CallFault | null]>([
    ["the list and the sum", null],
    ["the list alone", without("paymentAmountInfo")],
    ["the sum alone", without("refunds")],
  ])("a part went back once, where iPay tells %s", async (_, told) => {
    await using story = await paidStory();
    story.sandbox.faults.add({ on: "refund", fault: { kind: "lost_answer" } });
    expect(await story.ask(back(3000))).toMatchObject({ is: "unknown" });
    if (told) story.sandbox.faults.add({ on: "lookup", fault: told });
    expect(await story.ask(back(3000))).toMatchObject({ is: "happened" });
    expect([story.gone(), story.calls("refund.do")]).toEqual([300_000, 1]);
  });

  test("it was undone: that is found, and nothing is asked for", async () => {
    await using story = await paidStory();
    story.sandbox.faults.add({ on: "reverse", fault: { kind: "lost_answer" } });
    expect(await story.ask(back(15_000))).toMatchObject({ is: "unknown" });
    expect(await story.ask(back(15_000))).toMatchObject(taken());
    expect([story.calls("reverse.do"), story.calls("refund.do"), story.gone()]).toEqual([1, 0, 0]);
  });

  test("it never arrived: it is asked for again and goes back once", async () => {
    await using story = await paidStory();
    story.later(TOMORROW);
    story.sandbox.faults.add({ on: "refund", fault: { kind: "internal_error" } });
    expect(await story.ask(back(15_000))).toMatchObject({ is: "unknown" });
    expect(await story.ask(back(15_000))).toMatchObject(taken());
    expect(story.gone()).toBe(1_500_000);
  });
});

describe("money does not go back", () => {
  test.each<[string, RefundRequest, string]>([
    ["less than a dram", back(0.99), "amount_too_small"],
    ["dollars", { ...back(1), amount: { minor: 1_500_000n, currency: "USD" } }, "amount_not_exact"],
    ["of another payment than we know", back(16_000, 16_000), "paid_differs"],
    ["more than was paid", back(15_001), "refund_exceeds"],
  ])("%s is refused and never asked for", async (_, request, code) => {
    await using story = await paidStory();
    expect(await story.ask(request)).toMatchObject(refused(code));
    expect([story.calls("refund.do"), story.calls("reverse.do")]).toEqual([0, 0]);
  });

  test.each(["pending", "failed", "expired"] as const)("nothing was paid (%s)", async (end) => {
    await using story = await ipayStory();
    story.sandbox.settle(await story.opened(), end);
    expect(await story.ipay.refund.ask(back(15_000))).toMatchObject(refused("nothing_paid"));
  });

  test("more than is left", async () => {
    await using story = await paidStory();
    story.sandbox.refund(NUMBER, 1_000_000);
    expect(await story.ask(back(6000))).toMatchObject(refused("refund_exceeds"));
    expect(story.gone()).toBe(1_000_000);
  });

  test.each<[string, CallFault, string]>([
    ["how much has gone back", says({ refunds: null, paymentAmountInfo: null }), "refund_unclear"],
    ["how much of more than this was this", says({ refunds: null }), "refund_unclear"],
    ["its own id of the order", without("attributes"), "order_id_untold"],
  ])("iPay does not tell %s: nothing is asked for", async (_, fault, code) => {
    await using story = await paidStory();
    story.sandbox.refund(NUMBER, 600_000);
    story.sandbox.faults.add({ on: "lookup", fault });
    expect(await story.ask(back(5000))).toMatchObject(refused(code));
    expect(story.gone()).toBe(600_000);
  });

  test("iPay would not undo it: that can be asked only once, so a person looks and nothing else is tried", async () => {
    await using story = await paidStory();
    story.sandbox.faults.add({ on: "reverse", fault: says({ errorCode: "7" }) });
    const because = expect.stringContaining("cabinet");
    expect(await story.ask(back(15_000))).toMatchObject({ ...refused("not_in_this_state"), because, mayExist: true });
    expect(story.calls("refund.do")).toBe(0);
  });

  test.each<[string, CallFault, object]>([
    ["our API user may not", { kind: "unauthorized" }, refused("not_allowed")],
    ["the order's state does not allow it", says({ errorCode: 7 }), refused("not_in_this_state")],
    ["iPay no longer knows the order", { kind: "not_found" }, refused("error_6")],
    ["our address is turned away", { kind: "origin_not_trusted" }, refused("http_403", true)],
    ["too many calls", { kind: "rate_limited", retryAfterSeconds: 5 }, { is: "did_not_happen", retryAfterSeconds: 5 }],
  ])("the refund is asked for: %s", async (_, fault, expected) => {
    await using story = await paidStory();
    story.sandbox.faults.add({ on: "refund", fault });
    expect(await story.ask(back(5000))).toMatchObject(expected);
  });

  test.each<[string, CallFault, object]>([
    ["a fault over there", { kind: "internal_error" }, { is: "did_not_happen" }],
    ["the order is not known there", { kind: "not_found" }, { is: "did_not_happen" }],
    ["our login is not accepted", { kind: "unauthorized" }, refused("access_denied", true)],
  ])("the question before it ends in %s: nothing was given back", async (_, fault, expected) => {
    await using story = await paidStory();
    story.sandbox.faults.add({ on: "lookup", fault });
    expect(await story.ask(back(15_000))).toMatchObject(expected);
    expect([story.order()?.orderStatus, story.gone()]).toEqual([2, 0]);
  });
});
