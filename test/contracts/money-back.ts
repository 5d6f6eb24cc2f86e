import { describe, expect, test } from "vitest";
import type { CallFault } from "../../src/sandbox/provider/faults.ts";
import { until } from "../story/until.ts";
import { type Bill, endsAs } from "./ends.ts";
import { player } from "./player.ts";
import { NOT_AN_ANSWER, type Stage } from "./stage.ts";
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

  describe.runIf(stage.can.failedRefunds)("what had gone back comes back to the merchant", () => {
    /** Paid, and given back in the provider's own panel. */
    const givenBack = async () => {
      const bill = await atCheckout();
      await pays(bill.reference);
      await till().later(31);
      await endsAs(till(), bill, "paid once");
      till().provider.refunds(bill.reference, "all");
      await till().later(DAY);
      await endsAs(till(), bill, "given back wholly, after it was paid", ["refund_unannounced"]);
      return bill;
    };
    const ASKED = ["refund_unannounced", "refund_came_back"] as const;

    test.each(["without a word from the provider", "and the provider says so"])(
      "%s: it is held and a person is asked; applied it pays, without a second word to the CRM",
      async (said) => {
        const bill = await givenBack();
        if (said.startsWith("without")) till().provider.strikeWebhook({ kind: "lost" }, bill.number);
        till().provider.bringsBack?.(bill.reference);
        await till().later(DAY);
        await endsAs(till(), bill, "it went back and came back: held for a person", ASKED);
        await till().decides(bill.number, "apply", "refund_came_back");
        await endsAs(till(), bill, "it went back and came back, and pays again", ["refund_unannounced"]);
      },
    );

    test("given back once more it is another refund, and goes back once", async () => {
      const bill = await givenBack();
      till().provider.bringsBack?.(bill.reference);
      await till().later(DAY);
      await endsAs(till(), bill, "it went back and came back: held for a person", ASKED);
      const before = till().provider.refundsMade();
      await till().decides(bill.number, "refund", "refund_came_back");
      await endsAs(till(), bill, "it went back, came back, and went back again", ["refund_unannounced"]);
      expect(till().provider.refundsMade()).toBe(before + 1);
    });
  });

  describe.runIf(stage.can.disputes)("a dispute that was lost is won after all", () => {
    test("the money is held again and a person is asked, who applies it", async () => {
      const bill = await atCheckout();
      await pays(bill.reference);
      await endsAs(till(), bill, "paid once");
      till().provider.disputes?.(bill.reference, "open");
      till().provider.disputes?.(bill.reference, "lost");
      await till().later(DAY);
      await endsAs(till(), bill, "taken back by the cardholder's bank", ["chargeback"]);
      till().provider.disputes?.(bill.reference, "won");
      await till().later(DAY);
      await endsAs(till(), bill, "it went back and came back: held for a person", ["chargeback", "refund_came_back"]);
      await till().decides(bill.number, "apply", "refund_came_back");
      await endsAs(till(), bill, "it went back and came back, and pays again", ["chargeback"]);
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
      const before = till().provider.refundsMade();
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
      expect(till().provider.refundsMade()).toBe(before + 1);
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

    const LOST: readonly CallFault[] = [{ kind: "lost_answer" }, ...NOT_AN_ANSWER];
    test.each(LOST)("%j: it is asked again under the same key, and the money goes back once", async (fault) => {
      const before = till().provider.refundsMade();
      const bill = await decided();
      till().provider.strike("refund", fault, bill.number);
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
