import { describe, expect, test } from "vitest";
import { type City, aCity } from "./city.ts";
import { choosesAt, opens, paysOn, pressesPay } from "./customers.ts";
import { freePort } from "./process.ts";
import { reachesTheCustomer } from "./town.ts";
import { PATIENT, until } from "./until.ts";

const BILL = {
  amount: "15000.00",
  currency: "AMD",
  purpose: "Ceramic tiles",
  customer: { id: "C-17", name: "Aram Sargsyan", language: "en" },
};

const owes = (city: City, number: string) => city.api("PUT", `invoices/invoice/${number}`, BILL);

/** One of everything, whatever happened on the way. */
async function isPaidOnce(city: City, number: string): Promise<void> {
  await until(() => city.told(number)).toEqual({ paid: "1500000", effects: 1 });
  await until(() => city.aram.payButtons()).toEqual([]);
  await city.settled();
  const { links, attempts, payments, cases } = await city.invoice(number);
  expect(links).toMatchObject([{ state: "paid" }]);
  expect(attempts).toMatchObject([{ number: 1, state: "paid" }]);
  expect(payments).toMatchObject([{ home: "applied" }]);
  expect(cases).toEqual([]);
  expect(city.cards(number)).toHaveLength(1);
  expect(city.thread(number)).toEqual([]);
  expect(city.vpos.sessions()).toHaveLength(1);
  expect(city.misspoken()).toEqual([]);
}

describe("the service is a program that knows the world from its settings", PATIENT, () => {
  test("an invoice of the merchant's system is issued, sent and paid, and the API tells so", async () => {
    await using city = await aCity();
    await city.serviceStarts();
    await owes(city, "INV-2001");
    await paysOn(await reachesTheCustomer(city, "INV-2001"));
    await isPaidOnce(city, "INV-2001");
    expect(await city.api("GET", "invoices/invoice/INV-2001")).toMatchObject({ status: "paid", due: "0.00" });
  });

  test("asked to stop, it finishes what it has in hand, and ends well", async () => {
    await using city = await aCity();
    const service = await city.serviceStarts();
    await owes(city, "INV-2001");
    city.slack.faults.add("chat.postMessage", { is: "slow", ms: 1000 });
    await city.ani.types("INV-2001");
    await until(() => city.cards("INV-2001").length).toBe(1);
    expect(await service.stops()).toMatchObject({ code: 0 });
    const [job] = await city.rows("select state from outbox_job where topic = 'card'");
    expect(job).toEqual({ state: "done" });
  });
});

describe("the service is killed and started again", PATIENT, () => {
  test("with a command in hand, then with a webhook in hand: one link, one card, one payment", async () => {
    await using city = await aCity();
    const first = await city.serviceStarts();
    await owes(city, "INV-2001");
    city.slack.faults.add("users.info", { is: "hang" });
    expect(await city.ani.types("INV-2001")).toMatchObject({ status: 200 });
    await until(() => city.slack.faults.left("users.info")).toBe(0);
    await first.dies();
    expect(city.cards("INV-2001")).toEqual([]);

    const second = await city.serviceStarts();
    const page = await reachesTheCustomer(city, "INV-2001");
    const { location } = await pressesPay(page);
    city.vpos.faults.add({ on: "lookup", fault: { kind: "hang" } });
    const back = await choosesAt(location, "pay");
    await until(() => city.lookUps().length).toBe(1);
    await second.dies();
    expect((await city.invoice("INV-2001")).payments).toEqual([]);

    await city.serviceStarts();
    await isPaidOnce(city, "INV-2001");
    expect((await opens(back)).state).toBe("paid");
  });

  test("while Slack posts the card, then while the provider opens the checkout: both are found again", async () => {
    await using city = await aCity();
    const first = await city.serviceStarts();
    await owes(city, "INV-2001");
    city.slack.faults.add("chat.postMessage", { is: "hang", afterActing: true });
    await city.ani.types("INV-2001");
    await until(() => city.cards("INV-2001").length).toBe(1);
    await first.dies();

    const second = await city.serviceStarts();
    const page = await reachesTheCustomer(city, "INV-2001");
    city.vpos.faults.add({ on: "create", fault: { kind: "hang" } });
    const pressed = pressesPay(page).catch(() => undefined);
    await until(() => city.vpos.sessions().length).toBe(1);
    await second.dies();
    await pressed;
    expect((await city.invoice("INV-2001")).attempts).toMatchObject([{ state: "opening", reference: null }]);

    await city.serviceStarts();
    await paysOn(page);
    await isPaidOnce(city, "INV-2001");
  });
});

describe("two copies of the service work on one database", PATIENT, () => {
  test("whoever is asked: one link, one card, one payment", async () => {
    await using city = await aCity();
    const doors = [city.port, await freePort()];
    const [one, other] = doors.map((port) => `http://127.0.0.1:${port}`);
    await Promise.all(doors.map((port) => city.serviceStarts({ PORT: String(port), PUBLIC_URL: `${one}` })));
    await owes(city, "INV-2001");
    const first = city.ani.types("INV-2001");
    city.comesTo(`${other}`);
    await Promise.all([first, city.davit.types("INV-2001")]);
    await city.card("INV-2001");
    const page = await reachesTheCustomer(city, "INV-2001");
    const elsewhere = page.replace(`${one}`, `${other}`);
    await Promise.all([pressesPay(page), pressesPay(elsewhere)]);
    expect(city.vpos.sessions()).toHaveLength(1);
    await paysOn(elsewhere);
    await isPaidOnce(city, "INV-2001");
  });
});
