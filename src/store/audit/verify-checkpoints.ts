import type { EntityManager } from "@mikro-orm/postgresql";
import type { Say } from "./check.ts";
import { type Chains, type Checkpoint, CHECKPOINTS, rootOf } from "./checkpoint.ts";
import { NONE, START } from "./entry.ts";
import { stream } from "./read.ts";
import { ask } from "../../sql.ts";

/** One checkpoint can name ten thousand chains. */
const AT_ONCE = 4;

/**
 * Every checkpoint must be as it was written and follow from the one before, and every chain must still begin with what the
 * checkpoint saw of it. Answers with the time of the last one; null: there is none.
 */
export async function verifyCheckpoints(em: EntityManager, say: Say, kept: string | undefined): Promise<string | null> {
  let previous = START;
  let last: string | null = null;
  let isKept = kept === undefined;
  for await (const checkpoint of stream<Checkpoint>(em, CHECKPOINTS, { atOnce: AT_ONCE })) {
    for (const sentence of wrongInCheckpoint(checkpoint, previous)) say(sentence);
    for (const sentence of await lost(em, checkpoint)) say(sentence);
    isKept ||= checkpoint.root === kept;
    previous = checkpoint.root;
    last = checkpoint.at;
  }
  if (!isKept) say("There is no checkpoint with the root that you kept: everything may have been written anew.");
  return last;
}

function wrongInCheckpoint(checkpoint: Checkpoint, previous: string): readonly string[] {
  const name = `The checkpoint of ${checkpoint.at}`;
  if (rootOf(checkpoint) !== checkpoint.root) return [`${name} is not what was written there.`];
  if (checkpoint.previous !== previous) return [`${name} does not follow from the one before it: one was taken away.`];
  return [];
}

/** How a chain that a checkpoint saw is found again: by what its invoice is known by. */
const named = (chains: Chains) =>
  Object.entries(chains).map(([chain, [entries, head]]) => {
    const [crm, kind, ...number] = chain.split(":");
    return { chain, crm, kind, number: number.join(":"), entries, head };
  });

type Lost = { readonly chain: string; readonly entries: number; readonly found: string | null };

async function lost(em: EntityManager, { at, chains }: Checkpoint): Promise<readonly string[]> {
  const rows = await ask<Lost>(
    em,
    `select * from (
       select c.chain, c.entries, c.head, case when c.chain = ?
         then (select a.hash from audit_entries a where a.invoice_id is null and a.position = c.entries)
         else (select a.hash from audit_entries a join invoices i on i.id = a.invoice_id
               where i.crm = c.crm and i.kind = c.kind and upper(i.number) = upper(c.number) and a.position = c.entries)
         end as found
       from jsonb_to_recordset(?::jsonb) as c(chain text, crm text, kind text, number text, entries int, head text)
     ) c where found is distinct from head order by chain`,
    [NONE, JSON.stringify(named(chains))],
  );
  return rows.map(({ chain, entries, found }) =>
    found === null
      ? `The checkpoint of ${at} saw ${chain} with ${entries} entries: entry ${entries} is missing.`
      : `The checkpoint of ${at} saw another entry ${entries} of ${chain} than the one there is.`,
  );
}
