import type { EntityManager } from "@mikro-orm/postgresql";
import type { Fact } from "../../../domain/facts.ts";
import type { Act } from "../../ports.ts";
import { encode } from "../codec.ts";
import type { Loaded } from "../load-invoice.ts";
import { chainOf, hashOf, NONE, type Sealed, START, type Tail } from "./entry.ts";
import { ask } from "../../sql.ts";

/** The end of a chain, held by a lock until the transaction is over. */
type Held = Tail & { readonly chain: string; readonly invoice: string | null };

type Decided = {
  readonly facts: readonly Fact[];
  readonly act: Act;
  readonly now: Date;
  readonly policyVersion: string;
};

/** The end of an invoice's chain. Its row is locked already. */
export const chainOfLoaded = ({ invoice, entries, head }: Loaded): Held => ({
  chain: chainOf(invoice),
  invoice: invoice.id,
  entries,
  head,
});

/**
 * The end of the chain of what belongs to no invoice. There is no row to lock, so it has a lock of its own. The transaction's id
 * is taken before a row's id is: a checkpoint that is being written waits for those it can see.
 */
export async function lockNone(em: EntityManager): Promise<Held> {
  await ask(em, "select pg_advisory_xact_lock(hashtext('audit of no invoice')), pg_current_xact_id()");
  const [last] = await ask<Tail>(
    em,
    `select position as entries, hash as head from audit_entries
     where invoice_id is null order by position desc limit 1`,
  );
  return { chain: NONE, invoice: null, ...(last ?? { entries: 0, head: START }) };
}

/** The audit entries of one decision, in order, each with the hash of the one before: one statement. */
export async function append(em: EntityManager, held: Held, decided: Decided): Promise<void> {
  const { act, now, policyVersion } = decided;
  const sealed = seal(held, decided);
  await ask(
    em,
    `with counted as (update invoices set entries = entries + ?, audit_head = ? where id = ?)
     insert into audit_entries (invoice_id, position, fact, actor, request_id, at, policy_version, previous, hash)
     select ?, f.position, f.fact, ?::jsonb, ?, ?, ?, f.previous, f.hash
     from jsonb_to_recordset(?::jsonb) as f(position int, fact jsonb, previous text, hash text) order by f.position`,
    [
      sealed.length,
      sealed.at(-1)?.hash ?? held.head,
      held.invoice,
      held.invoice,
      encode(act.actor),
      act.requestId,
      now,
      policyVersion,
      JSON.stringify(sealed.map(({ position, fact, previous, hash }) => ({ position, fact, previous, hash }))),
    ],
  );
}

/** Hashes what will be read back: facts as JSON, not as the domain holds them. */
function seal(held: Held, { facts, act, now, policyVersion }: Decided): readonly Sealed[] {
  const sealed: Sealed[] = [];
  let previous = held.head;
  for (const fact of facts) {
    const content = {
      chain: held.chain,
      position: held.entries + sealed.length + 1,
      fact: plain(fact),
      actor: plain(act.actor),
      requestId: act.requestId,
      at: now.toISOString(),
      policyVersion,
      previous,
    };
    previous = hashOf(content);
    sealed.push({ ...content, hash: previous });
  }
  return sealed;
}

const plain = (value: unknown): unknown => JSON.parse(encode(value));
