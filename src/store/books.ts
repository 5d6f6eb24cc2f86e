import type { EntityManager } from "@mikro-orm/postgresql";
import type { Books } from "../ports.ts";
import { adoptPolicy } from "./adopt-policy.ts";
import { readEntries } from "./audit/read.ts";
import { auditVerdict } from "./audit/verify.ts";
import { type KindAndCause, openOrphan, orphansOpen, readCases, resolveOrphan } from "./cases.ts";
import { expectPartOn, lookUpLater, lookUpSoon } from "./consequences.ts";
import { type Deciding, deciding } from "./decide.ts";
import { loadInvoices } from "./load-invoice.ts";
import { ask } from "../sql.ts";
import { send, sendAll } from "./outbox/send.ts";
import { together } from "../together.ts";

/** The books on PostgreSQL. Everything a decision leads to is in the transaction that made it. */
export const createBooks = (needs: Deciding): Books => {
  const inTransaction = <T>(work: (em: EntityManager) => Promise<T>): Promise<T> =>
    needs.orm.em.fork().transactional(work);
  return {
    ...deciding(needs),
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
    openCases: (of) =>
      of === undefined
        ? readCases(needs.orm.em.fork(), OPEN, [])
        : readCases(needs.orm.em.fork(), `${OPEN} and ${OWNED}`, [of, of]),
    readCase: async (id) => (await readCases(needs.orm.em.fork(), "c.id::text = ?", [id]))[0],
    openOrphanCase: (orphan, act) => inTransaction((em) => openOrphan(em, needs, orphan, act)),
    resolveOrphanCase: (which, resolution, act) =>
      inTransaction((em) => resolveOrphan(em, needs, { which, resolution, act })),
    orphanIsOpen: together((asked: readonly KindAndCause[]) => orphansOpen(needs.orm.em.fork(), asked)),
    ...asking(inTransaction, needs),
    adoptPolicy: (act) => inTransaction((em) => adoptPolicy(em, needs, act)),
  };
};

const OPEN = "c.state = 'open'";
const OWNED = `exists (select from invoices i where i.id = c.invoice_id and coalesce(i.owner ->> 'slackUserId', ?) = ?)`;

const PAID_BETWEEN = `exists (select from payments p join attempts a on a.id = p.attempt_id
  where p.invoice_id = i.id and a.provider = ? and a.account = ? and p.paid_at >= ? and p.paid_at < ?)`;

/** Whoever of many comes first asks. Copies whose clocks are apart by more ask a little more often, and are never shut out. */
const MAY_ASK = `
insert into asked_attempts (attempt_id, asked_at) values (?, ?)
on conflict (attempt_id) do update set asked_at = excluded.asked_at
where excluded.asked_at not between asked_attempts.asked_at - interval '5 seconds' and asked_attempts.asked_at + interval '5 seconds'
returning attempt_id`;

type InTransaction = <T>(work: (em: EntityManager) => Promise<T>) => Promise<T>;

/** Questions that are written down for the worker. */
const asking = (
  inTransaction: InTransaction,
  needs: Pick<Deciding, "clock" | "orm">,
): Pick<Books, "askSoon" | "mayAsk" | "askLater" | "expectPart"> => ({
  mayAsk: async ({ id }) => (await ask<object>(needs.orm.em.fork(), MAY_ASK, [id, needs.clock()])).length > 0,
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
