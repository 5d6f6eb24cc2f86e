import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { issue } from "../../domain/issue.ts";
import { lookedUp } from "../../domain/look-up.ts";
import { attemptOpened, beginAttempt } from "../../domain/open-attempt.ts";
import { DEFAULT_POLICY } from "../../domain/policy.ts";
import { dayBefore } from "../../domain/reconcile.ts";
import type { Act, Answer, Movement, Provider } from "../../src/ports.ts";
import { createProviders } from "../../src/providers/providers.ts";
import { createStripe } from "../../src/providers/stripe/client.ts";
import { createStripeSandbox } from "../../src/sandbox/stripe/sandbox.ts";
import { sendReconciliations } from "../../src/store/outbox/reconciliations.ts";
import { openCheckout } from "../../src/usecases/open-checkout.ts";
import { hearHint } from "../../src/usecases/hear-hint.ts";
import { orphanOf } from "../../src/usecases/orphans.ts";
import { lookUpAttempt } from "../../src/usecases/look-up-attempt.ts";
import { comparable, noteUnreadDay, reconcileDay } from "../../src/usecases/reconcile.ts";
import { openMerchant } from "../domain/merchant.ts";
import { ani, crmOf, DUE, NOW, owed, report } from "../domain/story.ts";
import { aCheckout } from "../sandbox/vpos-story.ts";

const KEY = "sk_test_that_nobody_may_see";
const ACT: Act = { actor: ani, requestId: "r-1" };
const TODAY = { provider: "stripe", account: "main", date: "2026-11-24" };

const SILENCE: Answer<never> = { is: "unknown", because: "no answer", retryAfterSeconds: null };

/** A merchant with a Stripe of its own, whose clock stands still at noon of the 24th. */
async function aShop(changed: (stripe: Provider) => Provider = (stripe) => stripe) {
  const merchant = await openMerchant();
  const sandbox = createStripeSandbox({
    secretKey: KEY,
    webhookSecret: "whsec_test",
    webhookUrl: () => null,
    clock: () => NOW,
  });
  await sandbox.start();
  const stripe = createStripe({ secretKey: KEY, webhookSecrets: [], apiUrl: sandbox.origin });
  const needs = { ...merchant.needs, providers: createProviders([changed(stripe)]) };
  const { books } = needs;
  const number = "REC-1";

  const begun = async () => {
    const id = randomUUID();
    const link = randomUUID();
    const { invoice } = await books.decideLearned(
      crmOf({ ...owed(), number }),
      ACT,
      (one, now, policy) => issue(one, { by: ani, id: link, token: randomUUID(), origin: null }, policy, now),
      (one, now) => beginAttempt(one, { id, link, provider: "stripe", account: "main" }, now),
    );
    return { id, invoice: { id: invoice.id } };
  };
  return {
    sandbox,
    stripe,
    needs,
    number,
    begun,
    /** The customer has paid at the provider, and nobody has told us. */
    paidThere: async () => {
      const attempt = await begun();
      await openCheckout(needs, attempt.id);
      const invoice = await books.read(attempt.invoice);
      const reference = invoice?.attempts[0]?.reference ?? "";
      sandbox.settle(reference, "paid");
      return { ...attempt, reference };
    },
    compare: (last = false) => reconcileDay(needs, TODAY, last),
    cases: async () => {
      const open = await books.openCases();
      return open.flatMap(({ invoice, case: one }) =>
        one.kind === "reconciliation_break"
          ? [{ number: invoice?.number ?? null, ...one.details, link: one.link }]
          : [],
      );
    },
    now: async (where: { id: string }) => books.read(where),
    merchant,
    [Symbol.asyncDispose]: async () => {
      await sandbox.stop();
      await merchant.close();
    },
  };
}

