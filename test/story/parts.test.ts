import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { statusOf } from "../../domain/status.ts";
import { choosesAt, pressesPay } from "./customers.ts";
import { readable } from "./managers.ts";
import { aTown, reachesTheCustomer, type Town } from "./town.ts";
import { PATIENT, until } from "./until.ts";

const DAY_S = 86_400;

async function aTownThatWaits(everyDays: number) {
  const folder = await mkdtemp(join(tmpdir(), "paythread-policy-"));
  const file = join(folder, "policy.json");
  await writeFile(file, JSON.stringify({ parts: { everyDays } }));
  const town = await aTown({ env: { POLICY_FILE: file } });
  await rm(folder, { recursive: true });
  return town;
}

const kindsOf = async (town: Town) => (await town.invoice("INV-1042")).cases.map(({ kind, state }) => [kind, state]);

/** The manager asks for all that is still owed, and the customer pays it. */
async function paysTheRest(town: Town): Promise<void> {
  await town.ani.types("INV-1042");
  await until(async () => (await town.invoice("INV-1042")).links.length).toBe(2);
  const { token = "" } = (await town.invoice("INV-1042")).links[1] ?? {};
  await choosesAt((await pressesPay(town.service.needs.pageUrl(token))).location, "pay");
  await until(async () => statusOf(await town.invoice("INV-1042"))).toBe("paid");
}

describe("an invoice is paid in parts, and the policy says how many days lie between them", PATIENT, () => {
  test("the card says what is still to come; when nothing comes the manager is told once, and when it comes that is over", async () => {
    await using town = await aTownThatWaits(2);
    await town.ani.types("INV-1042 part 5000");
    const page = await reachesTheCustomer(town, "INV-1042");
    await choosesAt((await pressesPay(page)).location, "pay");
    await until(async () => statusOf(await town.invoice("INV-1042"))).toBe("part paid");
    await until(() => town.says("INV-1042").replaceAll("\u00a0", " ")).toContain("Still to pay AMD 10,000");
    await town.ani.types("why INV-1042");
    await until(town.ani.last).toContain("the next part is expected by");

    await town.later(3 * DAY_S);
    await until(() => kindsOf(town)).toEqual([["part_overdue", "open"]]);
    await until(() => town.thread("INV-1042").map(readable).join("\n")).toContain("did not come in time");
    await town.later(3 * DAY_S);
    await town.settled();
    expect(town.thread("INV-1042")).toHaveLength(1);
    expect(town.ops()).toHaveLength(1);

    await paysTheRest(town);
    expect(await kindsOf(town)).toEqual([["part_overdue", "resolved"]]);
    await town.settled();
    expect(town.says("INV-1042")).not.toContain("Still to pay");
    expect(town.misspoken()).toEqual([]);
  });

  test("the rest comes in time: no case, and the first part's card waits for nothing any more", async () => {
    await using town = await aTownThatWaits(2);
    await town.ani.types("INV-1042 part 5000");
    const page = await reachesTheCustomer(town, "INV-1042");
    await choosesAt((await pressesPay(page)).location, "pay");
    await until(() => town.says("INV-1042")).toContain("Still to pay");
    await paysTheRest(town);
    await town.settled();
    expect(town.cards("INV-1042")).toHaveLength(2);
    expect(town.says("INV-1042")).not.toContain("Still to pay");
    await town.later(3 * DAY_S);
    await town.settled();
    expect(await kindsOf(town)).toEqual([]);
  });

  test("the customer has a link for the rest when the day passes: the manager is told when it has expired unpaid", async () => {
    await using town = await aTownThatWaits(1);
    await town.ani.types("INV-1042 part 5000");
    const page = await reachesTheCustomer(town, "INV-1042");
    await choosesAt((await pressesPay(page)).location, "pay");
    await until(async () => statusOf(await town.invoice("INV-1042"))).toBe("part paid");
    await town.ani.types("INV-1042 expires 3d");
    await until(async () => (await town.invoice("INV-1042")).links.length).toBe(2);
    await town.later(2 * DAY_S);
    await town.settled();
    expect(await kindsOf(town)).toEqual([]);
    await town.later(2 * DAY_S);
    await until(() => kindsOf(town)).toEqual([["part_overdue", "open"]]);
  });
});
