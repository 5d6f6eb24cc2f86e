import type { EntityManager, MikroORM } from "@mikro-orm/postgresql";
import { applyAll } from "../../domain/apply.ts";
import { already, type Decision } from "../../domain/decision.ts";
import type { Fact } from "../../domain/facts.ts";
import { learn } from "../../domain/learn.ts";
import { type Policy, policyFor } from "../../domain/policy.ts";
import type { Act, Books, Clock, Ids, Outcome, Rule, Where } from "../ports.ts";
import { adoptPolicy } from "./adopt-policy.ts";
import { append, chainOfLoaded } from "./audit/append.ts";
import { readEntries } from "./audit/read.ts";
import { auditVerdict } from "./audit/verify.ts";
import { openOrphan, orphanIsOpen, readCases, resolveOrphan } from "./cases.ts";
import { consequences, expectPartOn, lookUpLater, lookUpSoon } from "./consequences.ts";
import { type Loaded, loadInvoice, loadInvoices } from "./load-invoice.ts";
import { send, sendAll } from "./outbox/send.ts";
import { insertInvoice, saveInvoice } from "./save-invoice.ts";

type Needs = {
  readonly orm: MikroORM;
  readonly policy: Policy;
  readonly clock: Clock;
  readonly ids: Ids;
};

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
        const facts: Fact[] = fresh ? [{ is: "invoice_learned", told }] : [];
        return run(em, needs, { loaded, act, rules: [learned, ...rules], facts });
      }),
    read: async (where) => (await loadInvoice(needs.orm.em.fork(), where, false))?.invoice,
    entries: (key) => readEntries(needs.orm.em.fork(), key),
    verifyAudit: () => auditVerdict(needs.orm),
    liveOf: (actorId) =>
      loadInvoices(
        needs.orm.em.fork(),
        `exists (select from links l where l.invoice_id = i.id and l.state = 'active' and l.issued_by ->> 'id' = ?)
         order by i.created_at desc limit 50`,
        [actorId],
      ),
    paidBetween: ({ provider, account }, from, until) =>
      loadInvoices(needs.orm.em.fork(), PAID_BETWEEN, [provider, account, from, until]),
    recent: (most) => loadInvoices(needs.orm.em.fork(), "true order by i.created_at desc, i.id desc limit ?", [most]),
    openCases: () => readCases(needs.orm.em.fork(), "c.state = 'open'", []),
    readCase: async (id) => (await readCases(needs.orm.em.fork(), "c.id::text = ?", [id]))[0],
    openOrphanCase: (orphan, act) => inTransaction((em) => openOrphan(em, needs, orphan, act)),
    resolveOrphanCase: (which, resolution, act) =>
      inTransaction((em) => resolveOrphan(em, needs, { which, resolution, act })),
    orphanIsOpen: (which) => orphanIsOpen(needs.orm.em.fork(), which),
    ...asking(inTransaction, needs),
    adoptPolicy: (act) => inTransaction((em) => adoptPolicy(em, needs, act)),
  };
};

const PAID_BETWEEN = `exists (select from payments p join attempts a on a.id = p.attempt_id
  where p.invoice_id = i.id and a.provider = ? and a.account = ? and p.paid_at >= ? and p.paid_at < ?)`;

type InTransaction = <T>(work: (em: EntityManager) => Promise<T>) => Promise<T>;

/** Questions that are written down for the worker. */
const asking = (
  inTransaction: InTransaction,
  needs: Pick<Needs, "clock">,
): Pick<Books, "askSoon" | "askLater" | "expectPart"> => ({
  askSoon: async (attempt, requestId) => {
    await inTransaction((em) => send(em, { ...lookUpSoon(attempt, needs.clock()), requestId }));
  },
  askLater: async (attempt, hint, requestId) => {
    const messages = lookUpLater(attempt, hint, needs.clock()).map((message) => ({ ...message, requestId }));
    await inTransaction((em) => sendAll(em, messages));
  },
  expectPart: async ({ after, by }, requestId) => {
    await inTransaction((em) => send(em, { ...expectPartOn(after.link, by), requestId }));
  },
});

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
    decision = rule(invoice, now, policyFor(needs.policy, invoice, now));
    if (decision.kind !== "done") continue;
    invoice = applyAll(invoice, decision.facts);
    facts.push(...decision.facts);
  }
  if (facts.length === 0) return { invoice, decision };
  await saveInvoice(em, loaded.invoice, invoice);
  const policy = policyFor(needs.policy, invoice, now);
  await append(em, chainOfLoaded(loaded), { facts, act, now, policyVersion: policy.version });
  await sendAll(em, consequences(invoice, facts, { policy, now, requestId: act.requestId }));
  return { invoice, decision };
}

/** The clocks of two machines differ; a job that the database found due must not be judged as too early here. */
const latest = (now: Date, due: Date | undefined): Date => (due !== undefined && due > now ? due : now);

async function mustLoad(em: EntityManager, where: Where): Promise<Loaded> {
  const loaded = await loadInvoice(em, where, true);
  if (!loaded) throw new Error("an invoice that was just made cannot be found");
  return loaded;
}
