import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Case, Invoice } from "../../domain/invoice.ts";
import { sayCase } from "../../domain/words/cases.ts";
import { lookInCrm, tellCrmPaid } from "../../src/usecases/tell-crm.ts";
import { noteDead } from "../../src/usecases/note-dead.ts";
import { type Merchant, openMerchant } from "../domain/merchant.ts";
import { ani, NOW } from "../domain/story.ts";
import { aCrm } from "./a-crm.ts";

let merchant: Merchant;
beforeAll(async () => {
  merchant = await openMerchant();
});
afterAll(() => merchant.close());

let nth = 0;

/** An invoice that was just paid, and a CRM to be told of it. */
async function paidInvoice() {
  const invoice = await merchant.paid(`CRM-${(nth += 1)}`);
  const crm = aCrm();
  const needs = { ...merchant.needs, crm };
  const key = `${invoice.id}:invoice_paid`;
  const [payment] = invoice.payments;
  const now = async (): Promise<Invoice> => (await needs.books.read({ id: invoice.id })) ?? invoice;
  return {
    crm,
    needs,
    tells: () => tellCrmPaid(needs, invoice.id, "r-1"),
    looks: () => lookInCrm(needs, invoice.id, "r-2"),
    giveUp: () =>
      noteDead(needs, {
        id: `dead-${nth}`,
        topic: "crm_paid",
        about: { invoice: invoice.id },
        payment: null,
        error: "e",
      }),
    cases: async (): Promise<readonly Case[]> => (await now()).cases,
    told: async () => (await needs.books.entries(invoice)).filter(({ fact }) => fact.is === "crm_told").length,
    dismiss: async (one: Case | undefined) =>
      needs.books.decide({ id: invoice.id }, { actor: ani, requestId: "r-3" }, () => ({
        kind: "done",
        facts: [
          {
            is: "case_resolved",
            case: one?.id ?? "",
            kind: "crm_unknown",
            resolution: { action: "dismiss", reason: "entered by hand", by: "Ani" },
          },
        ],
      })),
    key,
    effect: {
      key,
      invoice,
      amount: invoice.amount,
      provider: "vpos",
      reference: payment?.reference ?? "",
      paidAt: NOW,
    },
    looksDue: async () =>
      merchant.orm.em
        .fork()
        .execute<{ run_at: Date }[]>(
          "select run_at from outbox_job where topic = 'look_in_crm' and payload ->> 'invoice' = ? order by run_at",
          [invoice.id],
        ),
  };
}

const kinds = (cases: readonly Case[]) => cases.map(({ kind, state }) => [kind, state]);

describe("the CRM is told that an invoice is paid", () => {
  test("it is looked for, written once and read back; told again, it is only looked for", async () => {
    const { crm, tells, told, cases } = await paidInvoice();
    await tells();
    expect(crm.calls).toEqual({ looks: 2, writes: 1 });
    await tells();
    expect(crm.calls).toEqual({ looks: 3, writes: 1 });
    expect([await told(), crm.records().length, await cases()]).toEqual([1, 1, []]);
  });

  test("a try that died after its write left it there: it is found, noted, and not written again", async () => {
    const { crm, needs, effect, tells, told, cases } = await paidInvoice();
    await needs.crm.tellPaid(effect);
    await tells();
    expect([await told(), crm.calls.writes, await cases()]).toEqual([1, 1, []]);
  });

  test("the answer to the write is lost, and reading back finds it: nobody is disturbed", async () => {
    const { crm, tells, told, cases } = await paidInvoice();
    crm.strike("write", "lost on the way back");
    await tells();
    expect([await told(), crm.calls.writes, await cases()]).toEqual([1, 1, []]);
  });
});

