import { describe, expect, test } from "vitest";
import type { Actor } from "../../domain/actor.ts";
import type { Fact, FactName } from "../../domain/facts.ts";
import {
  type Attempt,
  type Case,
  type CrmInvoice,
  type Invoice,
  type Link,
  type Payment,
  type Send,
} from "../../domain/invoice.ts";
import { learn } from "../../domain/learn.ts";
import { type Locale, LOCALES } from "../../domain/locale.ts";
import { notAnswered } from "../../domain/look-up.ts";
import type { Money } from "../../domain/money.ts";
import { sayEntry } from "../../domain/words/facts.ts";
import { languageFaults, timeZone } from "./words-language.ts";

const at = new Date("2026-11-24T10:02:00Z");
const ani: Actor = { kind: "manager", id: "slack:T1:U1", name: "Ani" };
const amd = (minor: bigint): Money => ({ minor, currency: "AMD" });

const send: Send = { id: "s1", key: "k1", at, by: "Ani", channel: "telegram", outcome: "sent" };
const link: Link = {
  id: "l1",
  token: "SECRET-TOKEN",
  state: "active",
  stale: false,
  part: false,
  amount: amd(1_500_000n),
  purpose: "Chairs",
  language: null,
  expiresAt: new Date("2026-11-27T19:59:59Z"),
  issuedBy: ani,
  issuedAt: at,
  origin: null,
  sends: [send],
};
const attempt: Attempt = {
  id: "a1",
  link: "l1",
  number: 2,
  provider: "vpos",
  account: "main",
  state: "opening",
  reference: null,
  checkoutUrl: "https://vpos.example/SECRET-TOKEN",
  checkoutExpiresAt: null,
  lookups: 0,
  requestIds: [],
  openedAt: at,
};
const payment: Payment = {
  id: "p1",
  attempt: "a1",
  link: "l1",
  provider: "vpos",
  dispute: null,
  fiscal: "none",
  reference: "RRN-7",
  bankReference: null,
  amount: amd(1_500_000n),
  refunded: amd(0n),
  home: "applied",
  paidAt: at,
};
const opened: Case = {
  id: "c1",
  kind: "overpaid",
  cause: "payment:RRN-7",
  state: "open",
  link: "l1",
  details: {},
  openedAt: at,
  resolution: null,
};
const crm: CrmInvoice = {
  crm: "book",
  kind: "invoice",
  number: "INV-1042",
  amount: amd(1_500_000n),
  purpose: "Chairs",
  customer: { id: "cu1", name: "Private Person", language: null },
  owner: null,
  state: "open",
  url: null,
};
const invoice: Invoice = { ...crm, id: "i1", links: [link], attempts: [], payments: [], cases: [] };

