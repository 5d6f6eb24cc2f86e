import { describe, expect, test } from "vitest";
import type { CallFault } from "../../src/sandbox/provider/faults.ts";
import { opens } from "../story/customers.ts";
import { until } from "../story/until.ts";
import { endsAs } from "./ends.ts";
import { player } from "./player.ts";
import { NOT_AN_ANSWER, type Stage } from "./stage.ts";
import type { Till } from "./till.ts";

const HOUR = 3600;
const DAY = 86_400;

/** What comes through a link that is over, and what becomes of its checkout. */
export function deadLinkStories(stage: Stage, till: () => Till): void {
  const { atCheckout, goesOn, pays, staysOpen } = player(till);

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
        await till().cancels(bill.number);
        await till().settled();
        await till().later(seconds);
        await pays(bill.reference);
        await till().later(DAY);
        await endsAs(till(), bill, "held for a person, and nothing is paid", ["paid_cancelled_link"]);
      },
    );

    test("it was replaced and the invoice still owes exactly this: it is applied, the live link is withdrawn", async () => {
      const bill = await atCheckout();
      staysOpen(bill.number);
      const fresh = await till().reissues(bill.number);
      await till().settled();
      await pays(bill.reference);
      await till().later(31);
      await endsAs(till(), bill, "paid once");
      expect((await opens(fresh)).state).toBe("cancelled");
    });

    test("it was replaced, and both its checkout and the new one are paid: the second payment is held", async () => {
      const bill = await atCheckout();
      staysOpen(bill.number);
      const fresh = { number: bill.number, page: await till().reissues(bill.number) };
      await till().settled();
      await pays(await goesOn(fresh));
      await till().later(31);
      await endsAs(till(), fresh, "paid once");
      await pays(bill.reference);
      await till().later(DAY);
      await endsAs(till(), fresh, "paid once, and the second payment is held", ["paid_twice"]);
    });

    test("it had expired: applied all the same", async () => {
      const bill = await atCheckout();
      till().provider.strikeWebhook({ kind: "lost" }, bill.number);
      till().provider.customer(bill.reference, "pays");
      await till().later(4 * DAY);
      await endsAs(till(), bill, "paid once");
    });
  });

  describe.runIf(stage.can.close)("a link dies while its checkout is open", () => {
    test("the checkout is closed at the provider, and nobody can pay there any more", async () => {
      const bill = await atCheckout();
      await till().cancels(bill.number);
      await until(async () => (await till().facts(bill.number)).includes("checkout_closed")).toBe(true);
      expect(() => till().provider.customer(bill.reference, "pays")).toThrow(/would not do this/);
      await till().settled();
      expect((await till().invoice(bill.number)).attempts).toMatchObject([{ state: "expired" }]);
    });

    const LOST: readonly CallFault[] = [{ kind: "lost_answer" }, ...NOT_AN_ANSWER];
    test.each(LOST)("%j: it is asked again, and it is closed", async (fault) => {
      const bill = await atCheckout();
      till().provider.strike("close", fault, bill.number);
      await till().cancels(bill.number);
      await till().settled();
      await till().later(10);
      await until(async () => (await till().invoice(bill.number)).attempts.map(({ state }) => state)).toEqual([
        "expired",
      ]);
    });
  });
}
