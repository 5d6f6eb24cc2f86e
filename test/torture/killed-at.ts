import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type City, aCity } from "../story/city.ts";
import { choosesAt, opens, pressesPay } from "../story/customers.ts";
import { reachesTheCustomer } from "../story/town.ts";
import { until } from "../story/until.ts";

const HOOK = join(import.meta.dirname, "../fixtures/kill-hook.ts");
const NUMBER = "INV-2001";
const BILL = {
  amount: "15000.00",
  currency: "AMD",
  purpose: "Ceramic tiles",
  customer: { id: "C-17", name: "Aram Sargsyan", language: "en" },
};

/** How a payment ended whose service was killed on the way. `killed` is false when it was over before the point came. */
export type Aftermath = {
  readonly killed: boolean;
  readonly payments: readonly string[];
  readonly attempts: readonly string[];
  readonly told: number;
  readonly checkouts: number;
  readonly cards: number;
  readonly cases: readonly string[];
  readonly page: string;
  readonly auditHolds: boolean;
};

/**
 * A customer pays, and the service is killed as with `kill -9` at the point given, counted from the press on Pay: before and
 * after each question to the database and to the provider. It is started again, and everything comes to its end.
 */
export async function killedAt(point: number): Promise<Aftermath> {
  await using city = await aCity();
  const first = await city.serviceStarts({ NODE_OPTIONS: `--import=${HOOK}`, KILL_AT: String(point) });
  let killed = false;
  const startAgain = async (): Promise<void> => {
    await first.ends();
    killed = true;
    await city.serviceStarts();
  };
  const again = startAgain();
  await city.api("PUT", `invoices/invoice/${NUMBER}`, BILL);
  const page = await reachesTheCustomer(city, NUMBER);
  await choosesAt(await checkoutOf(page, again), "pay");
  await until(async () => (await city.told(NUMBER))?.effects).toBe(1);
  await until(() => city.aram.payButtons()).toEqual([]);
  await city.settled();
  const look = (): Promise<Omit<Aftermath, "killed">> => aftermath(city, page);
  // To look asks the database too, so the last points are in our own questions: then it is looked once more.
  const seen = await look().catch((error: unknown) => Promise.race([again.then(look), later(error)]));
  if (!killed) void again; // it lives: the city ends it
  return { killed, ...seen };
}

/** What went wrong, when the service has not come back for a minute either. */
async function later(error: unknown): Promise<never> {
  await sleep(60_000, undefined, { ref: false });
  throw error;
}

/** Presses Pay until it leads to the checkout: a press whose service died is repeated when it is back. */
async function checkoutOf(page: string, again: Promise<void>): Promise<string> {
  for (;;) {
    const pressed = await pressesPay(page).catch(() => undefined);
    if (pressed?.location.includes("/checkout/")) return pressed.location;
    if (!pressed) await again;
    else await new Promise((next) => setTimeout(next, 250));
  }
}

async function aftermath(city: City, page: string): Promise<Omit<Aftermath, "killed">> {
  const { payments, attempts, cases } = await city.invoice(NUMBER);
  return {
    payments: payments.map(({ home }) => home),
    attempts: attempts.map(({ state }) => state),
    told: (await city.told(NUMBER))?.effects ?? 0,
    checkouts: city.vpos.sessions().length,
    cards: city.cards(NUMBER).length,
    cases: cases.map(({ kind }) => kind),
    page: (await opens(page)).state,
    auditHolds: await city.auditHolds(),
  };
}

/** One of everything, wherever it was killed. */
export const WELL: Omit<Aftermath, "killed"> = {
  payments: ["applied"],
  attempts: ["paid"],
  told: 1,
  checkouts: 1,
  cards: 1,
  cases: [],
  page: "paid",
  auditHolds: true,
};
