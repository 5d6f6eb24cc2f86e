import type { EntityManager, MikroORM } from "@mikro-orm/postgresql";
import type { Clock } from "../ports.ts";
import { GRIP, gripOf, type Lend, noHands, type Sent } from "./outbox/hands.ts";
import type { Bucket } from "./outbox/send.ts";
import { BATCH, inBatches } from "./outbox/sweep.ts";
import { ask } from "../sql.ts";
import { together } from "../together.ts";

/** Something that arrived: the exact bytes, and the lane in which it is worked on. */
export type Delivery = {
  readonly source: string;
  /** The same however often it is delivered: it is kept once. */
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** The provider's id of what it is about; null: of a chat, or it could not be read. */
  readonly subject?: string | null;
  /** What was known of its signature when it was kept. */
  readonly verdict: "verified" | "rejected";
  readonly topic: string;
  readonly lane: string;
  readonly requestId: string;
  /** What was understood of it when its signature was checked, for whoever works on it. */
  readonly heard?: object;
};

/** `altered`: it was kept before under the same key with other contents, which stay what they were. */
export type Keeping = "new" | "known" | "altered";

export type Kept = Pick<Delivery, "source" | "key" | "headers" | "body"> & { readonly receivedAt: Date };

/** Times come as texts from statements of our own: MikroORM parses only the columns of its entities. */
type Row = Omit<Kept, "receivedAt"> & { readonly receivedAt: string };

/** One for each source: a party that asks us to wait holds up nobody else. */
const handsOn = (source: string): Bucket => ({ key: `intake:${source}`, intervalMs: 0, burst: 1 });

/**
 * One statement: deliveries are stored and their work is queued, or they were here before. Whoever delivers is answered after
 * this has committed, never before.
 */
const KEEP = `
with asked as materialized (
  select * from jsonb_to_recordset(?::jsonb) as d(
    place int, source text, key text, at timestamptz, headers jsonb, body text, verdict text, subject text, message jsonb, payload jsonb)
),
kept as (
  insert into inbox (source, key, received_at, headers, body, verdict, subject)
  select source, key, at, headers, decode(body, 'base64'), verdict, subject from asked order by source, key, place
  on conflict (source, key) do nothing returning id, source, key
),
fresh as (
  select distinct on (kept.id) kept.id, place, message || jsonb_build_object('payload', payload || jsonb_build_object('inbox', kept.id)) as message
  from kept join asked using (source, key) order by kept.id, place
)
select array(select place from fresh) as fresh, taken
from outbox_send((select coalesce(jsonb_agg(message order by place), '[]') from fresh), ${GRIP})`;

/** What was sent is forgotten after a while, so an empty body says nothing. */
const SAME = "select body = ? or body = '' as same from inbox where source = ? and key = ?";

const READ = `
select i.source, i.key, i.headers, i.body, i.received_at as "receivedAt"
from jsonb_array_elements_text(?::jsonb) with ordinality as w(id, place) left join inbox i on i.id = w.id::bigint
order by w.place`;

/** What is only noted: rejected deliveries run nothing. */
const NOTE = `
insert into inbox (source, key, received_at, headers, body, verdict, subject)
select v.source, v.key, v.at, v.headers, v.body, v.verdict, v.subject
from (values (?::text, ?::text, ?::timestamptz, ?::jsonb, ?::bytea, ?::text, ?::text)) v (source, key, at, headers, body, verdict, subject)
where (select count(*) from inbox where verdict = 'rejected' and received_at > v.at - interval '1 minute') < 60
on conflict (source, key) do nothing returning id`;

/** Of what nobody signed only the beginning is kept: a stranger must not be able to fill the disk. */
const MOST_OF_REJECTED = 4096;

type Needs = { readonly orm: MikroORM; readonly clock: Clock; readonly lend?: Lend };
type Fresh = Sent & { readonly fresh: readonly number[] };

