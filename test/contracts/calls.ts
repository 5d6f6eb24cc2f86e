import { describe, expect, test } from "vitest";
import { opens, pressesPay } from "../story/customers.ts";
import { until } from "../story/until.ts";
import { endsAs } from "./ends.ts";
import { player } from "./player.ts";
import type { CallFault } from "../../src/sandbox/provider/faults.ts";
import { type Lie, NOT_AN_ANSWER, type Stage } from "./stage.ts";
import type { Till } from "./till.ts";

const DAY = 86_400;

/** What may become of our own questions to a provider. */
export function callStories(stage: Stage, till: () => Till): void {
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

  describe("customers press Pay again and again while the checkout is open", () => {
    const asked = () => till().provider.calls().lookups;
    /** Twelve presses at once, at this copy of the service and at another: where each leads. */
    const pressedByMany = async (pages: readonly string[]) =>
      (await Promise.all([...pages, ...pages, ...pages].flatMap((page) => [page, page]).map(pressesPay))).map(
        ({ location }) => location,
      );

    test("at two copies of the service: the provider is asked once in a few seconds, and everybody is led to one checkout", async () => {
      const bill = await atCheckout();
      await using copy = await till().copy();
      const pages = [bill.page, bill.page.replace(till().address(), copy.address)];
      await till().later(6);
      const before = asked();
      const { location } = await pressesPay(bill.page);
      expect(location).toMatch(/^http/);
      expect(asked()).toBe(before + 1);
      expect(new Set(await pressedByMany(pages))).toEqual(new Set([location]));
      expect(asked()).toBe(before + 1);
      await till().later(6);
      expect(new Set(await pressedByMany(pages))).toEqual(new Set([location]));
      expect(asked()).toBe(before + 2);
      expect(till().provider.checkouts(bill.number)).toEqual([bill.reference]);
    });

    test("and it is declined meanwhile: who presses next is led to a new one, once", async () => {
      const bill = await atCheckout();
      await till().later(6);
      await pressesPay(bill.page);
      till().provider.strikeWebhook({ kind: "lost" }, bill.number);
      till().provider.customer(bill.reference, "is declined");
      await till().later(6);
      expect(await goesOn(bill)).not.toBe(bill.reference);
    });
  });

  describe("opening a checkout goes wrong", () => {
    const LOST: readonly CallFault[] = [
      { kind: "lost_answer" },
      { kind: "malformed_body" },
      { kind: "internal_error" },
      ...NOT_AN_ANSWER,
    ];
    test.each(LOST)("%j: the same attempt is asked for again, and there is one checkout", async (fault) => {
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

  describe.runIf(stage.can.keys)("our idempotency key is not what we think", () => {
    test("another request stands under it: nothing is opened, a person is asked, and no other key is drawn", async () => {
      const bill = await till().issues();
      till().provider.strikeKey?.({ kind: "idempotency_conflict" }, bill.number);
      await pressesPay(bill.page);
      const { creates } = till().provider.calls();
      expect((await pressesPay(bill.page)).status).toBe(303);
      await till().later(DAY);
      await endsAs(till(), bill, "not opened, until a person has looked", ["provider_refused"]);
      expect(till().provider.calls().creates).toBe(creates);
      expect(till().provider.checkouts(bill.number)).toEqual([]);
      expect((await till().invoice(bill.number)).attempts).toHaveLength(1);
    });

    /** The provider's first answer is lost, and when it is asked again it has forgotten the key: two checkouts. */
    const opensTwice = async () => {
      const bill = await till().issues();
      till().provider.strike("create", { kind: "lost_answer" }, bill.number);
      till().provider.strikeKey?.({ kind: "key_forgotten" }, bill.number);
      await pressesPay(bill.page);
      await till().later(16);
      await until(async () => (await opens(bill.page)).state).toBe("pending");
      const [lost = "", offered = ""] = till().provider.checkouts(bill.number);
      expect(till().provider.checkouts(bill.number)).toHaveLength(2);
      return { bill, lost, offered };
    };

    test("it was kept long enough and is forgotten: only the second checkout is offered, and paid once", async () => {
      const { bill, offered } = await opensTwice();
      await pressesPay(bill.page);
      expect(till().provider.checkouts(bill.number)).toHaveLength(2);
      await pays(offered);
      await till().later(31);
      await endsAs(till(), bill, "paid once");
    });

    test("and the checkout that nobody was led to is paid: the money is not lost, a person is asked", async () => {
      const { bill, lost } = await opensTwice();
      await pays(lost);
      const asked = async () => {
        await till().later(300);
        const all = await till().openCases();
        return all.filter(({ case: one }) => one.details["reference"] === lost).map(({ case: { kind } }) => kind);
      };
      await until(asked).toEqual(["unknown_payment"]);
      expect((await till().invoice(bill.number)).payments).toEqual([]);
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
      ...NOT_AN_ANSWER,
    ];
    test.each(FAULTS)("%j: nothing is concluded, and the next rung finds the payment", async (fault) => {
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
