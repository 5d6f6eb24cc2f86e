import { describe, expect, test, vi } from "vitest";
import { pressesPay } from "../story/customers.ts";
import type { Bill } from "../contracts/ends.ts";
import type { CallFault, WebhookFault } from "../../src/sandbox/provider/faults.ts";
import { aTill, type Till } from "../contracts/till.ts";
import { VPOS } from "../contracts/vpos.ts";

const PAYMENTS = 1000;
const AT_ONCE = 20;

/** The same payments meet the same luck in every run with this seed. */
const SEED = Number(process.env["SEED"] ?? Math.floor(Math.random() * 2 ** 31));

const WEBHOOKS: readonly WebhookFault[] = [{ kind: "duplicated" }, { kind: "lost" }, { kind: "reordered" }];
const SLOW: CallFault = { kind: "slow", ms: 400 };

/** A tenth each of duplicates, losses, reorderings and slow lookups. */
function strike({ provider }: Till, { number }: Bill, luck: () => number): void {
  for (const fault of WEBHOOKS) if (luck() < 0.1) provider.strikeWebhook(fault, number);
  if (luck() < 0.1) provider.strike("lookup", SLOW, number);
}

/** mulberry32: small, and good enough for luck. */
function luckOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A link is issued, Pay is pressed, and the customer pays at the provider. */
async function pays(till: Till, luck: () => number): Promise<void> {
  const bill = await till.issues();
  await pressesPay(bill.page);
  strike(till, bill, luck);
  const [reference = ""] = till.provider.checkouts(bill.number);
  till.provider.customer(reference, "pays");
}

const WELL = `
  select count(*)::int as n from invoices i
  where (select count(*) from payments p where p.invoice_id = i.id and p.home = 'applied') = 1
    and (select count(*) from payments p where p.invoice_id = i.id) = 1
    and (select count(*) from book_effects e join book_invoices b on b.id = e.invoice_id where b.number = i.number) = 1
    and not exists (select from cases c where c.invoice_id = i.id)`;

describe(`a thousand payments with a tenth each of duplicates, losses, reorderings and slow lookups (SEED=${SEED})`, () => {
  test("each is paid once, and the merchant's book is told of each once", async () => {
    await using till = await aTill(VPOS);
    const luck = luckOf(SEED);
    let left = PAYMENTS;
    const customer = async (): Promise<void> => {
      for (; left > 0;) {
        left -= 1;
        await pays(till, luck);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, customer));
    await till.provider.deliver();
    await till.later(31);
    const well = async () => (await till.rows<{ n: number }>(WELL))[0]?.n;
    // The ladder asks about twenty attempts a second: the provider is not stormed because we are behind.
    await vi.waitFor(async () => expect(await well()).toBe(PAYMENTS), { timeout: 120_000, interval: 500 });
    expect(await till.verifyAudit()).toMatchObject({ broken: [] });
  });
});