const keeping = ({ orm, clock, lend }: Required<Needs>) => {
  const keepAll = async (em: EntityManager, deliveries: readonly Delivery[]): Promise<readonly boolean[]> => {
    const rows = JSON.stringify(deliveries.map((delivery, place) => ({ place, ...rowOf(delivery, clock()) })));
    const most = em.isInTransaction() ? 0 : deliveries.length;
    const [row] = await lend(most, (free) => ask<Fresh>(em, KEEP, [rows, ...gripOf(free)]));
    return deliveries.map((_, place) => row?.fresh.includes(place) ?? false);
  };
  const keepWithOthers = together((deliveries: readonly Delivery[]) => keepAll(orm.em.fork(), deliveries));
  return {
    /** In the transaction of `em` where one is given. */
    keep: async (delivery: Delivery, em?: EntityManager): Promise<Keeping> => {
      const [isNew] = em ? await keepAll(em, [delivery]) : [await keepWithOthers(delivery)];
      if (isNew) return "new";
      const asked = [delivery.body, delivery.source, delivery.key];
      const [known] = await ask<{ same: boolean }>(em ?? orm.em.fork(), SAME, asked);
      return known?.same === false ? "altered" : "known";
    },
  };
};

/** A delivery and the message that it is worked on, as `KEEP` reads them. */
function rowOf({ topic, lane, requestId, body, heard, ...delivery }: Delivery, at: Date): object {
  const { key: bucket, ...pace } = handsOn(delivery.source);
  const message = { lane, topic, requestId, bucket, ...pace };
  return { at, body: body.toString("base64"), ...delivery, message, payload: heard ? { heard } : {} };
}

/** What arrives from outside is kept here, once, before it is acknowledged. */
export const createInbox = ({ orm, clock, lend = noHands }: Needs) => {
  const readWithOthers = together((ids: readonly string[]) =>
    ask<Row | { source: null }>(orm.em.fork(), READ, [JSON.stringify(ids)]),
  );
  return {
    ...keeping({ orm, clock, lend }),
    /** Keeps the beginning of a delivery that was rejected, sixty a minute at most, for people; nothing is done with it. */
    note: async (delivery: Delivery): Promise<void> => {
      const body = delivery.body.subarray(0, MOST_OF_REJECTED);
      await ask(orm.em.fork(), NOTE, values({ ...delivery, body }, clock()));
    },
    forgetRejected: async (before: Date): Promise<void> => {
      await inBatches(orm.em.fork(), FORGET_REJECTED, before);
    },
    /** What was said so long ago nobody disputes any more. Row and key stay, so that a late duplicate is still known as one. */
    forgetBodies: async (before: Date): Promise<void> => {
      await inBatches(orm.em.fork(), FORGET_BODIES, before);
    },
    /** Slack's response addresses are good for thirty minutes and are kept no longer; the keys stay. */
    forgetOld: async (before: Date): Promise<void> => {
      await ask(orm.em.fork(), FORGET, [before]);
    },
    read: async (id: string): Promise<Kept> => {
      const row = await readWithOthers(id);
      if (row.source === null) throw new Error(`inbox ${id} is not there`);
      return { ...row, receivedAt: new Date(row.receivedAt) };
    },
  };
};

export type Inbox = ReturnType<typeof createInbox>;

const FORGET_REJECTED = `
with gone as (
  delete from inbox where id in (
    select id from inbox where verdict = 'rejected' and received_at < ? limit ${BATCH} for update skip locked
  ) returning id
)
select count(*)::int as count from gone`;

const FORGET_BODIES = `
with gone as (
  update inbox set body = '', headers = '{}' where id in (
    select id from inbox where body <> '' and verdict = 'verified' and received_at < ? limit ${BATCH} for update skip locked
  ) returning id
)
select count(*)::int as count from gone`;

/** What is still waiting to be done is kept until it is done. */
const FORGET = `
update inbox set body = '' where source = 'slack' and received_at < ? and body <> '' and not exists (
  select from outbox_job where state = 'ready' and topic = 'slack_delivery' and (payload ->> 'inbox')::bigint = inbox.id
)`;

const values = (delivery: Delivery, now: Date): unknown[] => [
  delivery.source,
  delivery.key,
  now,
  JSON.stringify(delivery.headers),
  delivery.body,
  delivery.verdict,
  delivery.subject ?? null,
];
