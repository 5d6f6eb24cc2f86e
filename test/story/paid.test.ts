import { describe, expect, test } from "vitest";
import { choosesAt, opens, paysOn, pressesPay } from "./customers.ts";
import { buttonsOf } from "./managers.ts";
import { aTown, reachesTheCustomer } from "./town.ts";
import { PATIENT, until } from "./until.ts";

describe("a manager asks for a link and the customer pays it", PATIENT, () => {
  test("one card, one message, one payment, one word to the CRM, and silence for everybody else", async () => {
    await using town = await aTown();
    const { ani, aram, vpos } = town;

    const heard = await ani.types("INV-1042");
    expect(heard).toMatchObject({ status: 200, body: "", late: false });
    const card = await town.card("INV-1042");
    expect(buttonsOf(card)).toEqual([
      "paylink.send",
      "paylink.copy",
      "paylink.reissue",
      "paylink.cancel",
      "paylink.why",
    ]);
    expect(town.says("INV-1042")).toContain("15,000");

    await ani.presses("paylink.send", "INV-1042");
    const invitation = await ani.isGivenAnInvitation();
    expect(aram.reads()).toEqual([]);

    aram.starts(invitation);
    const page = await aram.isShownPay();
    expect(aram.payButtons()).toHaveLength(1);
    expect(page).toMatch(new RegExp(`^${town.address}/p/[\\w-]{22}$`));
    const [shown] = aram.reads();
    expect(shown?.text).toContain("INV-1042");

    expect(await opens(page)).toMatchObject({ status: 200, state: "payable" });
    expect(town.creates()).toHaveLength(0);

    const { status, location } = await pressesPay(page);
    expect(status).toBe(303);
    expect(location).toMatch(new RegExp(`^${vpos.origin}/checkout/`));

    const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
    vpos.faults.add({ on: "lookup", fault: { kind: "held", until: answered } });
    const back = await choosesAt(location, "pay");
    expect(back).toBe(`${page}/return`);
    await until(() => town.lookUps().length).toBe(1);
    expect(await opens(back)).toMatchObject({ status: 200, state: "pending" });
    expect((await town.invoice("INV-1042")).payments).toEqual([]);

    answer();
    await until(async () => (await opens(back)).state).toBe("paid");
    await until(() => town.says("INV-1042")).toContain("aid");
    await until(() => aram.payButtons()).toEqual([]);
    await until(() => aram.reads().length).toBe(2);
    await until(() => town.told("INV-1042")).toEqual({ paid: "1500000", effects: 1 });
    await town.settled();

    const cards = town.cards("INV-1042");
    expect(cards.map(({ ts }) => ts)).toEqual([card.ts]);
    await until(() => buttonsOf(town.cards("INV-1042")[0] ?? card)).toEqual(["paylink.why"]);
    expect(town.thread("INV-1042")).toEqual([]);
    expect(town.ops()).toEqual([]);
    const [message, receipt] = aram.reads();
    expect(message?.message_id).toBe(shown?.message_id);
    expect(receipt?.text).toContain("15,000");

    const invoice = await town.invoice("INV-1042");
    expect(invoice.links).toMatchObject([
      {
        state: "paid",
        sends: [
          { channel: "copy", outcome: "sent", by: "Ani Petrosyan" },
          { channel: "telegram", outcome: "opened", by: "Aram Sargsyan" },
        ],
      },
    ]);
    expect(invoice.attempts).toMatchObject([{ number: 1, state: "paid", lookups: 1 }]);
    expect(invoice.payments).toMatchObject([{ home: "applied", amount: { minor: 1_500_000n, currency: "AMD" } }]);
    expect(invoice.cases).toEqual([]);
    expect(await town.facts("INV-1042")).toEqual([
      "invoice_learned",
      "link_issued",
      "link_sent",
      "customer_bound",
      "link_sent",
      "attempt_opening",
      "attempt_opened",
      "attempt_checked",
      "payment_applied",
      "invoice_paid",
      "crm_told",
    ]);
    const actors = (await town.entries("INV-1042")).map(({ actor }) => actor.kind);
    expect(actors).toEqual([
      "system",
      "manager",
      "manager",
      "customer",
      "customer",
      "customer",
      "customer",
      "provider",
      "provider",
      "provider",
      "system",
    ]);
    expect(town.misspoken()).toEqual([]);
  });

  test("a payment that fails is tried again on the same link: two attempts, one payment", async () => {
    await using town = await aTown();
    const page = await reachesTheCustomer(town, "INV-1042");
    await paysOn(page, "decline");
    await until(async () => (await opens(page)).state).toBe("failed");
    await until(() => town.says("INV-1042")).toContain("ailed");
    await paysOn(page);
    await until(async () => (await opens(page)).state).toBe("paid");
    await until(() => town.told("INV-1042")).toEqual({ paid: "1500000", effects: 1 });
    const { links, attempts, payments, cases } = await town.invoice("INV-1042");
    expect(links).toHaveLength(1);
    expect(attempts.map(({ number, state }) => [number, state])).toEqual([
      [1, "failed"],
      [2, "paid"],
    ]);
    expect(payments).toHaveLength(1);
    expect(cases).toEqual([]);
    expect(town.creates().map(({ headers }) => headers["idempotency-key"])).toEqual([
      "INV-1042-pay-attempt-1",
      "INV-1042-pay-attempt-2",
    ]);
    await town.settled();
    expect(town.thread("INV-1042")).toEqual([]);
    expect(town.ops()).toEqual([]);
    expect(town.misspoken()).toEqual([]);
  });
});
