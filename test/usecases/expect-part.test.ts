import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DEFAULT_POLICY } from "../../domain/policy.ts";
import { expectingBy, expectPart } from "../../src/usecases/expect-part.ts";
import { type Merchant, openMerchant } from "../domain/merchant.ts";
import { DAY, later } from "../domain/story.ts";

const BY = new Date("2026-12-01T19:59:59Z");

let merchant: Merchant;
beforeAll(async () => {
  merchant = await openMerchant();
});
afterAll(() => merchant.close());

const waiting = (everyDays: number) => merchant.under({ parts: { ...DEFAULT_POLICY.parts, everyDays } });

/** A third was paid through a link of its own: that link. */
const partPaid = async (number: string) => (await merchant.paid(number, { part: "5000" })).links[0]?.id ?? "";

const casesOf = async (link: string) => (await merchant.needs.books.read({ link }))?.cases.map(({ kind }) => kind);

describe("somebody is to look whether the next part has come", () => {
  test("its day has passed: one case, by whichever copy looked first, also where our clock is behind", async () => {
    const link = await partPaid("P-1");
    await Promise.all([expectPart(waiting(7), link, BY), expectPart(waiting(7), link, BY)]);
    expect(await casesOf(link)).toEqual(["part_overdue"]);
  });

  test("the policy gives more days by now: nobody is told, and somebody looks again on the later day", async () => {
    const link = await partPaid("P-2");
    await expectPart(waiting(9), link, BY);
    expect(await casesOf(link)).toEqual([]);
    const rows = await merchant.orm.em
      .fork()
      .execute<{ due: string }[]>(
        "select payload ->> 'due' as due from outbox_job where topic = 'expect_part' and payload ->> 'link' = ?",
        [link],
      );
    expect(rows).toEqual([{ due: later(2 * DAY, BY).toISOString() }]);
    await expectPart(waiting(9), link, later(2 * DAY, BY));
    expect(await casesOf(link)).toEqual(["part_overdue"]);
  });

  test("the policy sets no days any more: nobody looks again", async () => {
    const link = await partPaid("P-3");
    await expectPart(merchant.needs, link, BY);
    expect(await casesOf(link)).toEqual([]);
  });

  test("the policy of another currency holds for invoices in it alone", async () => {
    const parts = { ...DEFAULT_POLICY.parts, everyDays: 7 };
    const only = (currency: "AMD" | "USD") =>
      merchant.under({ overrides: [{ crm: null, currency, from: null, until: null, terms: { parts } }] });
    const invoice = await merchant.paid("P-4", { part: "5000" });
    expect(expectingBy(only("AMD"))(invoice)).toMatchObject({ by: BY });
    expect(expectingBy(only("USD"))(invoice)).toBeUndefined();
  });
});
