import { describe, expect, test } from "vitest";
import { until } from "../story/until.ts";
import { type Bill, endsAs } from "./ends.ts";
import { player } from "./player.ts";
import type { Stage } from "./stage.ts";
import type { Till } from "./till.ts";

const DAY = 86_400;

/** Money that goes back, by whoever's hand. */
export function moneyBackStories(stage: Stage, till: () => Till): void {
  const { atCheckout, pays, staysOpen } = player(till);

  describe("money goes back in the provider's own panel", () => {
    test.each([
      ["all", "given back wholly, after it was paid"],
      ["half", "given back in part, after it was paid"],
    ] as const)("%s of it, without a word from the provider: the ladder finds it", async (much, end) => {
      const bill = await atCheckout();
      await pays(bill.reference);
      await till().later(31);
      await endsAs(till(), bill, "paid once");
      till().provider.strikeWebhook({ kind: "lost" }, bill.number);
      till().provider.refunds(bill.reference, much);
      await till().later(DAY);
      await endsAs(till(), bill, end, ["refund_unannounced"]);
    });
  });

  describe.runIf(stage.can.disputes)("a cardholder's bank disputes a payment, without a word from the provider", () => {
    test("open: it stands and a person is asked; lost: the money is gone, and the same case tells it", async () => {
      const bill = await atCheckout();
      await pays(bill.reference);
      await till().later(31);
      await endsAs(till(), bill, "paid once");
      till().provider.strikeWebhook({ kind: "lost" }, bill.number);
      till().provider.disputes?.(bill.reference, "open");
      await till().later(DAY);
      await endsAs(till(), bill, "paid, and disputed", ["chargeback"]);
      till().provider.disputes?.(bill.reference, "lost");
      await till().later(DAY);
      await endsAs(till(), bill, "taken back by the cardholder's bank", ["chargeback"]);
    });
  });

  describe.runIf(stage.can.refund)("a person decides that held money goes back", () => {
    /** Money that came twice, and the accountant's decision to give the second back. */
    const decided = async (): Promise<Bill & { readonly reference: string }> => {
      const bill = await atCheckout();
      staysOpen(bill.number);
      await till().cancels(bill.number);
      await till().settled();
      await pays(bill.reference);
      await till().later(DAY);
      await endsAs(till(), bill, "held for a person, and nothing is paid", ["paid_cancelled_link"]);
      return bill;
    };

    test("the provider is asked once, and it has gone back when a lookup says so", async () => {
      const bill = await decided();
      await till().decides(bill.number, "refund");
      await until(async () => (await till().invoice(bill.number)).payments.map(({ home }) => home)).toEqual([
        "refunded",
      ]);
      await till().settled();
      const facts = await till().facts(bill.number);
      expect(facts.filter((one) => one === "refund_taken" || one === "payment_refunded")).toEqual([
        "refund_taken",
        "payment_refunded",
      ]);
      expect(till().provider.refundsMade()).toBe(1);
    });

    test("somebody gave it back in the provider's panel before: it goes back once, and no case is left", async () => {
      const bill = await decided();
      till().provider.strikeWebhook({ kind: "lost" }, bill.number);
      till().provider.refunds(bill.reference, "all");
      const before = till().provider.refundsMade();
      await till().decides(bill.number, "refund");
      await until(async () => (await till().invoice(bill.number)).payments.map(({ home }) => home)).toEqual([
        "refunded",
      ]);
      await till().settled();
      expect(till().provider.refundsMade()).toBe(before);
      expect((await till().invoice(bill.number)).cases.filter(({ state }) => state === "open")).toEqual([]);
    });

    test("its answer is lost: it is asked again under the same key, and the money goes back once", async () => {
      const before = till().provider.refundsMade();
      const bill = await decided();
      till().provider.strike("refund", { kind: "lost_answer" }, bill.number);
      await till().decides(bill.number, "refund");
      await till().settled();
      await till().later(20);
      await until(async () => (await till().invoice(bill.number)).payments.map(({ home }) => home)).toEqual([
        "refunded",
      ]);
      await till().settled();
      expect(till().provider.refundsMade()).toBe(before + 1);
      expect((await till().invoice(bill.number)).cases.filter(({ state }) => state === "open")).toEqual([]);
    });
  });
}
