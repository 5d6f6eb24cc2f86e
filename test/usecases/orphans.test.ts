import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { beginAttempt } from "../../domain/open-attempt.ts";
import type { Act, Answer, Checkout, PaymentReport, Provider } from "../../src/ports.ts";
import { createProviders } from "../../src/providers/providers.ts";
import { hearHint } from "../../src/usecases/hear-hint.ts";
import { climbLadder } from "../../src/usecases/look-up-attempt.ts";
import type { Needs } from "../../src/usecases/needs.ts";
import { openCheckout } from "../../src/usecases/open-checkout.ts";
import { orphanOf } from "../../src/usecases/orphans.ts";
import { type Merchant, openMerchant } from "../domain/merchant.ts";
import { ani, crmOf, NOW, owed, report } from "../domain/story.ts";
import { issue } from "../../domain/issue.ts";

const ACT: Act = { actor: ani, requestId: "r-orphan" };

let merchant: Merchant;
beforeAll(async () => {
  merchant = await openMerchant();
});
afterAll(() => merchant.close());

/** The service dies here: whatever was to follow is never done. */
class Killed extends Error {
  override readonly name = "Killed";
}
const dies = (): never => {
  throw new Killed("kill -9");
};

/** A customer has pressed Pay; the provider opened a checkout, and its webhook was given up before its answer arrived. */
async function orphaned() {
  const number = `ORPHAN-${randomUUID().slice(0, 8)}`;
  const reference = `pay_${randomUUID()}`;
  const answer: Answer<Checkout> = {
    is: "happened",
    value: { reference, url: "https://vpos.example/1", expiresAt: null },
    requestId: null,
  };
  const said: Answer<PaymentReport> = {
    is: "happened",
    value: report({ reference, orderId: number }),
    requestId: null,
  };
  const vpos: Provider = {
    name: "vpos",
    account: "main",
    open: () => Promise.resolve(answer),
    lookUp: () => Promise.resolve(said),
  };
  const needs: Needs = { ...merchant.needs, providers: createProviders([vpos]) };
  const { books, ids } = needs;
  const wanted = { by: ani, id: ids.id(), token: ids.token(), origin: null };
  const id = ids.id();
  const told = crmOf({ ...owed(), number });
  await books.decideLearned(
    told,
    ACT,
    (one, now, policy) => issue(one, wanted, policy, now),
    (one, now) => beginAttempt(one, { id, link: wanted.id, provider: "vpos", account: "main" }, now),
  );
  const hint = { eventId: `evt_${id}`, reference, orderId: number };
  await hearHint(needs, hint, { provider: "vpos", requestId: "r", last: true });
  const orphan = { kind: "unknown_payment", cause: orphanOf("vpos", reference) } as const;
  return {
    needs,
    id,
    waits: () => books.orphanIsOpen(orphan),
    invoice: () => books.read({ attempt: id }),
    /** The same service, which dies when it comes to this. */
    dyingAt: (what: keyof Needs["books"]): Needs => ({ ...needs, books: { ...books, [what]: dies } }),
  };
}

describe("a webhook was given up as nobody's before its attempt was known", () => {
  test("the attempt is known and asked about: the case ends by itself, and the money is applied", async () => {
    const { needs, id, waits, invoice } = await orphaned();
    expect(await waits()).toBe(true);
    await openCheckout(needs, id);
    await climbLadder(needs, id, NOW);
    expect(await waits()).toBe(false);
    expect((await invoice())?.payments).toMatchObject([{ home: "applied" }]);
  });

  test("the service dies once the attempt is known: whoever asks about it next claims the webhook all the same", async () => {
    const { needs, id, waits, dyingAt, invoice } = await orphaned();
    await openCheckout(dyingAt("resolveOrphanCase"), id);
    await expect(climbLadder(dyingAt("resolveOrphanCase"), id, NOW)).rejects.toThrow(Killed);
    expect([await waits(), (await invoice())?.payments]).toEqual([true, []]);
    await climbLadder(needs, id, NOW);
    expect(await waits()).toBe(false);
    expect((await invoice())?.payments).toMatchObject([{ home: "applied" }]);
  });

  test("it dies between the claim and the answer: the answer is asked for again, and the money is applied once", async () => {
    const { needs, id, waits, dyingAt, invoice } = await orphaned();
    await openCheckout(needs, id);
    await expect(climbLadder(dyingAt("decide"), id, NOW)).rejects.toThrow(Killed);
    expect([await waits(), (await invoice())?.payments]).toEqual([false, []]);
    await climbLadder(needs, id, NOW);
    expect((await invoice())?.payments).toMatchObject([{ home: "applied" }]);
  });

  test("it is given up only after its attempt was opened: the first lookup claims it nevertheless", async () => {
    const { needs, id, waits } = await orphaned();
    await openCheckout(needs, id);
    expect(await waits()).toBe(true);
    await climbLadder(needs, id, NOW);
    expect(await waits()).toBe(false);
  });
});
