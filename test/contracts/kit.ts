import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { opens, pressesPay } from "../story/customers.ts";
import { until } from "../story/until.ts";
import { type Bill, endsAs } from "./ends.ts";
import { player } from "./player.ts";
import type { CallFault, Lie, Stage } from "./stage.ts";
import { aTill, type Till } from "./till.ts";
import { webhookStories } from "./webhooks.ts";

const HOUR = 3600;
const DAY = 86_400;

/**
 * What every provider's adapter must come through, over real HTTP against its stand-in: each story's end is written once, in
 * words, and held against database, card, page, CRM and audit. A provider is listed as supported only when this is green.
 */
export function torture(stage: Stage): void {
  let till: Till;
  beforeAll(async () => {
    till = await aTill(stage);
  });
  afterAll(() => till[Symbol.asyncDispose]());

  const { atCheckout, goesOn, pays } = player(() => till);
  /** Where a provider could close the checkout of a dead link, it does not get to it. */
  const staysOpen = (number: string): void => {
    if (stage.can.close) till.provider.strike("close", { kind: "unauthorized" }, number);
  };

  describe("all goes well", () => {
    test("paid: one payment, one word to the CRM", async () => {
      const bill = await atCheckout();
      await pays(bill.reference);
      await till.later(31);
      await endsAs(till, bill, "paid once");
    });

    test("declined, then paid on the same link", async () => {
      const bill = await atCheckout();
      till.provider.customer(bill.reference, "is declined");
      await till.later(31);
      await endsAs(till, bill, "not paid, and the customer may try again");
      await pays(await goesOn(bill));
      await till.later(31);
      await endsAs(till, bill, "paid once");
    });
  });

  describe("opening a checkout goes wrong", () => {
    const LOST: readonly CallFault[] = [
      { kind: "lost_answer" },
      { kind: "malformed_body" },
      { kind: "internal_error" },
    ];
    test.each(LOST)("$kind: the same attempt is asked for again, and there is one checkout", async (fault) => {
      const bill = await till.issues();
      till.provider.strike("create", fault, bill.number);
      await pressesPay(bill.page);
      expect((await opens(bill.page)).state).toBe("preparing");
      await till.later(16);
      await until(async () => (await opens(bill.page)).state).toBe("pending");
      const opened = till.provider.checkouts(bill.number);
      expect(opened).toHaveLength(1);
      await pays(opened[0] ?? "");
      await till.later(31);
      await endsAs(till, bill, "paid once");
    });

    test("it asks us to wait: we wait as told, and the customer pays", async () => {
      const bill = await till.issues();
      till.provider.strike("create", { kind: "rate_limited", retryAfterSeconds: 20 }, bill.number);
      await pressesPay(bill.page);
      expect((await opens(bill.page)).state).toBe("preparing");
      await till.later(40);
      await until(() => till.provider.checkouts(bill.number).length).toBe(1);
      await until(async () => (await opens(bill.page)).state).toBe("pending");
      await pays(till.provider.checkouts(bill.number)[0] ?? "");
      await till.later(121);
      await endsAs(till, bill, "paid once");
    });

    test("our key is not accepted: nothing is opened, ops are told, and the customer may try again", async () => {
      const bill = await till.issues();
      till.provider.strike("create", { kind: "unauthorized" }, bill.number);
      await pressesPay(bill.page);
      await endsAs(till, bill, "not paid, and the customer may try again", ["provider_refused"]);
      expect(till.provider.checkouts(bill.number)).toEqual([]);
    });
  });

  describe("looking a payment up goes wrong", () => {
    const FAULTS: readonly CallFault[] = [
      { kind: "internal_error" },
      { kind: "lost_answer" },
      { kind: "malformed_body" },
      { kind: "not_found" },
      { kind: "rate_limited", retryAfterSeconds: 5 },
      { kind: "rate_limited" },
    ];
    test.each(FAULTS)("$kind: nothing is concluded, and the next rung finds the payment", async (fault) => {
      const bill = await atCheckout();
      till.provider.strikeWebhook({ kind: "lost" }, bill.number);
      till.provider.strike("lookup", fault, bill.number);
      await pays(bill.reference);
      await till.later(31);
      await till.settled();
      await endsAs(till, bill, "not paid, and the customer waits for the provider");
      await till.later(91);
      await endsAs(till, bill, "paid once");
    });
  });

  describe("a lookup says something else than we asked for", () => {
    const HELD: readonly (readonly [Lie, "underpaid" | "currency_differs" | "order_differs"])[] = [
      ["other amount", "underpaid"],
      ["other currency", "currency_differs"],
      ["other order", "order_differs"],
    ];
    test.each(HELD)("%s: the money is held and a person is asked", async (lie, kind) => {
      const bill = await atCheckout();
      till.provider.strikeWebhook({ kind: "lost" }, bill.number);
      till.provider.lie(lie, bill.number);
      await pays(bill.reference);
      await till.later(31);
      await endsAs(till, bill, "held for a person, and nothing is paid", [kind]);
    });

    test("a status nobody knows: pending, and ops are asked", async () => {
      const bill = await atCheckout();
      till.provider.strikeWebhook({ kind: "lost" }, bill.number);
      till.provider.lie("unknown status", bill.number);
      await till.later(31);
      await endsAs(till, bill, "not paid, and the customer waits for the provider", ["provider_unclear"]);
    });
  });

  if (stage.can.webhooks) webhookStories(() => till);

  describe("money comes on a dead link", () => {
    const LATER: readonly (readonly [string, number])[] = [
      ["a second", 1],
      ["an hour", HOUR],
      ["three days", 3 * DAY],
    ];
    test.each(LATER.filter(([, seconds]) => stage.can.lateMoney || seconds < stage.sessionSeconds))(
      "%s after it was cancelled, where its checkout could not be closed: held",
      async (_when, seconds) => {
        const bill = await atCheckout();
        staysOpen(bill.number);
        await till.cancels(bill.number);
        await till.settled();
        await till.later(seconds);
        await pays(bill.reference);
        await till.later(DAY);
        await endsAs(till, bill, "held for a person, and nothing is paid", ["paid_cancelled_link"]);
      },
    );

    test("it was replaced and the invoice still owes exactly this: it is applied, the live link is withdrawn", async () => {
      const bill = await atCheckout();
      staysOpen(bill.number);
      const fresh = await till.reissues(bill.number);
      await till.settled();
      await pays(bill.reference);
      await till.later(31);
      await endsAs(till, bill, "paid once");
      expect((await opens(fresh)).state).toBe("cancelled");
    });

    test("it was replaced, and both its checkout and the new one are paid: the second payment is held", async () => {
      const bill = await atCheckout();
      staysOpen(bill.number);
      const fresh = { number: bill.number, page: await till.reissues(bill.number) };
      await till.settled();
      await pays(await goesOn(fresh));
      await till.later(31);
      await endsAs(till, fresh, "paid once");
      await pays(bill.reference);
      await till.later(DAY);
      await endsAs(till, fresh, "paid once, and the second payment is held", ["paid_twice"]);
    });

    test("it had expired: applied all the same", async () => {
      const bill = await atCheckout();
      till.provider.strikeWebhook({ kind: "lost" }, bill.number);
      till.provider.customer(bill.reference, "pays");
      await till.later(4 * DAY);
      await endsAs(till, bill, "paid once");
    });
  });

  if (stage.can.close) {
    describe("a link dies while its checkout is open", () => {
      test("the checkout is closed at the provider, and nobody can pay there any more", async () => {
        const bill = await atCheckout();
        await till.cancels(bill.number);
        await until(async () => (await till.facts(bill.number)).includes("checkout_closed")).toBe(true);
        expect(() => till.provider.customer(bill.reference, "pays")).toThrow();
        await till.settled();
        expect((await till.invoice(bill.number)).attempts).toMatchObject([{ state: "expired" }]);
      });

      test("its answer is lost: it is asked again, and it is closed", async () => {
        const bill = await atCheckout();
        till.provider.strike("close", { kind: "lost_answer" }, bill.number);
        await till.cancels(bill.number);
        await till.settled();
        await till.later(10);
        await until(async () => (await till.invoice(bill.number)).attempts.map(({ state }) => state)).toEqual([
          "expired",
        ]);
      });
    });
  }

  describe("money goes back in the provider's own panel", () => {
    test.each([
      ["all", "given back wholly, after it was paid"],
      ["half", "given back in part, after it was paid"],
    ] as const)("%s of it, without a word from the provider: the ladder finds it", async (much, end) => {
      const bill = await atCheckout();
      await pays(bill.reference);
      await till.later(31);
      await endsAs(till, bill, "paid once");
      till.provider.strikeWebhook({ kind: "lost" }, bill.number);
      till.provider.refunds(bill.reference, much);
      await till.later(DAY);
      await endsAs(till, bill, end, ["refund_unannounced"]);
    });
  });

  if (stage.can.disputes) {
    describe("a cardholder's bank disputes a payment, without a word from the provider", () => {
      test("open: it stands and a person is asked; lost: the money is gone, and the same case tells it", async () => {
        const bill = await atCheckout();
        await pays(bill.reference);
        await till.later(31);
        await endsAs(till, bill, "paid once");
        till.provider.strikeWebhook({ kind: "lost" }, bill.number);
        till.provider.disputes?.(bill.reference, "open");
        await till.later(DAY);
        await endsAs(till, bill, "paid, and disputed", ["chargeback"]);
        till.provider.disputes?.(bill.reference, "lost");
        await till.later(DAY);
        await endsAs(till, bill, "taken back by the cardholder's bank", ["chargeback"]);
      });
    });
  }

  if (stage.can.refund) {
    describe("a person decides that held money goes back", () => {
      /** Money that came twice, and the accountant's decision to give the second back. */
      const decided = async (): Promise<Bill & { readonly reference: string }> => {
        const bill = await atCheckout();
        staysOpen(bill.number);
        await till.cancels(bill.number);
        await till.settled();
        await pays(bill.reference);
        await till.later(DAY);
        await endsAs(till, bill, "held for a person, and nothing is paid", ["paid_cancelled_link"]);
        return bill;
      };

      test("the provider is asked once, and it has gone back when a lookup says so", async () => {
        const bill = await decided();
        await till.decides(bill.number, "refund");
        await until(async () => (await till.invoice(bill.number)).payments.map(({ home }) => home)).toEqual([
          "refunded",
        ]);
        await till.settled();
        const facts = await till.facts(bill.number);
        expect(facts.filter((one) => one === "refund_taken" || one === "payment_refunded")).toEqual([
          "refund_taken",
          "payment_refunded",
        ]);
        expect(till.provider.refundsMade()).toBe(1);
      });

      test("its answer is lost: it is asked again under the same key, and the money goes back once", async () => {
        const before = till.provider.refundsMade();
        const bill = await decided();
        till.provider.strike("refund", { kind: "lost_answer" }, bill.number);
        await till.decides(bill.number, "refund");
        await till.settled();
        await till.later(20);
        await until(async () => (await till.invoice(bill.number)).payments.map(({ home }) => home)).toEqual([
          "refunded",
        ]);
        await till.settled();
        expect(till.provider.refundsMade()).toBe(before + 1);
        expect((await till.invoice(bill.number)).cases.filter(({ state }) => state === "open")).toEqual([]);
      });
    });
  }

  test("and after all of it the audit holds", async () => {
    expect(await till.verifyAudit()).toMatchObject({ broken: [] });
  });
}
