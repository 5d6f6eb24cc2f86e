import { setTimeout as sleep } from "node:timers/promises";
import { MikroORM, type EntityManager } from "@mikro-orm/postgresql";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ormConfig } from "../../src/store/orm-config.ts";
import { send, sendAll, type Message } from "../../src/store/outbox/send.ts";
import { SETTLE, TURN_OVER } from "../../src/store/outbox/statements.ts";
import { sweepOutbox } from "../../src/store/outbox/sweep.ts";
import { step } from "../delivery/at-work.ts";
import { freshDatabase } from "../fresh-database.ts";

let orm: MikroORM;
let pool: pg.Pool;

beforeAll(async () => {
  const url = await freshDatabase();
  orm = await MikroORM.init(ormConfig(url));
  pool = new pg.Pool({ connectionString: url });
});
beforeEach(() => pool.query("truncate outbox_job, outbox_lane, outbox_bucket, outbox_key"));
afterAll(async () => {
  await pool.end();
  await orm.close();
});

const LOCK_WAITS = "pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
type Claim = { id: string; lane: string; lease: string; payload: { step: number }; attempts: number };

const inTransaction = <T>(work: (em: EntityManager) => Promise<T>): Promise<T> => orm.em.fork().transactional(work);
const sendEach = (...messages: Message[]) => inTransaction((em) => sendAll(em, messages));
const count = async (table: string): Promise<number> => (await pool.query(`select from ${table}`)).rowCount ?? 0;
const steps = async (lane: string): Promise<number[]> => {
  const { rows } = await pool.query("select payload from outbox_job where lane = $1 order by id", [lane]);
  return rows.map(({ payload }) => payload.step);
};

type Turn = Claim & Record<"reached" | "settled", readonly string[]> & { nextMs: number | null };
const turnOver = async (done: readonly Claim[], { now = null as Date | null, lease = 5, hands = 9, most = 9 } = {}) => {
  const finished = JSON.stringify(done.map((job) => ({ ...job, attempts: 1 })));
  const { rows } = await pool.query<Turn>(TURN_OVER, [now, lease, hands, most, finished]);
  const { reached = [], settled = [], nextMs = null }: Partial<Turn> = rows[0] ?? {};
  const jobs = rows.map(({ reached: _r, settled: _s, nextMs: _n, ...job }): Claim => job);
  return { reached, settled, nextMs, claimed: jobs.filter(({ id }) => id !== null) };
};
const claim = async (how: Parameters<typeof turnOver>[1] = {}) => (await turnOver([], how)).claimed;
const settle = async (job: Claim | undefined, outcome = "done", now: Date | null = null): Promise<boolean> => {
  const values = [now, job?.lane, job?.id, job?.lease, outcome, 1, 60, outcome === "done" ? null : "it said no"];
  return (await pool.query(SETTLE, values)).rows[0].settled;
};
const next = async (now: Date | null = null) => (await turnOver([], { now, hands: 0 })).nextMs;

describe("sending is part of the transaction", () => {
  test("nobody sees it before the commit, and a rollback takes it back", async () => {
    const rolledBack = inTransaction(async (em) => {
      await send(em, step("a", 1, { dedupeKey: "once" }));
      expect(await count("outbox_job")).toBe(0);
      throw new Error("no");
    });
    await expect(rolledBack).rejects.toThrow("no");
    expect(await count("outbox_job")).toBe(0);
    expect(await sendEach(step("a", 1, { dedupeKey: "once" }))).toEqual([true]);
  });

  test("outside of one it is refused", async () => {
    await expect(send(orm.em.fork(), step("a", 1))).rejects.toThrow("inside em.transactional");
  });

  test("what was sent is what is claimed", async () => {
    await sendEach(step("a1", 7, { dedupeKey: "k", requestId: "req-9", payload: { step: 7, name: "Գոռ ' \" 🧾" } }));
    expect(await claim()).toEqual([
      {
        id: expect.any(String),
        idempotencyKey: expect.stringMatching(/^[0-9a-f-]{36}$/),
        lane: "a1",
        bucket: "a",
        topic: "tell",
        payload: { step: 7, name: "Գոռ ' \" 🧾" },
        attempts: 0,
        dedupeKey: "k",
        requestId: "req-9",
        lease: expect.any(String),
      },
    ]);
  });
});

