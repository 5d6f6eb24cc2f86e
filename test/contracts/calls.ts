import { describe, expect, test } from "vitest";
import { opens, pressesPay } from "../story/customers.ts";
import { until } from "../story/until.ts";
import { endsAs } from "./ends.ts";
import { player } from "./player.ts";
import type { CallFault, Lie } from "./stage.ts";
import type { Till } from "./till.ts";

/** What may become of our own questions to a provider. */
export function callStories(till: () => Till): void {
  const { atCheckout, goesOn, pays } = player(till);

  describe("all goes well", () => {
    test("paid: one payment, one word to the CRM", async () => {
      const bill = await atCheckout();
      await pays(bill.reference);
      await till().later(31);
      await endsAs(till(), bill, "paid once");
    });

    test("declined, then paid on the same link", async () => {
      const bill = await atCheckout();
      till().provider.customer(bill.reference, "is declined");
      await till().later(31);
      await endsAs(till(), bill, "not paid, and the customer may try again");
      await pays(await goesOn(bill));
      await till().later(31);
      await endsAs(till(), bill, "paid once");
    });
  });

  describe("opening a checkout goes wrong", () => {
    const LOST: readonly CallFault[] = [
      { kind: "lost_answer" },
      { kind: "malformed_body" },
      { kind: "internal_error" },
    ];
    test.each(LOST)("$kind: the same attempt is asked for again, and there is one checkout", async (fault) => {
      const bill = await till().issues();
      till().provider.strike("create", fault, bill.number);
      await pressesPay(bill.page);
      expect((await opens(bill.page)).state).toBe("preparing");
      await till().later(16);
      await until(async () => (await opens(bill.page)).state).toBe("pending");
      const opened = till().provider.checkouts(bill.number);
      expect(opened).toHaveLength(1);
      await pays(opened[0] ?? "");
      await till().later(31);
      await endsAs(till(), bill, "paid once");
    });

    test("it asks us to wait: we wait as told, and the customer pays", async () => {
      const bill = await till().issues();
      till().provider.strike("create", { kind: "rate_limited", retryAfterSeconds: 20 }, bill.number);
      await pressesPay(bill.page);
      expect((await opens(bill.page)).state).toBe("preparing");
      await till().later(40);
      await until(() => till().provider.checkouts(bill.number).length).toBe(1);
      await until(async () => (await opens(bill.page)).state).toBe("pending");
      await pays(till().provider.checkouts(bill.number)[0] ?? "");
      await till().later(121);
      await endsAs(till(), bill, "paid once");
    });

    test("our key is not accepted: nothing is opened, ops are told, and the customer may try again", async () => {
      const bill = await till().issues();
      till().provider.strike("create", { kind: "unauthorized" }, bill.number);
      await pressesPay(bill.page);
      await endsAs(till(), bill, "not paid, and the customer may try again", ["provider_refused"]);
      expect(till().provider.checkouts(bill.number)).toEqual([]);
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
      till().provider.strikeWebhook({ kind: "lost" }, bill.number);
      till().provider.strike("lookup", fault, bill.number);
      await pays(bill.reference);
      await till().later(31);
      await till().settled();
      await endsAs(till(), bill, "not paid, and the customer waits for the provider");
      await till().later(91);
      await endsAs(till(), bill, "paid once");
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
      till().provider.strikeWebhook({ kind: "lost" }, bill.number);
      till().provider.lie(lie, bill.number);
      await pays(bill.reference);
      await till().later(31);
      await endsAs(till(), bill, "held for a person, and nothing is paid", [kind]);
    });

    test("a status nobody knows: pending, and ops are asked", async () => {
      const bill = await atCheckout();
      till().provider.strikeWebhook({ kind: "lost" }, bill.number);
      till().provider.lie("unknown status", bill.number);
      await till().later(31);
      await endsAs(till(), bill, "not paid, and the customer waits for the provider", ["provider_unclear"]);
    });
  });
}
