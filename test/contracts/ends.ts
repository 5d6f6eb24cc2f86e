import { expect } from "vitest";
import type { CaseKind } from "../../domain/cases.ts";
import type { FactName } from "../../domain/facts.ts";
import { statusOf } from "../../domain/status.ts";
import { opens } from "../story/customers.ts";
import { until } from "../story/until.ts";
import type { Till } from "./till.ts";

export type Bill = { readonly number: string; readonly page: string };

type End = {
  readonly status: ReturnType<typeof statusOf>;
  /** What the customer's page says of itself. */
  readonly page: string;
  /** What the card's headline says. */
  readonly card: string;
  /** How often the merchant's book was told that the invoice is paid. */
  readonly told: 0 | 1;
  /** Where each payment's money stands, in the order in which it came. */
  readonly homes: readonly string[];
  /** How often each of these became true, by the audit. */
  readonly facts: Partial<Readonly<Record<FactName, number>>>;
};

/** How every story of the kit may end, once, in words. */
export const ENDS = {
  "paid once": {
    status: "paid",
    page: "paid",
    card: "Paid",
    told: 1,
    homes: ["applied"],
    facts: { payment_applied: 1, invoice_paid: 1, crm_told: 1, payment_held: 0 },
  },
  "not paid, and the customer waits for the provider": {
    status: "pending",
    page: "pending",
    card: "Payment in progress",
    told: 0,
    homes: [],
    facts: { payment_applied: 0, payment_held: 0, attempt_failed: 0 },
  },
  "not paid, and the customer may try again": {
    status: "failed",
    page: "failed",
    card: "Payment failed",
    told: 0,
    homes: [],
    facts: { payment_applied: 0, payment_held: 0 },
  },
  "not opened, and the customer waits for an answer": {
    status: "pending",
    page: "preparing",
    card: "Payment in progress",
    told: 0,
    homes: [],
    facts: { attempt_opening: 1, attempt_opened: 0, attempt_failed: 0, payment_applied: 0, payment_held: 0 },
  },
  "not opened, until a person has looked": {
    status: "manual review",
    page: "unavailable",
    card: "Manual review",
    told: 0,
    homes: [],
    facts: { attempt_opening: 1, attempt_opened: 0, attempt_failed: 0, payment_applied: 0, payment_held: 0 },
  },
  "held for a person, and nothing is paid": {
    status: "manual review",
    page: "checking",
    card: "Manual review",
    told: 0,
    homes: ["held"],
    facts: { payment_applied: 0, payment_held: 1, invoice_paid: 0 },
  },
  "paid once, and the second payment is held": {
    status: "paid",
    page: "paid",
    card: "Paid",
    told: 1,
    homes: ["applied", "held"],
    facts: { payment_applied: 1, payment_held: 1, invoice_paid: 1 },
  },
  "given back wholly, after it was paid": {
    status: "refunded",
    page: "refunded",
    card: "Refunded",
    told: 1,
    homes: ["refunded"],
    facts: { payment_applied: 1, payment_refunded: 1, attempt_failed: 0 },
  },
  "it went back and came back: held for a person": {
    status: "manual review",
    page: "checking",
    card: "Manual review",
    told: 1,
    homes: ["held"],
    facts: { payment_applied: 1, refund_came_back: 1, invoice_paid: 1, hold_applied: 0 },
  },
  "it went back and came back, and pays again": {
    status: "paid",
    page: "paid",
    card: "Paid",
    told: 1,
    homes: ["applied"],
    facts: { payment_applied: 1, refund_came_back: 1, hold_applied: 1, crm_told: 1 },
  },
  "it went back, came back, and went back again": {
    status: "refunded",
    page: "refunded",
    card: "Refunded",
    told: 1,
    homes: ["refunded"],
    facts: { payment_applied: 1, refund_came_back: 1, hold_applied: 0 },
  },
  "taken back by the cardholder's bank": {
    status: "refunded",
    page: "refunded",
    card: "Refunded",
    told: 1,
    homes: ["refunded"],
    facts: { payment_applied: 1, payment_refunded: 0, payment_charged_back: 1 },
  },
  "paid, and disputed": {
    status: "manual review",
    page: "paid",
    card: "Manual review",
    told: 1,
    homes: ["applied"],
    facts: { payment_applied: 1, payment_disputed: 1, payment_charged_back: 0 },
  },
  "given back in part, after it was paid": {
    status: "part refunded",
    page: "paid",
    card: "Part refunded",
    told: 1,
    homes: ["applied"],
    facts: { payment_applied: 1, payment_refunded: 1, attempt_failed: 0 },
  },
} as const satisfies Record<string, End>;

export type EndName = keyof typeof ENDS;

/** Holds the end against the database, the card, the page, the merchant's book and the audit. */
export async function endsAs(till: Till, bill: Bill, name: EndName, cases: readonly CaseKind[] = []): Promise<void> {
  const end: End = ENDS[name];
  await until(async () => statusOf(await till.invoice(bill.number))).toBe(end.status);
  await until(async () => (await till.told(bill.number))?.effects).toBe(end.told);
  await until(async () => (await till.invoice(bill.number)).payments.map(({ home }) => home).toSorted()).toEqual(
    end.homes,
  );
  await till.settled();
  const invoice = await till.invoice(bill.number);
  expect(statusOf(invoice)).toBe(end.status);
  expect(invoice.payments.map(({ home }) => home).toSorted()).toEqual(end.homes);
  expect(invoice.cases.filter(({ state }) => state === "open").map(({ kind }) => kind)).toEqual(cases);
  expect((await opens(bill.page)).state).toBe(end.page);
  expect(await till.card(bill.number)).toContain(` · ${end.card} · `);
  const facts = await till.facts(bill.number);
  for (const [fact, times] of Object.entries(end.facts)) {
    expect(`${facts.filter((one) => one === fact).length} × ${fact}`).toBe(`${times} × ${fact}`);
  }
}