describe("a dedupe key", () => {
  test("is sent once, also by four transactions at once and in another lane", async () => {
    const once = (lane: string) => inTransaction((em) => send(em, step(lane, 1, { dedupeKey: "receipt:vpos-77" })));
    const sent = await Promise.all([once("a"), once("b"), once("a"), once("c")]);
    expect(sent.filter(Boolean)).toHaveLength(1);
    expect(await once("a")).toBe(false);
    expect(await count("outbox_job")).toBe(1);
  });

  test("of many messages the answer tells which were new, and the first of two equal keys wins", async () => {
    await sendEach(step("a", 1, { dedupeKey: "old" }));
    const sent = await sendEach(
      step("c", 2, { dedupeKey: "twice" }),
      step("b", 3, { dedupeKey: "old" }),
      step("a", 4),
      step("b", 5, { dedupeKey: "twice" }),
      step("a", 6),
    );
    expect(sent).toEqual([true, false, true, false, true]);
    expect([await steps("a"), await steps("b"), await steps("c")]).toEqual([[1, 4, 6], [], [2]]);
  });

  test("is honoured after its job was swept away", async () => {
    await sendEach(step("a", 1, { dedupeKey: "k" }), step("b", 1), step("c", 1));
    const jobs = await claim();
    await settle(jobs.find(({ lane }) => lane === "a"));
    await settle(
      jobs.find(({ lane }) => lane === "b"),
      "dead",
    );

    expect(await sweepOutbox(orm.em.fork(), new Date(Date.now() - 60_000))).toBe(0);
    expect(await sweepOutbox(orm.em.fork(), new Date(Date.now() + 60_000))).toBe(1);
    const { rows } = await pool.query("select lane, state from outbox_job order by lane");
    expect(rows).toEqual([
      { lane: "b", state: "dead" },
      { lane: "c", state: "ready" },
    ]);
    expect((await pool.query("select key from outbox_lane")).rows).toEqual([{ key: "c" }]);
    expect(await sendEach(step("a", 1, { dedupeKey: "k" }), step("a", 2))).toEqual([false, true]);
    expect((await claim()).map(({ payload }) => payload.step)).toEqual([2]);
  });
});

describe("transactions that use the same lanes", () => {
  test("keep the order of the commits, whoever began first", async () => {
    await sendEach(step("a", 1));
    const began = Promise.withResolvers<void>();
    const sent = Promise.withResolvers<void>();
    const early = inTransaction(async (em) => {
      await em.execute("select 1");
      began.resolve();
      await sent.promise;
      await send(em, step("a", 3)); // waits here for the lane
    });
    await began.promise;
    await inTransaction(async (em) => {
      await send(em, step("a", 2));
      sent.resolve();
      await sleep(100);
    });
    await early;
    expect(await steps("a")).toEqual([1, 2, 3]);
  });

  const inLane = (name: string, salt: string) =>
    step(name, 1, { bucket: { key: `b${salt}`, intervalMs: 0, burst: 1 } });
  const withKey = (name: string, salt: string) => step(`${salt}${name}`, 1, { dedupeKey: name });
  const inNewBucket = (name: string, salt: string) =>
    step(`${salt}${name}`, 1, { bucket: { key: name, intervalMs: 0, burst: 1 } });

  test.each([
    ["lanes", inLane],
    ["keys", withKey],
    ["buckets", inNewBucket],
  ])("do not deadlock when their %s cross", async (_what, one) => {
    const waiting = async (many: number): Promise<void> => {
      await expect.poll(() => count(LOCK_WAITS), { interval: 10, timeout: 5000 }).toBe(many);
    };
    let crossing: Promise<unknown> | undefined;
    await inTransaction(async (em) => {
      await send(em, one("m", "0")); // both wait for this one, with what they have locked so far in hand
      const first = sendEach(one("a", "1"), one("m", "1"), one("b", "1"));
      await waiting(1);
      crossing = Promise.all([first, sendEach(one("b", "2"), one("m", "2"), one("a", "2"))]);
      await waiting(2);
    });
    await crossing;
    expect(await count("outbox_job")).toBe(one === withKey ? 3 : 7);
  });
});

describe("a claim", () => {
  test("takes the first job of each lane and leaves the lane to its worker until it is settled", async () => {
    await sendEach(step("a1", 1), step("a1", 2), step("a2", 3));
    const first = await claim();
    expect(first.map(({ payload }) => payload.step)).toEqual([1, 3]);
    expect(await claim()).toEqual([]);
    expect(await settle(first[0])).toBe(true);
    expect((await claim()).map(({ payload }) => payload.step)).toEqual([2]);
  });

  test("finds a job whose sender committed while the job before it was being settled", async () => {
    await sendEach(step("a", 1));
    const [first] = await claim();
    let settled: Promise<boolean> | undefined;
    await inTransaction(async (em) => {
      await send(em, step("a", 2));
      settled = settle(first);
      await expect.poll(() => count(LOCK_WAITS)).toBeGreaterThan(0);
    });
    expect(await settled).toBe(true);
    expect((await claim()).map(({ payload }) => payload.step)).toEqual([2]);
  });

  test("counts a try whose worker was lost, and takes its result from nobody else", async () => {
    await sendEach(step("a", 1));
    const [lost] = await claim({ lease: 0 });
    const [again] = await claim();
    expect(again).toMatchObject({ id: lost?.id, attempts: 1 });
    expect(await settle(lost)).toBe(false);
    expect(await count("outbox_job where state = 'ready'")).toBe(1);
    expect(await settle(again)).toBe(true);
  });

  test("takes a scheduled job when its time has come by the clock it is given, and not before", async () => {
    const noon = new Date("2030-01-01T12:00:00Z");
    const before = new Date(noon.getTime() - 1500);
    await sendEach(step("a", 1, { runAt: noon }), step("a", 2), step("b", 3));
    const [unscheduled, ...rest] = await claim({ now: new Date("2001-01-01") });
    expect([unscheduled?.lane, rest]).toEqual(["b", []]); // no clock makes it wait
    expect(await claim({ now: before })).toEqual([]);
    expect(await next(before)).toBe(1500);
    expect((await claim({ now: noon })).map(({ payload }) => payload.step)).toEqual([1]);
  });

  test("leaves a bucket alone that has all it may have in hand", async () => {
    await sendEach(step("a1", 1), step("a2", 1), step("a3", 1), step("b1", 1));
    const lanes = async () => (await claim({ most: 2 })).map(({ lane }) => lane).toSorted();
    expect(await lanes()).toEqual(["a1", "a2", "b1"]);
    expect(await lanes()).toEqual([]);
  });
});