/** One of each fact, and what its line must name in English. */
const STORIES: { readonly [Name in FactName]: readonly [Fact<Name>, string] } = {
  policy_adopted: [{ is: "policy_adopted", version: "1", before: null, terms: {} }, "policy 1 is in force"],
  account_linked: [
    { is: "account_linked", account: "telegram:7:42", person: "slack:T:U" },
    "account telegram:7:42 linked to slack:T:U",
  ],
  account_unlinked: [
    { is: "account_unlinked", account: "telegram:7:42", person: "slack:T:U", because: "replaced" },
    "no longer linked to slack:T:U, it was linked to somebody else",
  ],
  invoice_learned: [{ is: "invoice_learned", told: crm }, "CRM"],
  invoice_changed: [{ is: "invoice_changed", now: crm }, "AMD 15,000"],
  link_issued: [{ is: "link_issued", link }, "issued link for AMD 15,000, payable until 27 Nov 2026, 23:59"],
  link_amended: [
    { is: "link_amended", link: "l1", amount: amd(200_000n), purpose: "Chairs", part: false },
    "AMD 2,000",
  ],
  link_went_stale: [{ is: "link_went_stale", link: "l1", was: amd(100n), now: amd(200n) }, "was AMD 1, it is AMD 2"],
  link_sent: [{ is: "link_sent", link: "l1", send }, "sent link in Telegram"],
  send_answered: [{ is: "send_answered", link: "l1", send: "s1", outcome: "blocked" }, "blocked the bot"],
  link_cancelled: [{ is: "link_cancelled", link: "l1", reason: "wrong customer" }, "“wrong customer”"],
  link_replaced: [{ is: "link_replaced", link: "l1", by: "l2", reason: "new amount" }, "the reason: “new amount”"],
  link_withdrawn: [{ is: "link_withdrawn", link: "l1", paidThrough: "l0" }, "another link"],
  link_expired: [{ is: "link_expired", link: "l1" }, "expired"],
  customer_bound: [{ is: "customer_bound", link: "l1", channel: "telegram" }, "Telegram"],
  attempt_opening: [{ is: "attempt_opening", attempt }, "attempt 2 (vpos)"],
  attempt_opened: [
    {
      is: "attempt_opened",
      attempt: "a1",
      reference: "R-1",
      checkoutUrl: "https://vpos.example/SECRET-TOKEN",
      checkoutExpiresAt: null,
      requestId: null,
    },
    "reference R-1",
  ],
  attempt_unanswered: [{ is: "attempt_unanswered", attempt: "a1", because: "record is locked" }, "not known"],
  attempt_checked: [{ is: "attempt_checked", attempt: "a1", found: "DONE", requestId: null }, "“DONE”"],
  attempt_failed: [{ is: "attempt_failed", attempt: "a1", because: "merchant is blocked" }, "“merchant is blocked”"],
  attempt_expired: [{ is: "attempt_expired", attempt: "a1" }, "ran out of time"],
  checkout_closed: [{ is: "checkout_closed", attempt: "a1", requestId: null }, "nobody can pay there any more"],
  checkout_left_open: [
    { is: "checkout_left_open", attempt: "a1", because: "record is locked" },
    "did not close the checkout: “record is locked”",
  ],
  payment_applied: [{ is: "payment_applied", payment, late: true }, "AMD 15,000, reference RRN-7, through a link"],
  payment_held: [{ is: "payment_held", payment, because: "overpaid" }, "held it for a decision: “Overpaid”"],
  hold_applied: [{ is: "hold_applied", payment: "p1", link: "l1" }, "applied the held money"],
  refund_proposed: [{ is: "refund_proposed", payment: "p1" }, "goes back to the customer"],
  refund_taken: [{ is: "refund_taken", payment: "p1", id: "re_1" }, "took on the refund"],
  refund_came_back: [
    { is: "refund_came_back", payment: "p1", refunded: amd(0n) },
    "came back and is held; AMD 0 stays with the customer",
  ],
  payment_disputed: [
    { is: "payment_disputed", payment: "p1", dispute: "open", amount: amd(500_000n) },
    "dispute of the cardholder's bank about AMD 5,000: open, the money is withheld",
  ],
  payment_charged_back: [
    { is: "payment_charged_back", payment: "p1", refunded: amd(500_000n), full: false },
    "the dispute took the money back to the cardholder, AMD 5,000 in all",
  ],
  fiscal_changed: [{ is: "fiscal_changed", payment: "p1", fiscal: "issued" }, "fiscal receipt: issued"],
  payment_refunded: [
    { is: "payment_refunded", payment: "p1", refunded: amd(500_000n), full: false },
    "AMD 5,000 in all",
  ],
  invoice_paid: [{ is: "invoice_paid", link: "l1", payment: "p1" }, "paid in full"],
  crm_told: [{ is: "crm_told", fact: "invoice_paid" }, "told the CRM"],
  case_opened: [{ is: "case_opened", case: opened }, "“Overpaid”"],
  case_proposed: [
    { is: "case_proposed", case: "c1", kind: "overpaid", action: "refund", by: ani, reason: "too much" },
    "proposed to refund to the customer, the reason: “too much”",
  ],
  case_resolved: [
    { is: "case_resolved", case: "c1", kind: "overpaid", resolution: { action: "apply", reason: "agreed", by: "Ani" } },
    "resolved case “Overpaid”: apply to the invoice, the reason: “agreed”",
  ],
  case_updated: [{ is: "case_updated", case: "c1", kind: "paid_twice", details: {} }, "“Paid twice”"],
};

const line = (fact: Fact, locale: Locale, actor: Actor = ani): string =>
  sayEntry({ position: 1, fact, actor, at, requestId: "req-1" }, { locale, timeZone }).replaceAll("\u00a0", " ");

describe("a manager asks why an invoice is as it is", () => {
  test.each(Object.entries(STORIES))("%s is one line with the time, who, and what", (_, [fact, names]) => {
    expect(line(fact, "en")).toContain(names);
    expect(line(fact, "en")).toMatch(/^24 Nov 2026, 14:02 · Ani · \S/);
    for (const locale of LOCALES) {
      const words = line(fact, locale);
      expect(languageFaults(words, locale)).toEqual([]);
      expect(words).toContain(", 14:02 · Ani · ");
      expect(words).not.toMatch(/\n|SECRET-TOKEN|Private|https?:/);
    }
  });

  test("every kind of actor is called something, and a customer is not called by name", () => {
    for (const kind of ["manager", "customer", "ops", "provider", "crm", "api", "system"] as const) {
      for (const locale of LOCALES) {
        expect(
          languageFaults(line({ is: "link_expired", link: "l1" }, locale, { kind, id: "x", name: "" }), locale),
        ).toEqual([]);
      }
    }
    expect(line(STORIES.attempt_opening[0], "en", { kind: "customer", id: "x", name: "Private Person" })).toContain(
      " · customer · ",
    );
  });

  test("somebody who spoke through another chat is named with it", () => {
    const said = line(STORIES.link_expired[0], "en", { ...ani, via: "telegram" });
    expect(said).toMatch(/ · Ani \(Telegram\) · /);
  });

  test("a reason that names a contact or a link of ours does not give it away", () => {
    const reason = "wrong person: ani@example.am, +37477123456, 077 123456, https://pay.example/p/SECRET-TOKEN";
    expect(line({ is: "link_cancelled", link: "l1", reason }, "en")).toMatch(/“wrong person: …[ ,…]*”$/);
  });

  test("what the rules themselves write as a reason is said in the reader's language", () => {
    const cancelled = learn(invoice, { ...crm, state: "cancelled" }, { case: "c1" }, at);
    const unanswered = notAnswered("a1");
    for (const decision of [cancelled, unanswered]) {
      if (decision.kind !== "done") throw new Error("these rules have something to say");
      for (const fact of decision.facts)
        for (const locale of LOCALES) expect(languageFaults(line(fact, locale), locale)).toEqual([]);
    }
  });
});
