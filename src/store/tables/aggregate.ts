import { defineEntity, p } from "@mikro-orm/postgresql";
import { CASES } from "../../../domain/cases.ts";
import { INVOICE_KINDS, INVOICE_STATES, SEND_CHANNELS, SEND_OUTCOMES } from "../../../domain/invoice.ts";
import { LOCALES } from "../../../domain/locale.ts";
import { ATTEMPT_STATES, DISPUTE_STATES, FISCAL_STATES, LINK_STATES, PAYMENT_HOMES } from "../../../domain/states.ts";

/** The check constraint that repeats a closed list of the domain where no code can pass it. */
const oneOf = (column: string, values: readonly string[]): string =>
  `${column} in (${values.map((value) => `'${value}'`).join(", ")})`;

/** One invoice: what the CRM says of it, and the lock under which everything about it is decided. */
export const Invoices = defineEntity({
  name: "Invoices",
  tableName: "invoices",
  properties: {
    id: p.uuid().primary(),
    crm: p.text(),
    kind: p.text(),
    number: p.text(),
    amountMinor: p.bigint(),
    currency: p.character().length(3),
    purpose: p.text(),
    customerId: p.text(),
    customerName: p.text(),
    customerLanguage: p.text().nullable(),
    owner: p.json().nullable(),
    state: p.text(),
    url: p.text().nullable(),
    /** How many audit entries it has: the next entry's position. */
    entries: p.integer().default(0),
    /** The hash of the last of them: an entry that is cut off at the end is missed. */
    auditHead: p.text().default("0".repeat(64)),
    createdAt: p.datetime(),
  },
  checks: [
    { name: "invoices_kind", expression: oneOf("kind", INVOICE_KINDS) },
    { name: "invoices_state", expression: oneOf("state", INVOICE_STATES) },
    { name: "invoices_amount", expression: "amount_minor > 0" },
  ],
});

/** Our page for an invoice. At most one active link an invoice: see the partial unique index. */
export const Links = defineEntity({
  name: "Links",
  tableName: "links",
  properties: {
    id: p.uuid().primary(),
    invoice: () => p.manyToOne(Invoices).index("links_invoice"),
    token: p.text().unique("links_token_once"),
    state: p.text(),
    stale: p.boolean(),
    amountMinor: p.bigint(),
    currency: p.character().length(3),
    purpose: p.text(),
    /** For a part of what is owed, as a manager asked within the policy. */
    part: p.boolean(),
    language: p.text().nullable(),
    expiresAt: p.datetime(),
    issuedBy: p.json(),
    issuedAt: p.datetime(),
    origin: p.json().nullable(),
  },
  checks: [
    { name: "links_state", expression: oneOf("state", LINK_STATES) },
    { name: "links_amount", expression: "amount_minor > 0" },
    { name: "links_language", expression: oneOf("language", LOCALES) },
  ],
  uniques: [{ name: "links_one_active", properties: ["invoice"], where: { state: "active" } }],
});

export const Sends = defineEntity({
  name: "Sends",
  tableName: "sends",
  properties: {
    id: p.uuid().primary(),
    link: () => p.manyToOne(Links).index("sends_link"),
    key: p.text(),
    at: p.datetime(),
    by: p.text(),
    channel: p.text(),
    outcome: p.text(),
  },
  checks: [
    { name: "sends_channel", expression: oneOf("channel", SEND_CHANNELS) },
    { name: "sends_outcome", expression: oneOf("outcome", SEND_OUTCOMES) },
  ],
  uniques: [{ name: "sends_key_once", properties: ["link", "key"] }],
});

/** Written down before the provider is asked. One open attempt a link: see the partial unique index in the migration. */
export const Attempts = defineEntity({
  name: "Attempts",
  tableName: "attempts",
  properties: {
    id: p.uuid().primary(),
    invoice: () => p.manyToOne(Invoices),
    link: () => p.manyToOne(Links).index("attempts_link"),
    number: p.integer(),
    provider: p.text(),
    account: p.text(),
    state: p.text(),
    reference: p.text().nullable(),
    checkoutUrl: p.text().nullable(),
    checkoutExpiresAt: p.datetime().nullable(),
    lookups: p.integer(),
    requestIds: p.json(),
    openedAt: p.datetime(),
  },
  checks: [{ name: "attempts_state", expression: oneOf("state", ATTEMPT_STATES) }],
  uniques: [
    { name: "attempts_number_once", properties: ["invoice", "number"] },
    { name: "attempts_reference_once", properties: ["provider", "reference"] },
  ],
});

/** Verified money. It has exactly one home, and one reference of the provider is one payment. */
export const Payments = defineEntity({
  name: "Payments",
  tableName: "payments",
  properties: {
    id: p.uuid().primary(),
    invoice: () => p.manyToOne(Invoices).index("payments_invoice"),
    link: () => p.manyToOne(Links),
    attempt: () => p.manyToOne(Attempts).unique("payments_attempt_once"),
    provider: p.text(),
    reference: p.text(),
    bankReference: p.text().nullable(),
    amountMinor: p.bigint(),
    refundedMinor: p.bigint(),
    currency: p.character().length(3),
    home: p.text(),
    dispute: p.text().nullable(),
    fiscal: p.text(),
    paidAt: p.datetime(),
  },
  checks: [
    { name: "payments_home", expression: oneOf("home", PAYMENT_HOMES) },
    { name: "payments_dispute", expression: oneOf("dispute", DISPUTE_STATES) },
    { name: "payments_fiscal", expression: oneOf("fiscal", FISCAL_STATES) },
    { name: "payments_amount", expression: "amount_minor > 0" },
    { name: "payments_refunded", expression: "refunded_minor between 0 and amount_minor" },
  ],
  indexes: [{ name: "payments_bank_reference", properties: ["provider", "bankReference"] }],
  uniques: [{ name: "payments_reference_once", properties: ["provider", "reference"] }],
});

/** What a person must look at. Without an invoice: money or a webhook that belongs to nothing we know. */
export const CaseFiles = defineEntity({
  name: "CaseFiles",
  tableName: "cases",
  properties: {
    id: p.uuid().primary(),
    invoice: () => p.manyToOne(Invoices).nullable().deleteRule("no action").index("cases_invoice"),
    link: () => p.manyToOne(Links).nullable().deleteRule("no action"),
    kind: p.text(),
    cause: p.text(),
    state: p.text(),
    details: p.json(),
    openedAt: p.datetime(),
    resolution: p.json().nullable(),
  },
  checks: [
    { name: "cases_kind", expression: oneOf("kind", Object.keys(CASES)) },
    { name: "cases_state", expression: oneOf("state", ["open", "resolved"]) },
  ],
  uniques: [{ name: "cases_one_open_a_cause", properties: ["kind", "cause"], where: { state: "open" } }],
});
