import { setTimeout as sleep } from "node:timers/promises";
import type { EntityManager, MikroORM } from "@mikro-orm/postgresql";
import type { Clock } from "../../ports.ts";
import { canonical } from "./canonical.ts";
import { sha256, START } from "./entry.ts";
import { CHAIN } from "./read.ts";
import { ask } from "../../sql.ts";

/** How long each chain that grew since the checkpoint before is, and the hash of its last entry. */
export type Chains = Readonly<Record<string, readonly [entries: number, head: string]>>;

export type Checkpoint = {
  /** ISO 8601, with milliseconds. */
  readonly at: string;
  /** Of all chains together. */
  readonly entries: number;
  /** The last row of `audit_entries` that it covers. */
  readonly upTo: number;
  readonly chains: Chains;
  /** The root of the checkpoint before; `START` before the first. */
  readonly previous: string;
  readonly root: string;
};

/**
 * Stands for every entry up to here: it covers the chains that grew and, through the root before it, all that did not. So a
 * checkpoint is as large as the change, and one root that somebody kept elsewhere vouches for everything before it.
 */
export const rootOf = ({ at, entries, upTo, chains, previous }: Omit<Checkpoint, "root">): string =>
  sha256(canonical({ at, entries, up_to: upTo, chains, previous }));

const COLUMNS = `regexp_replace(to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), '000Z$', 'Z') as at,
  entries::float8 as entries, up_to::float8 as "upTo", chains, previous, root`;

/** All checkpoints, oldest first. */
export const CHECKPOINTS = `select ${COLUMNS} from audit_checkpoints order by id`;

export async function lastCheckpoint(em: EntityManager): Promise<Checkpoint | undefined> {
  const [last] = await ask<Checkpoint>(em, `select ${COLUMNS} from audit_checkpoints order by id desc limit 1`);
  return last;
}

const HOUR_MS = 3_600_000;

/** Writes a checkpoint unless the last one is younger than an hour: a chore that may run as often as it likes. */
export async function hourlyCheckpoint(orm: MikroORM, clock: Clock): Promise<Checkpoint | undefined> {
  const last = await lastCheckpoint(orm.em.fork());
  const due = !last || clock().getTime() - Date.parse(last.at) >= HOUR_MS;
  return due ? writeCheckpoint(orm, clock) : last;
}

/** Writes down where every chain stands, and answers with the newest checkpoint. Undefined: there are no entries. */
export async function writeCheckpoint(orm: MikroORM, clock: Clock): Promise<Checkpoint | undefined> {
  const upTo = await committedUpTo(orm.em.fork());
  while (await orm.em.fork().transactional((em) => writeNext(em, upTo, clock())));
  return lastCheckpoint(orm.em.fork());
}

const LONGEST_WAIT_MS = 10_000;
const LOOK_AGAIN_MS = 20;

/**
 * An entry row up to which no transaction can still add one. Row ids are drawn before the commit, so a lower one may come
 * later: we wait for every transaction that began to write before we looked. Nobody waits for us.
 */
async function committedUpTo(em: EntityManager): Promise<number> {
  const [last] = await ask<{ id: number }>(em, "select coalesce(max(id), 0)::float8 as id from audit_entries");
  const [ours] = await ask<{ id: string }>(em, "select pg_current_xact_id()::text as id");
  for (const giveUpAt = Date.now() + LONGEST_WAIT_MS; ; await sleep(LOOK_AGAIN_MS)) {
    const [look] = await ask<{ over: boolean }>(
      em,
      "select pg_snapshot_xmin(pg_current_snapshot()) > ?::text::xid8 as over",
      [ours?.id],
    );
    if (look?.over) return last?.id ?? 0;
    if (Date.now() > giveUpAt) {
      throw new Error("no checkpoint was written: a transaction has been open for ten seconds; try again later");
    }
  }
}

/** The most entries that one checkpoint covers: the first one of an old database must not be one huge row. */
const MOST = 10_000;

type Grown = {
  readonly chain: string;
  readonly position: number;
  readonly hash: string;
  readonly entries: number;
  readonly upTo: number;
};

/** False: there is nothing to write down any more. */
async function writeNext(em: EntityManager, upTo: number, now: Date): Promise<boolean> {
  await ask(em, "select pg_advisory_xact_lock(hashtext('audit checkpoint'))");
  const last = (await lastCheckpoint(em)) ?? { upTo: 0, entries: 0, root: START };
  const grown = await ask<Grown>(
    em,
    `with fresh as (select id, invoice_id, position, hash from audit_entries where id > ? and id <= ? order by id limit ?)
     select distinct on (f.invoice_id) coalesce(${CHAIN}, 'none') as chain, f.position, f.hash,
       (select count(*)::float8 from fresh) as entries, (select max(id)::float8 from fresh) as "upTo"
     from fresh f left join invoices i on i.id = f.invoice_id order by f.invoice_id, f.position desc`,
    [last.upTo, upTo, MOST],
  );
  const [first] = grown;
  if (!first) return false;
  const chains = Object.fromEntries(grown.map(({ chain, position, hash }) => [chain, [position, hash] as const]));
  const entries = last.entries + first.entries;
  const content = { at: now.toISOString(), entries, upTo: first.upTo, chains, previous: last.root };
  await ask(
    em,
    `insert into audit_checkpoints (at, entries, up_to, chains, previous, root) values (?, ?, ?, ?::jsonb, ?, ?)`,
    [content.at, entries, content.upTo, JSON.stringify(chains), content.previous, rootOf(content)],
  );
  return true;
}
