import { describe, expect, test } from "vitest";
import type { CaseKind } from "../../domain/cases.ts";
import { statusOf } from "../../domain/status.ts";
import { choosesAt, opens, pressesPay } from "./customers.ts";
import { aTown, reachesTheCustomer, type Town } from "./town.ts";
import { PATIENT, until } from "./until.ts";

const CHECKED: readonly [string, CaseKind, Readonly<Record<string, unknown>>][] = [
  ["less than was asked", "underpaid", { amountMinor: 1_400_000 }],
  ["more than was asked", "overpaid", { amountMinor: 1_600_000 }],
  ["a hundredth of it, as if drams had other decimals", "amount_differs", { amountMinor: 15_000 }],
  ["another currency", "currency_differs", { currency: "USD" }],
  ["another order", "order_differs", { merchantOrderId: "INV-7" }],
];

/** The money is there and applied to nothing: one case in both places, the page says that a person looks. */
async function isHeld(town: Town, page: string, kind: CaseKind): Promise<void> {
  await until(async () => (await opens(page)).state).toBe("checking");
  await until(() => town.thread("INV-1042").length).toBe(1);
  // A hundredfold is in every payment of this provider's, so ops hear that new ones are stopped, too.
  await until(() => town.ops().length).toBe(kind === "amount_differs" ? 2 : 1);
  await town.settled();
  const { payments, cases } = await town.invoice("INV-1042");
  expect(payments).toMatchObject([{ home: "held" }]);
  expect(cases).toMatchObject([{ kind, state: "open" }]);
  expect(await town.told("INV-1042")).toEqual({ paid: "0", effects: 0 });
  expect(town.aram.reads()).toHaveLength(1);
  expect(town.misspoken()).toEqual([]);
}

describe("the provider confirms a payment that is not what was asked for", PATIENT, () => {
  test.each(CHECKED)("%s: it is held, and one case asks a person", async (_what, kind, fields) => {
    await using town = await aTown();
    const page = await reachesTheCustomer(town, "INV-1042");
    const { location } = await pressesPay(page);
    town.vpos.faults.add({ on: "lookup", fault: { kind: "differs", fields } });
    await choosesAt(location, "pay");
    await isHeld(town, page, kind);
    expect(statusOf(await town.invoice("INV-1042"))).toBe("manual review");
    expect(town.cards("INV-1042")).toHaveLength(1);
  });
});

describe("money arrives on a link that has ended", PATIENT, () => {
  test("it was cancelled: the money is held, and one case asks a person", async () => {
    await using town = await aTown();
    const page = await reachesTheCustomer(town, "INV-1042");
    const { location } = await pressesPay(page);
    await town.ani.types("cancel INV-1042 wrong amount");
    await until(async () => (await town.invoice("INV-1042")).links[0]?.state).toBe("cancelled");
    await choosesAt(location, "pay");
    await isHeld(town, page, "paid_cancelled_link");
    expect((await town.invoice("INV-1042")).links).toMatchObject([{ state: "cancelled" }]);
  });

  test("it had expired, and the invoice still owes exactly this: it is paid", async () => {
    await using town = await aTown();
    const page = await reachesTheCustomer(town, "INV-1042");
    await choosesAt((await pressesPay(page)).location, "pending");
    await town.later(4 * 86_400);
    await until(async () => (await town.invoice("INV-1042")).links[0]?.state).toBe("expired");
    await until(() => town.aram.payButtons()).toEqual([]);
    town.vpos.settle(town.vpos.sessions()[0]?.id ?? "", "paid");
    await until(() => town.told("INV-1042")).toEqual({ paid: "1500000", effects: 1 });
    await until(async () => (await opens(page)).state).toBe("paid");
    await town.settled();
    const { links, payments, cases } = await town.invoice("INV-1042");
    expect(links).toMatchObject([{ state: "paid" }]);
    expect(payments).toMatchObject([{ home: "applied" }]);
    expect(cases).toEqual([]);
  });

  test("it had expired and another link is live: the money is applied, and the live link is withdrawn", async () => {
    await using town = await aTown();
    const page = await reachesTheCustomer(town, "INV-1042");
    await choosesAt((await pressesPay(page)).location, "pending");
    await town.later(4 * 86_400);
    await until(async () => (await town.invoice("INV-1042")).links[0]?.state).toBe("expired");
    await town.ani.types("INV-1042");
    await until(() => town.cards("INV-1042").length).toBe(2);
    town.vpos.settle(town.vpos.sessions()[0]?.id ?? "", "paid");
    await until(() => town.told("INV-1042")).toEqual({ paid: "1500000", effects: 1 });
    const { links } = await town.invoice("INV-1042");
    expect(links.map(({ state }) => state)).toEqual(["paid", "cancelled"]);
  });
});
