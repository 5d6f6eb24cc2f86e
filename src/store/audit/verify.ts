import { type EntityManager, IsolationLevel, type MikroORM } from "@mikro-orm/postgresql";
import type { AuditVerdict } from "../../ports.ts";
import { NOTHING, type Read, type Say, wrongAtEnd, wrongIn } from "./check.ts";
import type { Sealed } from "./entry.ts";
import { CHAIN, SEALED, stream } from "./read.ts";
import { verifyCheckpoints } from "./verify-checkpoints.ts";

export type Verified = { readonly entries: number; readonly chains: number; readonly checkpoint: string | null };

type Asked = {
  readonly say: Say;
  /** A root that was kept outside of the database: its checkpoint must still be there. */
  readonly root?: string | undefined;
};

/**
 * Reads every audit entry and checkpoint there is and computes all hashes again, on one unmoving view of the database. Memory
 * stays flat; time is proportional to the number of entries. Nobody waits for it.
 */
export const verifyAudit = (orm: MikroORM, { say, root }: Asked): Promise<Verified> =>
  orm.em.fork().transactional(
    async (em) => {
      const ofInvoices = await walk(em, OF_INVOICES, say);
      const others = await walk(em, OF_NO_INVOICE, say);
      const checkpoint = await verifyCheckpoints(em, say, root);
      return { entries: ofInvoices.entries + others.entries, chains: ofInvoices.chains + others.chains, checkpoint };
    },
    { isolationLevel: IsolationLevel.REPEATABLE_READ, readOnly: true },
  );

/** More sentences help nobody: where so much is broken, the entries come back from a backup. */
const MOST_SENTENCES = 100;

/** The same as one answer that stays readable, however much is broken. */
export async function auditVerdict(orm: MikroORM): Promise<AuditVerdict> {
  const broken: string[] = [];
  let more = 0;
  const { entries } = await verifyAudit(orm, {
    say: (sentence) => {
      if (broken.length < MOST_SENTENCES) broken.push(sentence);
      else more += 1;
    },
  });
  return { entries, broken: more === 0 ? broken : [...broken, `There are ${more} more broken places.`] };
}

/** A row of a walk: an entry, or an invoice without one. `counted` and `head`: what the invoice's row says. */
type Row =
  | (Sealed & { readonly counted: number | null; readonly head: string | null })
  | { readonly chain: string; readonly position: null; readonly counted: number; readonly head: string };

const OF_INVOICES = `select ${CHAIN} as chain, i.entries as counted, i.audit_head as head, ${SEALED}
  from invoices i left join audit_entries a on a.invoice_id = i.id order by i.id, a.position`;

/** Also those whose invoice was taken away from under them: the database's own rules must have been switched off. */
const OF_NO_INVOICE = `select coalesce('the lost invoice ' || a.invoice_id, 'none') as chain, null as counted, null as head,
  ${SEALED} from audit_entries a left join invoices i on i.id = a.invoice_id
  where i.id is null order by a.invoice_id, a.position`;

type Walked = { entries: number; chains: number };

/** Follows chain after chain, and goes on after a broken place. */
async function walk(em: EntityManager, sql: string, say: Say): Promise<Walked> {
  const walked = { entries: 0, chains: 0 };
  let current: Row | undefined;
  let read = NOTHING;
  for await (const row of stream<Row>(em, sql)) {
    if (row.chain !== current?.chain) {
      finish(current, read, say);
      read = NOTHING;
      walked.chains += row.position === null ? 0 : 1;
    }
    current = row;
    if (row.position === null) continue;
    walked.entries += 1;
    const wrong = wrongIn(row, read);
    for (const sentence of wrong) say(sentence);
    read = { entries: row.position, head: wrong.length === 0 ? row.hash : null };
  }
  finish(current, read, say);
  return walked;
}

function finish(last: Row | undefined, read: Read, say: Say): void {
  if (!last || last.counted === null || last.head === null) return;
  for (const sentence of wrongAtEnd(last.chain, read, { entries: last.counted, head: last.head })) say(sentence);
}
