import { describe, expect, test } from "vitest";
import { choosesAt, opens, paysOn, pressesPay } from "./customers.ts";
import { aTown, reachesTheCustomer, type Town } from "./town.ts";
import { PATIENT, until } from "./until.ts";

const CRAWLER = { "user-agent": "TelegramBot (like TwitterBot)" };

const keysOf = (town: Town): (string | undefined)[] => town.creates().map(({ headers }) => headers["idempotency-key"]);

/** What is expected of a payment that came through: once, everywhere. */
async function isPaidOnce(town: Town, number: string): Promise<void> {
  await until(() => town.told(number)).toEqual({ paid: "1500000", effects: 1 });
  await town.settled();
  const { payments, attempts, cases } = await town.invoice(number);
  expect(payments).toMatchObject([{ home: "applied" }]);
  expect(attempts.filter(({ state }) => state === "paid")).toHaveLength(1);
  expect(cases).toEqual([]);
  expect(town.vpos.sessions()).toHaveLength(1);
  expect(town.misspoken()).toEqual([]);
}

describe("a page is looked at", PATIENT, () => {
  test("by a person, a crawler or a program: nothing changes, and nobody is asked", async () => {
    await using town = await aTown();
    const page = await reachesTheCustomer(town, "INV-1042");
    await town.settled();
    const before = await town.counts();
    for (const headers of [{}, CRAWLER]) {
      expect(await opens(page, headers)).toMatchObject({ status: 200, state: "payable" });
      expect(await opens(`${page}/return`, headers)).toMatchObject({ status: 200, state: "payable" });
      expect(await (await fetch(`${page}/status`, { headers })).json()).toEqual({ state: "payable", paidAt: null });
    }
    expect((await fetch(page, { method: "HEAD" })).status).toBe(200);
    expect((await fetch(`${page}/pay`, { redirect: "manual" })).status).toBe(405);
    expect((await opens(`${town.address}/p/AAAAAAAAAAAAAAAAAAAAAA`)).status).toBe(404);
    expect(await town.counts()).toEqual(before);
    expect(town.vpos.wire()).toEqual([]);
  });
});

describe("Pay is pressed more than once", PATIENT, () => {
  test("five times at once: one attempt and one session, and every press leads to the same checkout", async () => {
    await using town = await aTown();
    const page = await reachesTheCustomer(town, "INV-1042");
    const presses = await Promise.all([1, 2, 3, 4, 5].map(() => pressesPay(page)));
    const places = new Set(presses.map(({ location }) => location).filter((place) => place.startsWith("http")));
    expect(places.size).toBe(1);
    expect((await pressesPay(page)).location).toBe([...places][0]);
    expect(new Set(keysOf(town))).toEqual(new Set(["INV-1042-pay-attempt-1"]));
    expect((await town.invoice("INV-1042")).attempts).toHaveLength(1);
    await choosesAt([...places][0] ?? "", "pay");
    await isPaidOnce(town, "INV-1042");
  });
});

describe("the provider does not answer when a checkout is asked for", PATIENT, () => {
  test.each(["internal_error", "lost_answer", "malformed_body"] as const)(
    "%s: the page says that it prepares, the same key is repeated, and the customer pays once",
    async (kind) => {
      await using town = await aTown();
      const page = await reachesTheCustomer(town, "INV-1042");
      town.vpos.faults.add({ on: "create", fault: { kind } });
      expect(await pressesPay(page)).toEqual({ status: 303, location: new URL(page).pathname });
      expect((await opens(page)).state).toBe("preparing");
      await town.later(16);
      await until(async () => (await opens(page)).state).toBe("pending");
      expect(keysOf(town)).toEqual(["INV-1042-pay-attempt-1", "INV-1042-pay-attempt-1"]);
      await paysOn(page);
      await isPaidOnce(town, "INV-1042");
    },
  );

  test("it answers when the customer presses again: the same key, the same session", async () => {
    await using town = await aTown();
    const page = await reachesTheCustomer(town, "INV-1042");
    town.vpos.faults.add({ on: "create", fault: { kind: "lost_answer" } });
    await pressesPay(page);
    await paysOn(page);
    expect(new Set(keysOf(town))).toEqual(new Set(["INV-1042-pay-attempt-1"]));
    await isPaidOnce(town, "INV-1042");
  });

  test("it refuses: the customer may try again, and ops learn why", async () => {
    await using town = await aTown();
    const page = await reachesTheCustomer(town, "INV-1042");
    town.vpos.faults.add({ on: "create", fault: { kind: "unauthorized" } });
    await pressesPay(page);
    expect((await opens(page)).state).toBe("failed");
    await until(() => town.ops().length).toBe(1);
    await paysOn(page);
    await until(async () => (await opens(page)).state).toBe("paid");
    expect(keysOf(town)).toEqual(["INV-1042-pay-attempt-1", "INV-1042-pay-attempt-2"]);
  });
});

