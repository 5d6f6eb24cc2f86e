import { describe, expect, test } from "vitest";
import type { Invoice, Link, Payment } from "../../domain/invoice.ts";
import type { Currency } from "../../domain/money.ts";
import { DEFAULT_POLICY as policy } from "../../domain/policy.ts";
import { nextPart } from "../../domain/schedule.ts";
import { auditView } from "../../src/usecases/audit-view.ts";
import { invoiceView } from "../../src/usecases/invoice-view.ts";

const AT = new Date("2026-11-24T08:00:00.000Z");
const amd = (minor: bigint) => ({ minor, currency: "AMD" }) as const;

const link = (changed: Partial<Link> = {}): Link => ({
  id: "L1",
  token: "kq3Zr8_vT1-mW0pXy7LbNa",
  state: "active",
  stale: false,
  part: false,
  amount: amd(1_500_000n),
  purpose: "Design",
  language: null,
  expiresAt: new Date("2026-11-27T19:59:59.000Z"),
  issuedBy: { kind: "manager", id: "slack:T1:U1", name: "Armen" },
  issuedAt: AT,
  origin: null,
  sends: [{ id: "S1", key: "k", at: AT, by: "Armen", channel: "telegram", outcome: "opened" }],
  ...changed,
});

const payment = (changed: Partial<Payment> = {}): Payment => ({
  id: "P1",
  attempt: "A1",
  link: "L1",
  provider: "vpos",
  dispute: null,
  fiscal: "none",
  reference: "VP-1",
  bankReference: null,
  amount: amd(1_500_000n),
  refunded: amd(0n),
  home: "applied",
  paidAt: AT,
  ...changed,
});

const invoice = (changed: Partial<Invoice> = {}): Invoice => ({
  id: "I1",
  crm: "book",
  kind: "invoice",
  number: "INV-1042",
  amount: amd(1_500_000n),
  purpose: "Design",
  customer: { id: "C-1", name: "Anna", language: "hy" },
  owner: null,
  state: "open",
  url: null,
  links: [link()],
  attempts: [
    {
      id: "A1",
      link: "L1",
      number: 1,
      provider: "vpos",
      account: "main",
      state: "pending",
      reference: "VP-1",
      checkoutUrl: "https://checkout.example/secret",
      checkoutExpiresAt: null,
      lookups: 3,
      requestIds: ["r1", "r2"],
      openedAt: AT,
    },
  ],
  payments: [],
  cases: [],
  ...changed,
});

const view = (changed: Partial<Invoice> = {}) =>
  invoiceView(invoice(changed), {
    publicUrl: "https://pay.example.am",
    policy,
    entries: [],
    expecting: () => undefined,
  });

describe("another program looks at an invoice that is being paid", () => {
  test("it sees the link with its address and its sends, and the attempt with what the provider calls it", () => {
    expect(view()).toMatchObject({
      status: "pending",
      amount: "15000.00",
      due: "15000.00",
      url: "https://pay.example.am/api/v1/invoices/invoice/INV-1042",
      links: [
        {
          id: "L1",
          state: "active",
          url: "https://pay.example.am/p/kq3Zr8_vT1-mW0pXy7LbNa",
          amount: "15000.00",
          expiresAt: "2026-11-27T19:59:59.000Z",
          issuedBy: "Armen",
          issuedAt: "2026-11-24T08:00:00.000Z",
          sends: [{ at: "2026-11-24T08:00:00.000Z", by: "Armen", channel: "telegram", outcome: "opened" }],
        },
      ],
      attempts: [{ id: "A1", link: "L1", providerReference: "VP-1", requestIds: ["r1", "r2"], lookups: 3 }],
      tasks: [],
    });
  });

  test("the customer's own checkout is not in it", () => {
    expect(JSON.stringify(view())).not.toContain("checkout.example");
  });

  test("where the CRM has a page for the invoice, that is its address", () => {
    expect(view({ url: "https://crm.example.am/1" }).url).toBe("https://crm.example.am/1");
  });

  test("a number with a slash makes an address that finds it again", () => {
    expect(view({ number: "2026/7", kind: "deal" }).url).toBe("https://pay.example.am/api/v1/invoices/deal/2026%2F7");
  });
});