describe("nobody knows whether it stands in the CRM", () => {
  test.each(["lost on the way there", "under way", "forgotten"] as const)(
    "the write is %s: a person is asked, and it is not written again however often it is tried",
    async (fault) => {
      const { crm, tells, told, cases } = await paidInvoice();
      crm.strike("write", fault);
      await tells();
      await tells();
      expect(crm.calls.writes).toBe(1);
      expect([await told(), kinds(await cases())]).toEqual([0, [["crm_unknown", "open"]]]);
    },
  );

  test("reading back gets no answer: the case says what was tried, that the money is safe, and what to do", async () => {
    const { crm, tells, told, cases } = await paidInvoice();
    crm.strike("look after a write", "lost on the way back");
    await tells();
    const [one] = await cases();
    const said = one ? sayCase(one, { locale: "en", timeZone: "Asia/Yerevan", invoiceName: "INV-1" }) : "";
    for (const words of [
      "that INV-1 is paid (AMD",
      "payment itself is safe",
      "Look in the CRM",
      "with a reason",
      "broke",
    ]) {
      expect(said).toContain(words);
    }
    expect([await told(), one?.cause]).toEqual([0, expect.stringContaining("invoice_paid")]);
  });

  test("a later look that finds it closes the case by itself and notes that the CRM knows", async () => {
    const { crm, tells, looks, told, cases } = await paidInvoice();
    crm.strike("write", "under way");
    await tells();
    expect(await looks()).toBe(false);
    expect(kinds(await cases())).toEqual([["crm_unknown", "open"]]);
    crm.arrives();
    expect(await looks()).toBe(true);
    expect(kinds(await cases())).toEqual([["crm_unknown", "resolved"]]);
    expect(await told()).toBe(1);
    await looks();
    expect(await told()).toBe(1);
  });

  test("the looks are written down with the case, for days", async () => {
    const { crm, tells, looksDue } = await paidInvoice();
    crm.strike("write", "under way");
    await tells();
    expect(await looksDue()).toHaveLength(5);
  });

  test("once a person has dismissed it, it is still not written by itself", async () => {
    const { crm, tells, cases, dismiss } = await paidInvoice();
    crm.strike("write", "lost on the way there");
    await tells();
    await dismiss((await cases())[0]);
    await tells();
    expect(crm.calls.writes).toBe(1);
    expect(kinds(await cases())).toEqual([["crm_unknown", "resolved"]]);
  });
});

describe("the CRM's answer says that nothing was written", () => {
  test.each([
    ["look", "busy", "crm_silent"],
    ["look", "lost on the way there", "crm_silent"],
    ["write", "busy", "crm_silent"],
  ] as const)("%s: %s: the whole is tried again, and then told once", async (call, fault, because) => {
    const { crm, tells, told, cases } = await paidInvoice();
    crm.strike(call, fault);
    await expect(tells()).rejects.toThrow(because);
    await tells();
    expect([await told(), crm.records().length, await cases()]).toEqual([1, 1, []]);
  });

  test("it asked us to wait: the whole waits as long", async () => {
    const { crm, tells } = await paidInvoice();
    crm.strike("write", "busy");
    await expect(tells()).rejects.toMatchObject({ again: true, retryAfterSeconds: 7 });
  });

  test("it refuses: that is given up at once, and a person enters it", async () => {
    const { crm, tells, cases, giveUp } = await paidInvoice();
    crm.strike("write", "refused");
    await expect(tells()).rejects.toMatchObject({ code: "crm_refused", again: false });
    await giveUp();
    expect(kinds(await cases())).toEqual([["crm_refused", "open"]]);
  });

  test("something else stands there under our key: that is given up at once", async () => {
    const { crm, tells, key } = await paidInvoice();
    crm.altered(key);
    await expect(tells()).rejects.toMatchObject({ code: "crm_conflict", again: false });
    expect(crm.calls.writes).toBe(0);
  });
});

describe("telling the CRM is given up", () => {
  test("it is looked for once more: what stands there opens no case", async () => {
    const { crm, tells, told, cases, giveUp } = await paidInvoice();
    crm.strike("write", "lost on the way back");
    await tells();
    await giveUp();
    expect([await told(), await cases()]).toEqual([1, []]);
  });
});

describe("an invoice was paid, went back, and is paid anew", () => {
  const paying = async (invoice: Invoice) =>
    (
      await merchant.orm.em
        .fork()
        .execute<{ topic: string }[]>(
          "select topic from outbox_job where topic in ('crm_paid', 'invoice_webhook') and payload ->> 'invoice' = ? order by id",
          [invoice.id],
        )
    ).map(({ topic }) => topic);

  /** The first payment has gone back, and the invoice is paid by another. */
  async function paidAnew() {
    const first = await paidInvoice();
    const { invoice } = first.effect;
    const back = async () => {
      const [payment] = invoice.payments;
      const refunded = { payment: payment?.id ?? "", refunded: invoice.amount, full: true };
      await first.needs.books.decide({ id: invoice.id }, { actor: ani, requestId: "r-4" }, () => ({
        kind: "done",
        facts: [{ is: "payment_refunded", ...refunded }],
      }));
    };
    return { ...first, invoice, back, again: () => merchant.paid(invoice.number) };
  }

  test("before anybody was told: what waits says nothing, and the second payment is told of", async () => {
    const { crm, tells, back, again, told, invoice } = await paidAnew();
    await back();
    await tells();
    expect([crm.calls.writes, await told()]).toEqual([0, 0]);
    await again();
    expect(await paying(invoice)).toEqual(["crm_paid", "invoice_webhook", "crm_paid", "invoice_webhook"]);
    await tells();
    expect([crm.calls.writes, await told()]).toEqual([1, 1]);
  });

  test("after the CRM was told: it knows the invoice as paid, and nobody is disturbed", async () => {
    const { crm, tells, back, again, told, cases } = await paidAnew();
    await tells();
    await back();
    await again();
    await tells();
    expect([crm.calls.writes, await told(), kinds(await cases())]).toEqual([1, 1, []]);
  });
});
