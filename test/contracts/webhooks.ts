import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { opens, pressesPay } from "../story/customers.ts";
import { until } from "../story/until.ts";
import { endsAs } from "./ends.ts";
import { player } from "./player.ts";
import type { WebhookFault } from "../../src/sandbox/provider/faults.ts";
import type { Signed, Standing } from "./stage.ts";
import type { Till } from "./till.ts";

const DAY = 86_400;
const TEN_MINUTES_MS = 600_000;

/** What a provider's own words may do to us: they only ever make us ask. */
export function webhookStories(till: () => Till): void {
  const sign = (...asked: Parameters<NonNullable<Standing["sign"]>>): Signed => {
    const signed = till().provider.sign?.(...asked);
    if (!signed) throw new Error("this provider sends no webhooks");
    return signed;
  };
  const { atCheckout, pays } = player(till);
  const event = (order: string, more: { says?: "paid" | "failed"; id?: string; at?: Date } = {}) => ({
    id: `evt_${randomUUID().replaceAll("-", "")}`,
    says: "paid" as const,
    order,
    at: till().clock(),
    ...more,
  });
  /** A checkout of which the provider says nothing by itself, so that the test alone speaks. */
  const atSilentCheckout = async () => {
    const bill = await atCheckout();
    till().provider.strikeWebhook({ kind: "lost" }, bill.number);
    return bill;
  };

  describe("a webhook comes", () => {
    test("fifty times at once, under one id and under fifty: paid once", async () => {
      const bill = await atSilentCheckout();
      till().provider.customer(bill.reference, "pays");
      const one = sign(bill.reference, event(bill.number));
      const many = Array.from({ length: 50 }, () => sign(bill.reference, event(bill.number)));
      const answers = await Promise.all([...many.map(() => one), ...many].map((signed) => till().hears(signed)));
      expect(new Set(answers)).toEqual(new Set([200]));
      await endsAs(till(), bill, "paid once");
    });

    test("paid, and then an older word of failure: paid stays", async () => {
      const bill = await atSilentCheckout();
      till().provider.customer(bill.reference, "pays");
      await till().hears(sign(bill.reference, event(bill.number)));
      await endsAs(till(), bill, "paid once");
      expect(await till().hears(sign(bill.reference, event(bill.number, { says: "failed" })))).toBe(200);
      await endsAs(till(), bill, "paid once");
    });

    const ORDERS = permutations(["paid", "failed", "paid again"] as const);
    test.each(ORDERS)("%s, %s, %s: whatever the order, it is paid once", async (...order) => {
      const bill = await atSilentCheckout();
      till().provider.customer(bill.reference, "pays");
      for (const says of order) {
        const said = says === "failed" ? "failed" : "paid";
        expect(await till().hears(sign(bill.reference, event(bill.number, { says: said })))).toBe(200);
      }
      await endsAs(till(), bill, "paid once");
    });

    const LATE: readonly WebhookFault[] = [{ kind: "lost" }, { kind: "delayed", seconds: DAY }, { kind: "stale" }];
    test.each(LATE)("$kind: the ladder finds the payment, and a late word changes nothing", async (fault) => {
      const bill = await atCheckout();
      till().provider.strikeWebhook(fault, bill.number);
      await pays(bill.reference);
      await till().later(31);
      await endsAs(till(), bill, "paid once");
      await till().later(DAY);
      await endsAs(till(), bill, "paid once");
    });

    test("it says paid where a lookup says open: nothing is paid before a lookup says so", async () => {
      const bill = await atSilentCheckout();
      expect(await till().hears(sign(bill.reference, event(bill.number)))).toBe(200);
      await endsAs(till(), bill, "not paid, and the customer waits for the provider");
    });

    test("it says failed where a lookup says paid: it is paid", async () => {
      const bill = await atSilentCheckout();
      till().provider.customer(bill.reference, "pays");
      expect(await till().hears(sign(bill.reference, event(bill.number, { says: "failed" })))).toBe(200);
      await endsAs(till(), bill, "paid once");
    });

    test("a lookup still says open when it has come: it is asked again, and paid", async () => {
      const bill = await atSilentCheckout();
      till().provider.customer(bill.reference, "pays");
      till().provider.lie("still open", bill.number);
      expect(await till().hears(sign(bill.reference, event(bill.number)))).toBe(200);
      await till().settled();
      await endsAs(till(), bill, "not paid, and the customer waits for the provider");
      await till().later(31);
      await endsAs(till(), bill, "paid once");
    });
  });

  describe("money goes back in the provider's own panel, and the provider says so", () => {
    test.each([
      ["all", "given back wholly, after it was paid"],
      ["half", "given back in part, after it was paid"],
    ] as const)("%s of it: seen at once", async (much, end) => {
      const bill = await atCheckout();
      await pays(bill.reference);
      await endsAs(till(), bill, "paid once");
      till().provider.refunds(bill.reference, much);
      await till().provider.deliver();
      await endsAs(till(), bill, end, ["refund_unannounced"]);
    });
  });

  describe("a webhook is not to be believed", () => {
    test("forged, or dated ten minutes off: 401, kept as rejected, and nobody is asked", async () => {
      const bill = await atSilentCheckout();
      const { lookups } = till().provider.calls();
      const off = (ms: number) => event(bill.number, { at: new Date(till().clock().getTime() + ms) });
      expect(await till().hears(sign(bill.reference, event(bill.number), true))).toBe(401);
      expect(await till().hears(sign(bill.reference, off(TEN_MINUTES_MS)))).toBe(401);
      expect(await till().hears(sign(bill.reference, off(-TEN_MINUTES_MS)))).toBe(401);
      await till().settled();
      expect(till().provider.calls().lookups).toBe(lookups);
      await endsAs(till(), bill, "not paid, and the customer waits for the provider");
    });

    test("the same id with other contents: ops are told once, and the payment is what a lookup says", async () => {
      const bill = await atSilentCheckout();
      till().provider.customer(bill.reference, "pays");
      const id = event(bill.number).id;
      expect(await till().hears(sign(bill.reference, event(bill.number, { id })))).toBe(200);
      for (let times = 0; times < 2; times += 1) {
        expect(await till().hears(sign(bill.reference, event(bill.number, { id, says: "failed" })))).toBe(200);
      }
      await endsAs(till(), bill, "paid once");
      const alarms = (await till().openCases()).filter(({ case: one }) => one.kind === "webhook_altered");
      expect(alarms.filter(({ case: one }) => one.details["reference"]?.includes(id))).toHaveLength(1);
    });

    test("a payment of nobody's: kept, tried again, and then a person is asked", async () => {
      const order = `NOBODY-${randomUUID()}`;
      const reference = `nobody_${randomUUID().replaceAll("-", "")}`;
      expect(await till().hears(sign(reference, event(order)))).toBe(200);
      const asked = async () => {
        await till().later(300);
        const all = await till().openCases();
        return all.filter(({ case: one }) => one.details["reference"] === reference).map(({ case: { kind } }) => kind);
      };
      await until(asked).toEqual(["unknown_payment"]);
    });
  });

  test("a webhook overtakes the answer that opens its checkout: it waits, and the payment is one", async () => {
    const bill = await till().issues();
    const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
    till().provider.strike("create", { kind: "held", until: answered }, bill.number);
    const pressed = pressesPay(bill.page);
    await until(() => till().provider.checkouts(bill.number).length).toBe(1);
    const [reference = ""] = till().provider.checkouts(bill.number);
    till().provider.customer(reference, "pays");
    expect(await till().hears(sign(reference, event(bill.number)))).toBe(200);
    expect((await opens(bill.page)).state).toBe("preparing");
    answer();
    expect((await pressed).status).toBe(303);
    await till().later(31);
    await endsAs(till(), bill, "paid once");
  });
}

const permutations = <T>(all: readonly T[]): readonly (readonly T[])[] =>
  all.length < 2
    ? [all]
    : all.flatMap((first, at) => permutations(all.toSpliced(at, 1)).map((rest) => [first, ...rest]));
