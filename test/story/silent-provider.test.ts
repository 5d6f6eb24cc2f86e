import { describe, expect, test } from "vitest";
import { choosesAt, opens, pressesPay } from "./customers.ts";
import { aTown, reachesTheCustomer } from "./town.ts";
import { PATIENT, until } from "./until.ts";

/** A town whose provider never says a word by itself. */
async function aSilentTown() {
  const town = await aTown();
  for (let nth = 0; nth < 10; nth += 1) town.vpos.faults.add({ on: "webhook", fault: { kind: "lost" } });
  return town;
}

const asks = (page: string): Promise<Response> => fetch(`${page}/ask`, { method: "POST" });

describe("no webhook ever comes", PATIENT, () => {
  test("while the customer's page is open the provider is asked, once in twenty seconds however many pages ask", async () => {
    await using town = await aSilentTown();
    const page = await reachesTheCustomer(town, "INV-1042");
    const { location } = await pressesPay(page);
    await town.later(700);
    await town.settled();
    const before = town.lookUps().length;
    const answers = await Promise.all(Array.from({ length: 10 }, () => asks(page)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 204));
    await until(() => town.lookUps().length).toBeMoreThan(before);
    await town.settled();
    expect(town.lookUps().length - before).toBeLessThanOrEqual(2);
    await choosesAt(location, "pay");
    await town.later(21);
    await asks(page);
    await until(async () => (await opens(page)).state).toBe("paid");
  });

  test("while nobody looks, a payment is seen within fifteen minutes", async () => {
    await using town = await aSilentTown();
    const page = await reachesTheCustomer(town, "INV-1042");
    const { location } = await pressesPay(page);
    await town.later(660);
    await town.settled();
    await choosesAt(location, "pay");
    await town.later(900);
    await until(async () => (await opens(page)).state).toBe("paid");
  });

  test("the page of nothing that is open asks nobody", async () => {
    await using town = await aSilentTown();
    const page = await reachesTheCustomer(town, "INV-1042");
    expect((await asks(page)).status).toBe(204);
    expect((await asks(page.replace(/.{3}$/, "xyz"))).status).toBe(404);
    expect((await fetch(`${page}/ask`)).status).toBe(405);
    await town.settled();
    expect(town.lookUps()).toEqual([]);
  });
});
