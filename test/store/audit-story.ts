import { randomUUID } from "node:crypto";
import { MikroORM } from "@mikro-orm/postgresql";
import pg from "pg";
import { doneOrAlready } from "../../domain/decision.ts";
import type { CrmInvoice } from "../../domain/invoice.ts";
import { DEFAULT_POLICY as policy } from "../../domain/policy.ts";
import type { Act } from "../../src/ports.ts";
import { writeCheckpoint } from "../../src/store/audit/checkpoint.ts";
import { type ExportFormat, exportAudit } from "../../src/store/audit/export.ts";
import { verifyAudit } from "../../src/store/audit/verify.ts";
import { createBooks } from "../../src/store/books.ts";
import { newToken } from "../../src/store/invitations.ts";
import { ormConfig } from "../../src/store/orm-config.ts";
import { freshDatabase } from "../fresh-database.ts";

const ACT: Act = { actor: { kind: "manager", id: "slack:T1:U1", name: "Ani" }, requestId: "r-1" };
const TOLD = { is: "crm_told", fact: "invoice_paid" } as const;

const told = (number: string): CrmInvoice => ({
  crm: "book",
  kind: "invoice",
  number,
  amount: { minor: 1_500_000n, currency: "AMD" },
  purpose: "Tiles",
  customer: { id: "C-1", name: "Aram", language: "hy" },
  owner: null,
  state: "open",
  url: null,
});

const TABLES = ["invoices", "links", "cases", "audit_entries", "audit_checkpoints"];

/** An audit on a database of its own, and somebody who can do with the database what he likes. */
export async function openAudit() {
  const url = await freshDatabase();
  const orm = await MikroORM.init(ormConfig(url));
  const intruder = new pg.Pool({ connectionString: url, max: 1 });
  const booksOf = (database: MikroORM, policyVersion = "default") =>
    createBooks({
      orm: database,
      policy: { ...policy, version: policyVersion },
      clock: () => new Date(),
      ids: { id: randomUUID, token: newToken },
      hears: { merchant: true, ops: true },
    });
  return {
    url,
    orm,
    booksOf,
    books: booksOf(orm),
    /** One decision: the invoice is learned at the first one, and then that many more things became true. */
    decides: (number: string, facts = 2, act = ACT, books = booksOf(orm)) =>
      books.decideLearned(told(number), act, () => doneOrAlready(Array.from({ length: facts }, () => TOLD))),
    opensOrphan: (cause: string) =>
      booksOf(orm).openOrphanCase({ id: randomUUID(), kind: "unknown_payment", cause, details: {} }, ACT),
    checkpoint: () => writeCheckpoint(orm, () => new Date()),
    /** What verification says: every broken place, and what it read. */
    verified: async (root?: string) => {
      const broken: string[] = [];
      const read = await verifyAudit(orm, { root, say: (sentence) => broken.push(sentence) });
      return { ...read, broken };
    },
    exported: async (format: ExportFormat, number?: string) => {
      let text = "";
      await exportAudit(
        orm,
        { format, invoice: number === undefined ? undefined : { kind: "invoice", number } },
        (more) => {
          text += more;
          return Promise.resolve();
        },
      );
      return text;
    },
    /** What only somebody with all rights over the database can do. */
    tampers: async (...statements: readonly string[]) => {
      const triggers = (set: string): string =>
        ["audit_entries", "audit_checkpoints"].map((table) => `alter table ${table} ${set} trigger user`).join(";");
      await intruder.query([triggers("disable"), ...statements, triggers("enable")].join(";"));
    },
    intrudes: (sql: string) => intruder.query(sql),
    /** How many entries are being written, whether or not they are committed. */
    inHand: async () => {
      const [row] = await orm.em.fork().execute<{ n: number }[]>(
        `select count(*)::int as n from pg_locks
         where relation = 'audit_entries'::regclass and mode = 'RowExclusiveLock' and granted`,
      );
      return row?.n ?? 0;
    },
    /** From now on `restores` brings back what is there now: quicker than a database for every test. */
    remembers: () => intruder.query(TABLES.map((table) => `create table was_${table} as table ${table}`).join(";")),
    restores: () =>
      intruder.query(
        `set session_replication_role = replica;
         ${TABLES.map((table) => `delete from ${table}; insert into ${table} select * from was_${table}`).join(";")};
         set session_replication_role = origin`,
      ),
    close: async () => {
      await orm.close();
      await intruder.end();
    },
  };
}

export type Audit = Awaited<ReturnType<typeof openAudit>>;
