import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { choosesAt, opens, pressesPay } from "./customers.ts";
import { readable } from "./managers.ts";
import { aTown, reachesTheCustomer, type Town } from "./town.ts";
import { PATIENT, until } from "./until.ts";

/** The customer is at the checkout of INV-1042, and the provider will not say a word when it is paid. */
async function atASilentCheckout(town: Town) {
  const page = await reachesTheCustomer(town, "INV-1042");
  const { location } = await pressesPay(page);
  town.vpos.faults.add({ on: "webhook", fault: { kind: "lost" } });
  const [session] = town.vpos.sessions();
  if (!session) throw new Error("no checkout was opened");
  return { page, checkout: location, session };
}

type Session = Awaited<ReturnType<typeof atASilentCheckout>>["session"];

/** The event that VPOS.am sends of a payment. */
const eventOf = (session: Session, changed: object = {}) => ({
  id: `evt_${randomUUID()}`,
  type: "payment.paid",
  createdAt: new Date().toISOString(),
  data: { ...session, status: "paid", fiscal: null, ...changed },
});

async function isPaidOnce(town: Town): Promise<void> {
  await until(() => town.told("INV-1042")).toEqual({ paid: "1500000", effects: 1 });
  await until(() => town.aram.reads().length).toBe(2);
  await town.settled();
  const { payments, cases, links } = await town.invoice("INV-1042");
  expect(payments).toMatchObject([{ home: "applied", amount: { minor: 1_500_000n } }]);
  expect(links).toMatchObject([{ state: "paid" }]);
  expect(cases).toEqual([]);
  expect(town.aram.reads()).toHaveLength(2);
  expect((await town.facts("INV-1042")).filter((fact) => fact === "payment_applied")).toHaveLength(1);
}

describe("a webhook never comes", PATIENT, () => {
  test("the provider is asked after thirty seconds, and the invoice is paid", async () => {
    await using town = await aTown();
    const { page, checkout } = await atASilentCheckout(town);
    expect((await opens(await choosesAt(checkout, "pay"))).state).toBe("pending");
    await town.later(15);
    await town.settled();
    expect(town.lookUps()).toEqual([]);
    await town.later(16);
    await until(async () => (await opens(page)).state).toBe("paid");
    await isPaidOnce(town);
  });

  test("the provider does not answer the first times: it is asked on, and the invoice is paid", async () => {
    await using town = await aTown();
    const { checkout } = await atASilentCheckout(town);
    town.vpos.faults.add({ on: "lookup", fault: { kind: "internal_error" } });
    town.vpos.faults.add({ on: "lookup", fault: { kind: "lost_answer" } });
    await choosesAt(checkout, "pay");
    await town.later(31);
    await until(() => town.lookUps().length).toBe(1);
    await town.settled();
    await town.later(90);
    await until(() => town.lookUps().length).toBe(2);
    await town.settled();
    expect((await town.invoice("INV-1042")).payments).toEqual([]);
    await town.later(480);
    await isPaidOnce(town);
  });

  test("a manager presses Verify: the provider is asked at once", async () => {
    await using town = await aTown();
    const { checkout } = await atASilentCheckout(town);
    await choosesAt(checkout, "pay");
    await until(() => town.says("INV-1042")).toContain("paylink.verify");
    await town.ani.presses("paylink.verify", "INV-1042");
    await isPaidOnce(town);
    expect(town.lookUps()).toHaveLength(1);
  });
});

describe("a webhook comes too often", PATIENT, () => {
  test("twenty deliveries of one event and twenty events of one payment, all at once: paid once", async () => {
    await using town = await aTown();
    const { checkout, session } = await atASilentCheckout(town);
    await choosesAt(checkout, "pay");
    const one = eventOf(session);
    const same = Array.from({ length: 20 }, () => one);
    const others = Array.from({ length: 20 }, () => eventOf(session));
    const answers = await Promise.all([...same, ...others].map((event) => town.webhook(event)));
    expect(new Set(answers)).toEqual(new Set([200]));
    await isPaidOnce(town);
    const [kept] = await town.rows<{ n: number }>("select count(*)::int as n from inbox where source = 'webhook:vpos'");
    expect(kept?.n).toBe(21);
  });

  test("a late word of failure does not take a payment back", async () => {
    await using town = await aTown();
    const { checkout, session } = await atASilentCheckout(town);
    await choosesAt(checkout, "pay");
    await town.webhook(eventOf(session));
    await isPaidOnce(town);
    town.vpos.faults.add({ on: "lookup", fault: { kind: "differs", fields: { status: "failed" } } });
    expect(await town.webhook({ ...eventOf(session, { status: "failed" }), type: "payment.failed" })).toBe(200);
    await until(() => town.lookUps().length).toBe(2);
    await isPaidOnce(town);
  });
});

describe("a webhook is not the provider's", PATIENT, () => {
  test("forged, or old: 401, and nothing changes", async () => {
    await using town = await aTown();
    const { page, session } = await atASilentCheckout(town);
    await town.settled();
    const { inbox: _, ...before } = await town.counts();
    expect(await town.webhook(eventOf(session), { secret: "guessed" })).toBe(401);
    expect(await town.webhook(eventOf(session), { secondsAgo: 301 })).toBe(401);
    expect(await town.webhook(eventOf(session), { secondsAgo: -301 })).toBe(401);
    await town.settled();
    const { inbox: __, ...after } = await town.counts();
    expect(after).toEqual(before);
    expect((await opens(page)).state).toBe("pending");
    expect(town.lookUps()).toEqual([]);
  });

  test("it lies: it says paid where the provider says open, and nothing is paid", async () => {
    await using town = await aTown();
    const { page, session } = await atASilentCheckout(town);
    expect(await town.webhook(eventOf(session))).toBe(200);
    await until(() => town.lookUps().length).toBe(1);
    await town.settled();
    expect((await town.invoice("INV-1042")).payments).toEqual([]);
    expect((await opens(page)).state).toBe("pending");
  });

  test("it speaks of a payment we never asked for: one case, without an invoice", async () => {
    await using town = await aTown();
    const { session } = await atASilentCheckout(town);
    const event = eventOf(session, { id: "pay_nobody_knows", merchantOrderId: "INV-7" });
    expect(await town.webhook(event)).toBe(200);
    for (const wait of [10, 20, 60, 120, 600]) {
      await town.settled();
      await town.later(wait);
    }
    await until(() => town.ops().length).toBe(1);
    expect(readable(town.ops()[0] ?? { text: "", blocks: [] })).toContain("pay_nobody_knows");
    expect(await town.told("INV-1042")).toMatchObject({ effects: 0 });
  });
});