describe("a bucket with a pace", () => {
  const pace = { bucket: { key: "x", intervalMs: 60_000, burst: 3 } };
  const five = ["x1", "x2", "x3", "x4", "x5"].map((lane) => step(lane, 1, pace));

  test("lets the burst through at once, and then one every interval", async () => {
    await sendEach(...five);
    expect(await claim()).toHaveLength(3);
    expect(await claim()).toHaveLength(0);
    expect(await next()).toBeGreaterThan(55_000);
    await pool.query("update outbox_bucket set full_at = full_at - interval '1 minute'");
    expect(await claim()).toHaveLength(1);
    expect(await claim()).toHaveLength(0);
  });

  test("takes the pace of its newest sender", async () => {
    await sendEach(...five);
    expect(await claim()).toHaveLength(3);
    await sendEach(step("x9", 1, { bucket: { key: "x", intervalMs: 0, burst: 1 } }));
    await pool.query("update outbox_bucket set full_at = now()");
    expect(await claim()).toHaveLength(3);
  });

  test("is closed for a while by a deferral, and no other bucket is", async () => {
    const now = new Date("2030-01-01T12:00:00Z");
    await sendEach(step("a1", 1), step("a2", 2), step("b1", 3));
    const [job] = await claim({ now, hands: 1 });
    await settle(job, "deferred", now);
    expect((await claim({ now })).map(({ lane }) => lane)).toEqual(["b1"]);
    expect(await next(now)).toBe(60_000);
    expect(await claim({ now: new Date(now.getTime() + 59_000) })).toEqual([]);
    expect((await claim({ now: new Date(now.getTime() + 60_000) })).map(({ lane }) => lane)).toEqual(["a1", "a2"]);
  });
});

describe("what is done is handed back in the statement that takes what comes next", () => {
  test("a lane goes on with its next job at once", async () => {
    await sendEach(step("turn", 1), step("turn", 2), step("turned", 1));
    const first = await claim();
    const { settled, claimed } = await turnOver(first);
    expect(settled.toSorted()).toEqual(first.map(({ id }) => id).toSorted());
    expect(claimed.map(({ lane, payload }) => [lane, payload["step"]])).toEqual([["turn", 2]]);
  });

  test("what somebody else holds by now is not handed back, and what is with it is", async () => {
    await sendEach(step("taken", 1), step("kept", 1));
    const [taken, kept] = (await claim({ lease: 5 })).toSorted((a, b) => (a.lane > b.lane ? -1 : 1));
    await pool.query("update outbox_lane set lease_until = '-infinity' where key = 'taken'");
    const [anew] = await claim();
    const { settled, claimed } = await turnOver([taken, kept].flatMap((one) => one ?? []));
    expect([settled, claimed]).toEqual([[kept?.id], []]);
    expect(await settle(anew)).toBe(true);
  });

  test("copies of the service that hand back and send to the same lanes do not deadlock", async () => {
    const lanes = Array.from({ length: 20 }, (_, number) => `busy${number}`);
    const work = async (): Promise<number> => {
      let served = 0;
      for (let done: readonly Claim[] = []; served < 200;) {
        const { reached, settled, claimed } = await turnOver(done, { hands: Math.max(0, 8 - done.length), most: 100 });
        served += settled.length;
        for (const job of done) if (!reached.includes(job.id)) served += Number(await settle(job));
        done = claimed;
        await sendEach(...lanes.toSorted(() => Math.random() - 0.5).map((lane) => step(lane, served)));
      }
      for (const one of await claim()) await settle(one);
      return served;
    };
    expect(Math.min(...(await Promise.all([work(), work(), work()])))).toBeGreaterThanOrEqual(200);
  });
});
