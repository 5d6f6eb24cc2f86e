import type { EntityManager, MikroORM } from "@mikro-orm/postgresql";
import type { Clock } from "../ports.ts";
import type { Bucket } from "./outbox/send.ts";

/** Something that arrived: the exact bytes, and the lane in which it is worked on. */
export type Delivery = {
  readonly source: string;
  /** The same however often it is delivered: it is kept once. */
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** What was known of its signature when it was kept. */
  readonly verdict: "verified" | "rejected";
  readonly topic: string;
  readonly lane: string;
  readonly requestId: string;
};

export type Kept = Pick<Delivery, "source" | "key" | "headers" | "body"> & { readonly receivedAt: Date };

/** Times come as texts from statements of our own: MikroORM parses only the columns of its entities. */
type Row = Omit<Kept, "receivedAt"> & { readonly receivedAt: string };

const HANDS_ON: Bucket = { key: "intake", intervalMs: 0, burst: 1 };

/**
 * One statement: the delivery is stored and its work is queued, or it was here before. Whoever delivers is answered after
 * this has committed, never before.
 */
const KEEP = `
with kept as (
  insert into inbox (source, key, received_at, headers, body, verdict) values (?, ?, ?, ?::jsonb, ?, ?)
  on conflict (source, key) do nothing returning id
)
select kept.id, outbox_send(jsonb_build_array(?::jsonb || jsonb_build_object('payload', jsonb_build_object('inbox', kept.id))))
from kept`;

/** What is only noted: rejected deliveries run nothing. */
const NOTE = `
insert into inbox (source, key, received_at, headers, body, verdict) values (?, ?, ?, ?::jsonb, ?, ?)
on conflict (source, key) do nothing returning id`;

/** What arrives from outside is kept here, once, before it is acknowledged. */
export const createInbox = ({ orm, clock }: { readonly orm: MikroORM; readonly clock: Clock }) => ({
  /** True: it is new. False: it was kept before. */
  keep: async (delivery: Delivery, em: EntityManager = orm.em.fork()): Promise<boolean> => {
    const { topic, lane, requestId } = delivery;
    const message = {
      lane,
      topic,
      requestId,
      bucket: HANDS_ON.key,
      intervalMs: HANDS_ON.intervalMs,
      burst: HANDS_ON.burst,
    };
    const rows = await em.execute<unknown[]>(KEEP, [...values(delivery, clock()), JSON.stringify(message)]);
    return rows.length > 0;
  },
  /** Keeps a delivery that was rejected, for people; nothing is done with it. */
  note: async (delivery: Delivery): Promise<void> => {
    await orm.em.fork().execute(NOTE, values(delivery, clock()));
  },
  /** Slack's response addresses are good for thirty minutes and are kept no longer; the keys stay. */
  forgetOld: async (before: Date): Promise<void> => {
    await orm.em
      .fork()
      .execute(`update inbox set body = '' where source = 'slack' and received_at < ? and body <> ''`, [before]);
  },
  read: async (id: string): Promise<Kept> => {
    const [row] = await orm.em
      .fork()
      .execute<Row[]>('select source, key, headers, body, received_at as "receivedAt" from inbox where id = ?', [id]);
    if (!row) throw new Error(`inbox ${id} is not there`);
    return { ...row, receivedAt: new Date(row.receivedAt) };
  },
});

export type Inbox = ReturnType<typeof createInbox>;

const values = (delivery: Delivery, now: Date): unknown[] => [
  delivery.source,
  delivery.key,
  now,
  JSON.stringify(delivery.headers),
  delivery.body,
  delivery.verdict,
];
