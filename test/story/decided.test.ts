import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { statusOf } from "../../domain/status.ts";
import { choosesAt, opens, pressesPay } from "./customers.ts";
import { buttonsOf, OPS, readable, SALES } from "./managers.ts";
import { aTown, reachesTheCustomer, type Town } from "./town.ts";
import { PATIENT, until } from "./until.ts";

const ACCOUNTANT = "U0LILIT";

/** The customer pays a link that was cancelled meanwhile: the money is held, and its case stands in both channels. */
async function heldMoney(town: Town): Promise<void> {
  const page = await reachesTheCustomer(town, "INV-1042");
  const { location } = await pressesPay(page);
  await town.ani.types("cancel INV-1042 wrong amount");
  await until(async () => (await town.invoice("INV-1042")).links[0]?.state).toBe("cancelled");
  await choosesAt(location, "pay");
  await until(async () => (await opens(page)).state).toBe("checking");
  await until(() => town.ops().length).toBe(1);
  await until(() => town.thread("INV-1042").length).toBe(1);
}

/** Presses a button of the case in the ops channel and says why in the window that opens. */
async function decides(town: Town, userId: string, action: string, reason: string): Promise<void> {
  const [card] = town.ops();
  await town.slack.press({ userId, channelId: OPS, ts: card?.ts ?? "", actionId: `case.${action}` });
  await until(() => town.slack.views(userId).length).toBe(1);
  await town.slack.submitView({ userId, viewId: town.slack.views(userId)[0]?.id ?? "", values: { reason } });
  await town.settled();
}

describe("money is held, and somebody decides", PATIENT, () => {
  test("an accountant applies it: the invoice is paid, the CRM is told once, and the case says who and why", async () => {
    await using town = await aTown();
    await heldMoney(town);
    expect(buttonsOf(town.ops()[0] ?? { blocks: [] })).toEqual(["case.apply", "case.refund", "case.dismiss"]);
    await decides(town, ACCOUNTANT, "apply", "agreed with Aram");
    await until(() => town.told("INV-1042")).toEqual({ paid: "1500000", effects: 1 });
    await until(() => readable(town.ops()[0] ?? { text: "", blocks: [] })).toContain("agreed with Aram");
    await until(() => town.says("INV-1042")).toContain("Paid");
    const { payments, cases } = await town.invoice("INV-1042");
    expect(payments).toMatchObject([{ home: "applied" }]);
    expect(cases).toMatchObject([{ state: "resolved", resolution: { action: "apply", by: "Lilit Grigoryan" } }]);
    expect(buttonsOf(town.ops()[0] ?? { blocks: [] })).toEqual([]);
    expect(town.ops()).toHaveLength(1);
    expect(town.thread("INV-1042")).toHaveLength(1);
    expect(town.misspoken()).toEqual([]);
  });

  test("so does whoever is in the Slack user group that the policy makes accountants", async () => {
    const folder = await mkdtemp(join(tmpdir(), "paythread-policy-"));
    const file = join(folder, "policy.json");
    await writeFile(file, JSON.stringify({ roles: { accountant: ["slack-group:T0ARARAT:S0BOOKKEEPERS"] } }));
    await using town = await aTown({ env: { POLICY_FILE: file } });
    await rm(folder, { recursive: true });
    await heldMoney(town);
    await decides(town, "U0DAVIT", "apply", "not mine to say");
    expect((await town.invoice("INV-1042")).payments).toMatchObject([{ home: "held" }]);
    await decides(town, ACCOUNTANT, "apply", "agreed with Aram");
    expect((await town.invoice("INV-1042")).payments).toMatchObject([{ home: "applied" }]);
    expect(town.misspoken()).toEqual([]);
  });

  test("a manager may not, is told who may, and no money moves", async () => {
    await using town = await aTown();
    await heldMoney(town);
    await decides(town, "U0ANI", "apply", "I know him");
    await until(town.ani.last).toContain("for an accountant to decide");
    expect((await town.invoice("INV-1042")).payments).toMatchObject([{ home: "held" }]);
  });

  test("it is to go back: it is held until the provider says that it has gone", async () => {
    await using town = await aTown();
    await heldMoney(town);
    await decides(town, ACCOUNTANT, "refund", "ordered twice");
    await until(async () => (await town.invoice("INV-1042")).cases[0]?.state).toBe("resolved");
    expect((await town.invoice("INV-1042")).payments).toMatchObject([{ home: "held" }]);
    const [session] = town.vpos.sessions();
    town.vpos.refund(session?.id ?? "", 1_500_000);
    await town.later(601);
    await until(async () => (await town.invoice("INV-1042")).payments[0]?.home).toBe("refunded");
    await town.settled();
    expect((await town.invoice("INV-1042")).cases).toHaveLength(1);
    expect(statusOf(await town.invoice("INV-1042"))).toBe("cancelled"); // as if it had not come
  });
});

