import { defineEntity, p } from "@mikro-orm/postgresql";
import { Invoices } from "./aggregate.ts";

/** Facts with who, when and why, each with the hash of the one before in its chain. Append-only by trigger. */
export const AuditEntries = defineEntity({
  name: "AuditEntries",
  tableName: "audit_entries",
  properties: {
    id: p.bigint().primary().autoincrement(),
    /** Its chain; those without an invoice are a chain too. */
    invoice: () => p.manyToOne(Invoices).nullable().deleteRule("no action"),
    position: p.integer(),
    fact: p.json(),
    actor: p.json(),
    requestId: p.text(),
    at: p.datetime(),
    policyVersion: p.text(),
    previous: p.text(),
    hash: p.text(),
  },
  uniques: [
    { name: "audit_position_once", properties: ["invoice", "position"] },
    { name: "audit_position_once_without_invoice", properties: ["position"], where: { invoice: null } },
  ],
});

/** Where the chains stood at a time, so that a chain that is cut or taken away whole is missed. Append-only by trigger. */
export const AuditCheckpoints = defineEntity({
  name: "AuditCheckpoints",
  tableName: "audit_checkpoints",
  properties: {
    id: p.bigint().primary().autoincrement(),
    at: p.datetime(),
    /** How many audit entries there were in all. */
    entries: p.bigint(),
    /** The last audit entry it covers, by its id. */
    upTo: p.bigint(),
    /** The chains that grew since the checkpoint before: how long each is, and the hash of its last entry. */
    chains: p.json(),
    previous: p.text(),
    root: p.text(),
  },
});