describe("the webhook overtakes the answer that opens the checkout", PATIENT, () => {
  test("it waits for its attempt, and the payment is one", async () => {
    await using town = await aTown();
    const page = await reachesTheCustomer(town, "INV-1042");
    const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
    town.vpos.faults.add({ on: "create", fault: { kind: "held", until: answered } });
    const pressed = pressesPay(page);
    await until(() => town.vpos.sessions().length).toBe(1);
    town.vpos.settle(town.vpos.sessions()[0]?.id ?? "", "paid");
    const webhooks = () => town.vpos.wire().filter(({ from }) => from === "vpos");
    await until(() => webhooks()[0]?.status).toBe(200);
    expect(town.lookUps()).toEqual([]);
    answer();
    expect((await pressed).status).toBe(303);
    await town.later(5);
    await isPaidOnce(town, "INV-1042");
  });

  test("and the answer is lost for good: the repeat finds the session, and the payment is one", async () => {
    await using town = await aTown();
    const page = await reachesTheCustomer(town, "INV-1042");
    town.vpos.faults.add({ on: "create", fault: { kind: "lost_answer" } });
    await pressesPay(page);
    town.vpos.settle(town.vpos.sessions()[0]?.id ?? "", "paid");
    await town.later(16);
    await until(async () => (await town.invoice("INV-1042")).attempts[0]?.reference).notToEqual(null);
    expect(keysOf(town)).toEqual(["INV-1042-pay-attempt-1", "INV-1042-pay-attempt-1"]);
    await town.later(31);
    await isPaidOnce(town, "INV-1042");
  });
});

describe("what the merchant's system asks changes while a link is out", PATIENT, () => {
  test("before anybody has seen it: the link follows, in the same card", async () => {
    await using town = await aTown();
    await town.ani.types("INV-1042");
    await town.card("INV-1042");
    await town.owes("INV-1042", { amount: "16000" });
    await until(() => town.says("INV-1042")).toContain("16,000");
    const { links, cases } = await town.invoice("INV-1042");
    expect(links).toMatchObject([{ state: "active", stale: false, amount: { minor: 1_600_000n } }]);
    expect(cases).toEqual([]);
    expect(town.cards("INV-1042")).toHaveLength(1);
  });

  test("after it was sent: the link keeps its amount, cannot be paid any more, and one case says so", async () => {
    await using town = await aTown();
    const page = await reachesTheCustomer(town, "INV-1042");
    await town.owes("INV-1042", { amount: "16000" });
    await town.owes("INV-1042", { amount: "16000" });
    await until(() => town.aram.payButtons()).toEqual([]);
    await until(() => town.thread("INV-1042").length).toBe(1);
    expect((await opens(page)).state).toBe("outdated");
    await pressesPay(page);
    await town.settled();
    const { links, attempts, cases } = await town.invoice("INV-1042");
    expect(links).toMatchObject([{ state: "active", stale: true, amount: { minor: 1_500_000n } }]);
    expect(attempts).toEqual([]);
    expect(cases).toMatchObject([{ kind: "link_stale", state: "open" }]);
    expect(town.thread("INV-1042")).toHaveLength(1);
    expect(town.misspoken()).toEqual([]);
  });

  test("it is cancelled there: the link goes with it", async () => {
    await using town = await aTown();
    const page = await reachesTheCustomer(town, "INV-1042");
    await town.owes("INV-1042", { state: "cancelled" });
    await until(() => town.aram.payButtons()).toEqual([]);
    expect((await opens(page)).state).toBe("cancelled");
  });
});
