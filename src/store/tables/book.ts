import { defineEntity, p } from "@mikro-orm/postgresql";

/** The embedded invoice book: the CRM of a merchant who has none. */
export const BookInvoices = defineEntity({
  name: "BookInvoices",
  tableName: "book_invoices",
  properties: {
    id: p.uuid().primary(),
    kind: p.text(),
    number: p.text(),
    amountMinor: p.bigint(),
    currency: p.character().length(3),
    purpose: p.text(),
    customer: p.json(),
    owner: p.json().nullable(),
    state: p.text(),
    paidMinor: p.bigint().default(0),
    paidAt: p.datetime().nullable(),
    updatedAt: p.datetime(),
  },
  checks: [{ name: "book_invoices_amount", expression: "amount_minor > 0" }],
});

/** What the book was told, once per effect. The same key with other content is refused. */
export const BookEffects = defineEntity({
  name: "BookEffects",
  tableName: "book_effects",
  properties: {
    key: p.text().primary(),
    invoice: () => p.manyToOne(BookInvoices),
    content: p.json(),
    at: p.datetime(),
  },
});