describe("a link is replaced", PATIENT, () => {
  test("by the button: one transaction, the customer is shown the new one, the old card has no buttons to pay", async () => {
    await using town = await aTown();
    const page = await reachesTheCustomer(town, "INV-1042");
    await town.ani.presses("paylink.reissue", "INV-1042");
    await until(() => town.cards("INV-1042").length).toBe(2);
    await until(async () => (await town.invoice("INV-1042")).links.map(({ state }) => state)).toEqual([
      "replaced",
      "active",
    ]);
    await until(async () => (await opens(page)).state).toBe("replaced");
    await until(() => town.aram.payButtons().length).toBe(1);
    await town.settled();
    expect(town.aram.payButtons()[0]?.url).not.toBe(page);
    const old = town.slack.messages(SALES).find(({ threadTs }) => threadTs === null);
    expect(buttonsOf(old ?? { blocks: [] })).not.toContain("paylink.send");
    expect(town.misspoken()).toEqual([]);
  });

  test("a rehearsal of it says what would happen and by which rule, and nothing happens", async () => {
    await using town = await aTown();
    await reachesTheCustomer(town, "INV-1042");
    const before = await town.invoice("INV-1042");
    await town.ani.types("dry-run reissue INV-1042 new date");
    await until(town.ani.last).toContain("Nothing was done. This would happen:");
    expect(town.ani.last()).toContain("(rule 6)");
    await town.settled();
    expect(await town.invoice("INV-1042")).toEqual(before);
    expect(town.cards("INV-1042")).toHaveLength(1);
  });
});

describe("the CRM speaks while a link is replaced", PATIENT, () => {
  test("a stale link: the rehearsal says all that the real one then does, and the new link asks for the new amount", async () => {
    await using town = await aTown();
    await town.owes("INV-1050", { amount: "15000" });
    await reachesTheCustomer(town, "INV-1050");
    await town.owes("INV-1050", { amount: "16000" });
    await until(async () => (await town.invoice("INV-1050")).links[0]?.stale).toBe(true);
    await town.ani.types("dry-run reissue INV-1050 new amount");
    await until(town.ani.last).toContain("This would happen");
    const said = town.ani.last();
    for (const words of ["replaced link", "issued link for AMD 16,000", "resolved case", "sent link in Telegram"]) {
      expect(said.replaceAll("\u00a0", " ")).toContain(words);
    }
    const before = (await town.facts("INV-1050")).length;
    await town.ani.types("reissue INV-1050 new amount");
    await until(async () => (await town.invoice("INV-1050")).links.length).toBe(2);
    await town.settled();
    expect((await town.facts("INV-1050")).slice(before)).toEqual([
      "link_replaced",
      "link_issued",
      "case_resolved",
      "link_sent",
    ]);
    expect((await town.invoice("INV-1050")).links[1]?.amount.minor).toBe(1_600_000n);
  });
});

describe("an invoice is paid in parts", PATIENT, () => {
  test("each has a link and a receipt, and the CRM is told when all of it has come", async () => {
    await using town = await aTown();
    await town.ani.types("INV-1042 part 5000");
    const page = await reachesTheCustomer(town, "INV-1042");
    await choosesAt((await pressesPay(page)).location, "pay");
    await until(async () => statusOf(await town.invoice("INV-1042"))).toBe("part paid");
    await town.settled();
    expect(await town.told("INV-1042")).toEqual({ paid: "0", effects: 0 });
    await town.ani.types("INV-1042");
    await until(() => town.cards("INV-1042").length).toBe(2);
    const links = (await town.invoice("INV-1042")).links.map(({ amount, state }) => [amount.minor, state]);
    expect(links).toEqual([
      [500_000n, "paid"],
      [1_000_000n, "active"],
    ]);
    await until(() => town.aram.reads().filter(({ text = "" }) => text.includes("5,000")).length).toBeMoreThan(1);
  });
});
