import { describe, expect, test } from "vitest";
import { choosesAt, opens, paysOn, pressesPay } from "./customers.ts";
import { readable } from "./managers.ts";
import { aTown, reachesTheCustomer, type Town } from "./town.ts";
import { PATIENT, until } from "./until.ts";

const HUNDREDTH = { kind: "differs", fields: { amountMinor: 15_000 } } as const;

/** The case about the provider as a whole, once it is open. */
async function stopOf(town: Town): Promise<string> {
  const open = async () => {
    const cases = await town.service.needs.books.openCases();
    return cases.find(({ case: one }) => one.kind === "provider_stopped")?.case.id ?? "";
  };
  await until(open).toMatch(/./);
  return open();
}

/** The page of another invoice's link, whoever it is for. */
async function pageOf(town: Town, number: string): Promise<string> {
  await town.ani.types(number);
  await town.card(number);
  return `${town.address}/p/${(await town.invoice(number)).links[0]?.token ?? ""}`;
}

const isMended = async (town: Town): Promise<void> => {
  const by = { actor: { kind: "ops", id: "slack:T1:UOPS", name: "Lilit" }, requestId: "mended" } as const;
  const resolution = { action: "dismiss", reason: "the exponent is right now", by: "Lilit" } as const;
  await town.service.needs.books.resolveOrphanCase({ id: await stopOf(town) }, resolution, by);
};

describe("the provider opens a checkout for another amount than we asked for", PATIENT, () => {
  test("nobody begins to pay any more, and customers read so, until a person has looked", async () => {
    await using town = await aTown();
    const page = await reachesTheCustomer(town, "INV-1042");
    const other = await pageOf(town, "INV-1043");
    town.vpos.faults.add({ on: "create", fault: HUNDREDTH, orderId: "INV-1042" });
    expect((await pressesPay(page)).location).not.toContain("/checkout/");
    await stopOf(town);
    expect((await opens(page)).state).toBe("unavailable");
    expect((await opens(other)).state).toBe("unavailable");
    expect((await pressesPay(other)).location).not.toContain("/checkout/");
    expect(town.creates()).toHaveLength(1);
    await until(() => town.ops().map(readable).join("\n")).toContain("no new payment is begun");

    await isMended(town);
    expect((await opens(other)).state).toBe("payable");
    await paysOn(other);
    await until(async () => (await opens(other)).state).toBe("paid");
  });

  test("the attempt it was about is asked for no more: a press on it stops nobody anew", async () => {
    await using town = await aTown();
    const page = await reachesTheCustomer(town, "INV-1042");
    town.vpos.faults.add({ on: "create", fault: HUNDREDTH, orderId: "INV-1042" });
    await pressesPay(page);
    await isMended(town);
    await pressesPay(page);
    await town.later(60);
    await town.settled();
    expect(town.creates()).toHaveLength(1);
    const open = await town.service.needs.books.openCases();
    expect(open.map(({ case: { kind } }) => kind)).toEqual(["provider_refused"]);
  });

  test("an attempt that had failed meanwhile does not let a customer past the stop", async () => {
    await using town = await aTown();
    const page = await reachesTheCustomer(town, "INV-1042");
    const { location } = await pressesPay(page);
    const other = await pageOf(town, "INV-1043");
    town.vpos.faults.add({ on: "create", fault: HUNDREDTH, orderId: "INV-1043" });
    await pressesPay(other);
    await stopOf(town);
    town.vpos.faults.add({ on: "webhook", fault: { kind: "lost" }, orderId: "INV-1042" });
    await choosesAt(location, "decline");
    await town.later(10);
    expect((await pressesPay(page)).location).not.toContain("/checkout/");
    expect((await opens(page)).state).toBe("unavailable");
    expect(town.creates()).toHaveLength(2);
  });
});

describe("the provider cannot be reached, and then refuses our key", PATIENT, () => {
  test("nothing was ever asked, so the attempt has failed and the customer may try again", async () => {
    await using town = await aTown();
    const page = await reachesTheCustomer(town, "INV-1042");
    town.vpos.faults.add({ on: "create", fault: { kind: "rate_limited", retryAfterSeconds: 1 } });
    town.vpos.faults.add({ on: "create", fault: { kind: "unauthorized" } });
    await pressesPay(page);
    expect((await opens(page)).state).toBe("preparing");
    await town.later(20);
    await until(async () => (await opens(page)).state).toBe("failed");
    await paysOn(page);
    await until(async () => (await opens(page)).state).toBe("paid");
  });
});
