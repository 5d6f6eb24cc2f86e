import type { EntityManager, MikroORM } from "@mikro-orm/postgresql";
import { applyAll } from "../../domain/apply.ts";
import type { AuditEntry } from "../../domain/audit.ts";
import { already, type Decision } from "../../domain/decision.ts";
import type { Fact } from "../../domain/facts.ts";
import type { Case, Invoice, InvoiceKey } from "../../domain/invoice.ts";
import { learn } from "../../domain/learn.ts";
import type { Policy } from "../../domain/policy.ts";
import type { Act, Books, Clock, Ids, Outcome, Rule, Where } from "../ports.ts";
import { decode, encode, type Stored } from "./codec.ts";
import { consequences, opsMessage } from "./consequences.ts";
import { CASE, type Loaded, loadInvoice, loadInvoices } from "./load-invoice.ts";
import { send, sendAll } from "./outbox/send.ts";
import { insertInvoice, saveInvoice } from "./save-invoice.ts";

type Needs = { readonly orm: MikroORM; readonly policy: Policy; readonly clock: Clock; readonly ids: Ids };

/** The books on PostgreSQL. Everything a decision leads to is in the transaction that made it. */
export const createBooks = (needs: Needs): Books => {
  const inTransaction = <T>(work: (em: EntityManager) => Promise<T>): Promise<T> =>
    needs.orm.em.fork().transactional(work);
  return {
    decide: (where, act, ...rules) =>
      inTransaction(async (em) => {
        const loaded = await loadInvoice(em, where, true);
        return loaded && run(em, needs, { loaded, act, rules, facts: [] });
      }),
    decideLearned: (told, act, ...rules) =>
      inTransaction(async (em) => {
        const fresh = await insertInvoice(em, needs.ids.id(), told, needs.clock());
        const loaded = await mustLoad(em, { key: told });
        const learned: Rule = (invoice, now) => learn(invoice, told, { case: needs.ids.id() }, now);
        const facts: Fact[] = fresh ? [{ is: "invoice_learned" }] : [];
        return run(em, needs, { loaded, act, rules: [learned, ...rules], facts });
      }),
    read: async (where) => (await loadInvoice(needs.orm.em.fork(), where, false))?.invoice,
    entries: (key) => readEntries(needs.orm.em.fork(), key),
    liveOf: (actorId) =>
      loadInvoices(
        needs.orm.em.fork(),
        `exists (select from links l where l.invoice_id = i.id and l.state = 'active' and l.issued_by ->> 'id' = ?)
         order by i.created_at desc limit 50`,
        [actorId],
      ),
    recent: (most) => loadInvoices(needs.orm.em.fork(), "true order by i.created_at desc, i.id desc limit ?", [most]),
    openCases: () => readCases(needs.orm.em.fork(), "c.state = 'open'", []),
    readCase: async (id) => (await readCases(needs.orm.em.fork(), "c.id = ?", [id]))[0],
    openOrphanCase: (orphan, act) => inTransaction((em) => openOrphan(em, needs, orphan, act)),
  };
};

type Work = {
  readonly loaded: Loaded;
  readonly act: Act;
  readonly rules: readonly Rule[];
  /** What became true before the rules were asked. */
  readonly facts: readonly Fact[];
};

/** Decide, then record: state, audit entries and outbox rows, all or none. */
async function run(em: EntityManager, needs: Needs, { loaded, act, rules, facts: first }: Work): Promise<Outcome> {
  const now = latest(needs.clock(), act.due);
  let invoice = loaded.invoice;
  let decision: Decision = already;
  const facts = [...first];
  for (const rule of rules) {
    decision = rule(invoice, now);
    if (decision.kind !== "done") continue;
    invoice = applyAll(invoice, decision.facts);
    facts.push(...decision.facts);
  }
  if (facts.length === 0) return { invoice, decision };
  await saveInvoice(em, loaded.invoice, invoice);
  await log(em, { invoice, entries: loaded.entries, facts, act, now });
  await sendAll(em, consequences(invoice, facts, { policy: needs.policy, now, requestId: act.requestId }));
  return { invoice, decision };
}

/** The clocks of two machines differ; a job that the database found due must not be judged as too early here. */
const latest = (now: Date, due: Date | undefined): Date => (due !== undefined && due > now ? due : now);

type Log = {
  readonly invoice: Pick<Invoice, "id"> | null;
  readonly entries: number;
  readonly facts: readonly Fact[];
  readonly act: Act;
  readonly now: Date;
};

/** The audit entries of one decision, in order. Their positions are counted under the invoice's lock. */
async function log(em: EntityManager, { invoice, entries, facts, act, now }: Log): Promise<void> {
  await em.execute(
    `with counted as (update invoices set entries = entries + ? where id = ?)
     insert into audit_entries (invoice_id, position, fact, actor, request_id, at)
     select ?, ? + f.ordinality, f.value, ?::jsonb, ?, ? from jsonb_array_elements(?::jsonb) with ordinality f`,
    [
      facts.length,
      invoice?.id ?? null,
      invoice?.id ?? null,
      entries,
      encode(act.actor),
      act.requestId,
      now,
      encode(facts),
    ],
  );
}

async function mustLoad(em: EntityManager, where: Where): Promise<Loaded> {
  const loaded = await loadInvoice(em, where, true);
  if (!loaded) throw new Error("an invoice that was just made cannot be found");
  return loaded;
}

async function readEntries(em: EntityManager, { crm, kind, number }: InvoiceKey): Promise<readonly AuditEntry[]> {
  const rows = await em.execute<Stored<AuditEntry>[]>(
    `select a.position, a.fact, a.actor, a.at, a.request_id as "requestId" from audit_entries a
     join invoices i on i.id = a.invoice_id
     where i.crm = ? and i.kind = ? and upper(i.number) = upper(?) order by a.position`,
    [crm, kind, number],
  );
  return rows.map((row) => decode(row));
}

type CaseRow = { readonly invoice: string | null; readonly case: Stored<Case> };

async function readCases(em: EntityManager, which: string, values: unknown[]): ReturnType<Books["openCases"]> {
  const rows = await em.execute<CaseRow[]>(
    `select c.invoice_id as invoice, ${CASE} as case from cases c where ${which} order by c.opened_at limit 100`,
    values,
  );
  const ids = [...new Set(rows.flatMap(({ invoice }) => (invoice === null ? [] : [invoice])))];
  const invoices = ids.length === 0 ? [] : await loadInvoices(em, "i.id = any(?::uuid[])", [`{${ids.join(",")}}`]);
  return rows.map((row) => ({
    invoice: invoices.find(({ id }) => id === row.invoice) ?? null,
    case: decode(row.case),
  }));
}

type Orphan = Parameters<Books["openOrphanCase"]>[0];

/** A case that belongs to no invoice: once per cause, with its audit entry and its message to ops. */
async function openOrphan(em: EntityManager, { clock }: Needs, orphan: Orphan, act: Act): Promise<void> {
  const now = clock();
  const rows = await em.execute<unknown[]>(
    `insert into cases (id, kind, cause, state, details, opened_at) values (?, ?, ?, 'open', ?::jsonb, ?)
     on conflict (kind, cause) where state = 'open' do nothing returning id`,
    [orphan.id, orphan.kind, orphan.cause, encode(orphan.details), now],
  );
  if (rows.length === 0) return;
  const opened: Case = { ...orphan, state: "open", link: null, openedAt: now, resolution: null };
  await log(em, { invoice: null, entries: 0, facts: [{ is: "case_opened", case: opened }], act, now });
  await send(em, { ...opsMessage(orphan.id), requestId: act.requestId });
}