describe("a day of a provider is compared with ours", () => {
  test("both have the same: nobody is told", async () => {
    await using shop = await aShop();
    const { id } = await shop.paidThere();
    await lookUpAttempt(shop.needs, id);
    await shop.compare();
    expect(await shop.cases()).toEqual([]);
  });

  test("every word of a payment was lost: it is looked up and settled by the usual rule, and no case is opened", async () => {
    await using shop = await aShop();
    const { invoice } = await shop.paidThere();
    await shop.compare();
    expect((await shop.now(invoice))?.payments).toMatchObject([{ home: "applied", amount: DUE }]);
    expect(await shop.cases()).toEqual([]);
  });

  test("a refund in the provider's panel was lost too: it is found, and the usual case tells of it", async () => {
    await using shop = await aShop();
    const { id, invoice, reference } = await shop.paidThere();
    await lookUpAttempt(shop.needs, id);
    shop.sandbox.refund(reference, 500_000);
    await shop.compare();
    const now = await shop.now(invoice);
    expect(now?.payments[0]?.refunded.minor).toBe(500_000n);
    expect(now?.cases.map(({ kind }) => kind)).toEqual(["refund_unannounced"]);
  });

  test("a payment through a checkout that we never opened: one case of no invoice, however often the day is compared", async () => {
    await using shop = await aShop();
    const opened = await shop.stripe.open(aCheckout({ orderId: "INV-9", idempotencyKey: randomUUID() }));
    const reference = opened.is === "happened" ? opened.value.reference : "";
    shop.sandbox.settle(reference, "paid");
    await shop.compare();
    await shop.compare();
    expect(await shop.cases()).toMatchObject([{ number: null, break: "unknown", paid: "15000.00", reference }]);
  });

  test("a webhook has opened a case for that money already: no second one", async () => {
    await using shop = await aShop();
    const opened = await shop.stripe.open(aCheckout({ orderId: "INV-9", idempotencyKey: randomUUID() }));
    const reference = opened.is === "happened" ? opened.value.reference : "";
    shop.sandbox.settle(reference, "paid");
    const hint = { eventId: randomUUID(), reference, orderId: "INV-9" };
    await hearHint(shop.needs, hint, { provider: "stripe", requestId: "r-2", last: true });
    expect(await shop.needs.books.orphanIsOpen({ kind: "unknown_payment", cause: orphanOf("stripe", reference) })).toBe(
      true,
    );
    await shop.compare();
    expect(await shop.cases()).toEqual([]);
  });

  test("we were killed after a case of no invoice was opened, and know its checkout by now: that case stands for it", async () => {
    await using shop = await aShop();
    const { id } = await shop.begun();
    const opened = await shop.stripe.open(aCheckout({ orderId: "INV-9", idempotencyKey: randomUUID() }));
    const reference = opened.is === "happened" ? opened.value.reference : "";
    shop.sandbox.settle(reference, "paid");
    await shop.compare();
    await shop.needs.books.decide({ attempt: id }, ACT, (one) =>
      attemptOpened(one, id, { reference, url: "https://stripe.example", expiresAt: null, requestId: null }),
    );
    const silent: Provider = { ...shop.stripe, lookUp: async () => SILENCE };
    await reconcileDay({ ...shop.needs, providers: createProviders([silent]) }, TODAY, true);
    expect(await shop.cases()).toMatchObject([{ number: null, break: "unknown", reference }]);
  });

  test("the list has another amount than our books: a case of the invoice with both", async () => {
    await using shop = await aShop((stripe) =>
      listing(stripe, (one) => ({ ...one, amount: { ...one.amount, minor: 1n } })),
    );
    const { id } = await shop.paidThere();
    await lookUpAttempt(shop.needs, id);
    await shop.compare();
    expect(await shop.cases()).toMatchObject([
      { number: shop.number, break: "differs", paid: "0.01", expected: "15000.00", link: expect.any(String) },
    ]);
  });

  test("our books have a payment that the provider neither lists nor answers about: it is asked again, and at last a case of the invoice tells", async () => {
    await using shop = await aShop();
    const { id } = await shop.begun();
    const [reference, ids] = [`cs_test_${id}`, { payment: randomUUID(), case: randomUUID() }];
    const said = { report: report({ reference, orderId: shop.number }), requestId: null, ids };
    await shop.needs.books.decide(
      { attempt: id },
      ACT,
      (one) => attemptOpened(one, id, { reference, url: "https://stripe.example", expiresAt: null, requestId: null }),
      (one, now) => lookedUp(one, id, { ...said, now }),
    );
    await expect(shop.compare()).rejects.toMatchObject({ code: "day_not_settled", again: true });
    expect(await shop.cases()).toEqual([]);
    await shop.compare(true);
    expect(await shop.cases()).toMatchObject([
      { number: shop.number, break: "unlisted", expected: "15000.00", reference },
    ]);
  });
});

/** The same account, whose list says this of every movement. */
function listing(stripe: Provider, of: (one: Movement) => Movement): Provider {
  const movements = async (from: Date, until: Date): Promise<Answer<readonly Movement[]>> => {
    const answer = await stripe.movements?.(from, until);
    if (answer?.is !== "happened") throw new Error("a list was expected");
    return { ...answer, value: answer.value.map(of) };
  };
  return { ...stripe, movements };
}

describe("a day cannot be compared", () => {
  test("the provider does not answer: the whole day is asked for again, and nothing is said", async () => {
    await using shop = await aShop();
    await shop.sandbox.stop();
    await expect(shop.compare()).rejects.toMatchObject({ code: "day_not_listed", again: true });
    expect(await shop.cases()).toEqual([]);
  });

  test("it will not tell us: that is given up, and a person compares the day", async () => {
    await using shop = await aShop((stripe) => ({
      ...stripe,
      movements: async () => ({
        is: "refused",
        code: "403",
        because: "key lacks a right",
        alarm: true,
        mayExist: false,
      }),
    }));
    await expect(shop.compare()).rejects.toMatchObject({ code: "day_refused", again: false });
    await noteUnreadDay(shop.needs, TODAY, "key lacks a right");
    expect(await shop.cases()).toMatchObject([
      { number: null, break: "unread", provider: "stripe", day: "2026-11-24" },
    ]);
  });

  test("an account that is gone, or that lists nothing, asks nobody", async () => {
    await using shop = await aShop();
    const { providers } = shop.merchant.needs;
    await reconcileDay(shop.needs, { ...TODAY, account: "closed" }, true);
    await reconcileDay({ ...shop.needs, providers }, { ...TODAY, provider: "vpos" }, true);
    expect(comparable(providers)).toEqual([]);
    expect(comparable(shop.needs.providers)).toMatchObject([{ name: "stripe", account: "main" }]);
  });
});

describe("two copies of the service write down what is to be compared", () => {
  test("the day that is over, once for each account, due two hours after its end", async () => {
    await using shop = await aShop();
    const { orm } = shop.merchant;
    const accounts = [
      { name: "stripe", account: "main" },
      { name: "stripe", account: "shop2" },
    ];
    const day = dayBefore(NOW, DEFAULT_POLICY.timeZone);
    await Promise.all([1, 2].map(() => sendReconciliations(orm, accounts, day)));
    const rows = await orm.em
      .fork()
      .execute<{ payload: object; run_at: string }[]>(
        "select payload, to_json(run_at) #>> '{}' as run_at from outbox_job where topic = 'reconcile' order by payload ->> 'account'",
      );
    expect(rows).toEqual([
      { payload: { ...TODAY, date: "2026-11-23" }, run_at: "2026-11-23T22:00:00+00:00" },
      { payload: { ...TODAY, account: "shop2", date: "2026-11-23" }, run_at: "2026-11-23T22:00:00+00:00" },
    ]);
  });
});