describe("money is a decimal text with all the decimals of its currency", () => {
  const texts: readonly [Currency, string][] = [
    ["AMD", "12345.00"],
    ["JPY", "1234500"],
    ["KWD", "1234.500"],
  ];
  for (const [currency, text] of texts) {
    test(`${text} ${currency}`, () => {
      const amount = { minor: 1_234_500n, currency };
      expect(view({ amount })).toMatchObject({ amount: text, due: text, currency });
    });
  }
});

describe("money has arrived", () => {
  test("in part: what is applied and what is still due add up", () => {
    const payments = [payment({ amount: amd(500_000n) })];
    expect(view({ payments })).toMatchObject({ status: "part paid", applied: "5000.00", due: "10000.00" });
  });

  test("in part: until when the next part is expected, or null where nobody waits", () => {
    const payments = [payment({ amount: amd(500_000n) })];
    const weekly = { ...policy, parts: { ...policy.parts, everyDays: 7 } };
    const expecting = (one: Invoice) => nextPart(one, weekly);
    const context = { publicUrl: "https://pay.example.am", policy, entries: [], expecting };
    expect(invoiceView(invoice({ payments }), context).nextPart).toEqual({
      amount: "10000.00",
      by: "2026-12-01T19:59:59.000Z",
      partsLeft: 3,
    });
    expect(view({ payments }).nextPart).toBeNull();
  });

  test("in doubt: it is held, the case says so in English, and offers what can be chosen for it", () => {
    const { held, status, cases, payments } = view({
      payments: [payment({ home: "held" })],
      cases: [
        {
          id: "K1",
          kind: "paid_twice",
          cause: "payment:P1",
          state: "open",
          link: "L1",
          details: { paid: "15000.00", currency: "AMD" },
          openedAt: AT,
          resolution: null,
        },
      ],
    });
    expect({ held, status }).toEqual({ held: "15000.00", status: "manual review" });
    expect(payments).toMatchObject([{ home: "held", reference: "VP-1", amount: "15000.00", fiscal: "none" }]);
    expect(cases).toMatchObject([{ id: "K1", severity: "high", owner: "accountant", actions: ["dismiss"] }]);
    expect(cases[0]?.sentence).toContain("INV-1042");
  });

  test("and went back: refunded and due say so", () => {
    const payments = [payment({ home: "refunded", refunded: amd(1_500_000n) })];
    expect(view({ payments })).toMatchObject({ status: "refunded", applied: "0.00", refunded: "15000.00" });
  });
});

describe("another program reads the facts", () => {
  test("money and times are texts, and nothing in them opens a page or a checkout", () => {
    const opened = { attempt: "A1", reference: "VP-1", checkoutUrl: "https://c/s", checkoutExpiresAt: AT } as const;
    const actor = { kind: "system", id: "system:x", name: "x" } as const;
    const by = { at: AT, actor, requestId: "r", policyVersion: "default", previous: "0", hash: "1" } as const;
    const entries = auditView(
      [
        { ...by, position: 1, fact: { is: "link_issued", link: link() } },
        { ...by, position: 2, fact: { is: "attempt_opened", ...opened, requestId: null } },
      ],
      { locale: "en", timeZone: "Asia/Yerevan" },
    );
    expect(entries).toMatchObject([
      {
        fact: "link_issued",
        at: "2026-11-24T08:00:00.000Z",
        details: { link: { amount: { amount: "15000.00", currency: "AMD" }, issuedAt: "2026-11-24T08:00:00.000Z" } },
      },
      { fact: "attempt_opened", details: { reference: "VP-1", checkoutExpiresAt: "2026-11-24T08:00:00.000Z" } },
    ]);
    expect(JSON.stringify(entries)).not.toMatch(/kq3Zr8|https:/);
  });
});
