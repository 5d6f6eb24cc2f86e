import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Merchant, openMerchant } from "../domain/merchant.ts";
import { ani } from "../domain/story.ts";

let merchant: Merchant;
beforeAll(async () => {
  merchant = await openMerchant();
});
afterAll(() => merchant.close());

describe("more cases are open than a chat can list", () => {
  test("a manager sees those of their own invoices, however many older ones are not theirs", async () => {
    for (let nth = 0; nth < 101; nth += 1) {
      const unknown = { id: randomUUID(), kind: "unknown_payment", cause: `vpos:pay_${nth}` } as const;
      const details = { provider: "vpos", reference: `pay_${nth}`, order: "" };
      await merchant.needs.books.openOrphanCase({ ...unknown, details }, { actor: ani, requestId: "r-0" });
    }
    await merchant.paid("INV-77", { amount: { minor: 1n, currency: "AMD" } });
    const said = await merchant.isAsked({ want: "cases" });
    expect(said.kind === "cases" && said.cases.map(({ invoice }) => invoice?.number)).toEqual(["INV-77"]);
  });
});
