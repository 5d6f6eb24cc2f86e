import { describe, expect, test } from "vitest";
import { localDate } from "../../domain/deadline.ts";
import { pressesPay } from "../story/customers.ts";
import { PATIENT, until } from "../story/until.ts";
import { STRIPE } from "./stripe.ts";
import { aTill } from "./till.ts";

describe("a day is due to be compared with what the provider lists", PATIENT, () => {
  test("a payment of which every word was lost is found by the worker and settled, and no case is opened", async () => {
    await using till = await aTill(STRIPE);
    const { number, page } = await till.issues();
    await pressesPay(page);
    till.provider.strikeWebhook({ kind: "lost" }, number);
    await until(() => till.provider.checkouts(number).length).toBe(1);
    till.provider.customer(till.provider.checkouts(number)[0] ?? "", "pays");
    await till.provider.deliver();
    await till.settled();
    expect((await till.invoice(number)).payments).toEqual([]);

    const payload = { provider: "stripe", account: "main", date: localDate(till.clock(), "Asia/Yerevan") };
    const row = { lane: "reconcile", bucket: "reconcile", intervalMs: 0, burst: 1, topic: "reconcile", payload };
    await till.rows("select outbox_send($1::jsonb)", [JSON.stringify([row])]);
    await until(async () => (await till.invoice(number)).payments).notToEqual([]);
    await till.settled();
    expect((await till.invoice(number)).payments).toMatchObject([{ home: "applied" }]);
    expect(await till.openCases()).toEqual([]);
    expect((await till.verifyAudit()).broken).toEqual([]);
  });
});
