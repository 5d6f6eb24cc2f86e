import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { WorkerOptions } from "../../src/delivery/options.ts";
import type { OutboxWorker } from "../../src/delivery/worker.ts";
import { type FreeHands, gripOf, type Lend, type Sent } from "../../src/store/outbox/hands.ts";
import { type Message, rowOf } from "../../src/store/outbox/send.ts";
import { freshDatabase } from "../fresh-database.ts";
import { emptyOutbox, given, numbers, SOON, startWork, step } from "./at-work.ts";

let url: string;
let pool: pg.Pool;
const workers: OutboxWorker[] = [];

beforeAll(async () => {
  url = await freshDatabase();
  pool = new pg.Pool({ connectionString: url });
  await pool.query("create table delivered ()");
});
beforeEach(() => emptyOutbox(pool));
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()));
});
afterAll(() => pool.end());

/** Nobody listens and a poll is far away: what is worked on within a moment was taken in hand. */
const atWork = (how: Partial<WorkerOptions> = {}) => {
  const work = startWork(url, how);
  workers.push(work.worker);
  return work;
};

const send = async (free: FreeHands, messages: readonly Message[]): Promise<Sent[]> => {
  const sql = "select sent, taken from outbox_send($1::jsonb, $2::int, $3::timestamptz, $4::float8, $5::int)";
  return (await pool.query<Sent>(sql, [JSON.stringify(messages.map(rowOf)), ...gripOf(free)])).rows;
};
/** Sends with the hands that are lent, and says which lanes were taken in hand. */
async function sendBy(lend: Lend, ...messages: Message[]): Promise<readonly string[]> {
  const rows = await lend(messages.length, (free) => send(free, messages));
  return rows.flatMap(({ taken }) => (taken ?? []).map(({ lane }) => lane));
}
const states = async () =>
  (await pool.query<{ state: string }>("select state from outbox_job order by id")).rows.map(({ state }) => state);

describe("a sender has free hands", () => {
  test("what is due at once is taken in hand with the sending, and its lane goes on in order", async () => {
    const { worker, seen } = atWork();
    const known = { requestId: "req-1", dedupeKey: "k" };
    expect(await sendBy(worker.lend, step("a", 1, known), step("a", 2), step("b", 3))).toEqual(["a", "b"]);
    await given(seen, 3);
    expect(numbers(seen.filter(({ lane }) => lane === "a"))).toEqual([1, 2]);
    expect(seen[0]).toMatchObject({ requestId: "req-1", dedupeKey: "k", attempts: 0, topic: "tell", bucket: "a" });
    await expect.poll(states, SOON).toEqual(["done", "done", "done"]);
    expect(await sendBy(worker.lend, step("a", 1, known))).toEqual([]);
  });

  test("what waits for its time, its pace or its lane's turn is not", async () => {
    const working = Promise.withResolvers<void>();
    const { worker, seen } = atWork({ handle: () => working.promise });
    await sendBy(worker.lend, step("a", 1));
    const soon = new Date(Date.now() + 60_000);
    const paced = { bucket: { key: "p", intervalMs: 60_000, burst: 1 } };
    expect(await sendBy(worker.lend, step("a", 2), step("b", 3, { runAt: soon }), step("c", 4, paced))).toEqual([]);
    await pool.query("insert into outbox_bucket values ('d', 0, 1, '-infinity', now() + interval '1 minute')");
    expect(await sendBy(worker.lend, step("d", 5))).toEqual([]);
    working.resolve();
    await given(seen, 3);
    expect(new Set(numbers(seen))).toEqual(new Set([1, 2, 4]));
  });

  test("of one bucket no more is taken with one sending than it may have, and a lane not past its first job's pace", async () => {
    const { worker } = atWork({ mostPerBucket: 2, handle: () => new Promise(() => {}), stopSeconds: 0.1 });
    const four = ["a1", "a2", "a3", "a4"].map((lane) => step(lane, 1));
    expect((await sendBy(worker.lend, ...four)).length).toBeLessThanOrEqual(2);
    const paced = { bucket: { key: "p", intervalMs: 60_000, burst: 1 } };
    expect(await sendBy(worker.lend, step("q", 1, paced), step("q", 2))).toEqual([]);
  });

  test("no more is taken than there are hands, nor than a bucket may have; the rest is claimed when there are", async () => {
    const working = Promise.withResolvers<void>();
    const { worker, seen } = atWork({ concurrency: 2, mostPerBucket: 1, handle: () => working.promise });
    const all = [step("a1", 1), step("b1", 2), step("c1", 3)];
    expect((await sendBy(worker.lend, ...all)).length).toBeLessThanOrEqual(2);
    await sendBy(worker.lend, step("d1", 4));
    expect(seen.length).toBeLessThanOrEqual(2);
    working.resolve();
    await given(seen, 4);
    const other = atWork({ concurrency: 4, mostPerBucket: 1, handle: () => new Promise(() => {}), stopSeconds: 0.1 });
    await sendBy(other.worker.lend, step("e1", 5));
    expect(await sendBy(other.worker.lend, step("e2", 6))).toEqual([]);
  });
});

describe("something happens between the commit and the work", () => {
  test("the sender dies: the lease runs out and another worker takes it, counting the try", async () => {
    const [row] = await send({ hands: 1, now: null, leaseSeconds: 0.2, mostPerBucket: 5 }, [step("a", 1)]);
    expect(row?.taken).toHaveLength(1);
    const { seen } = atWork();
    await given(seen, 1);
    expect(seen[0]).toMatchObject({ attempts: 1, lane: "a" });
  });

  test("the statement waits for somebody: the hands are free meanwhile, and to stop does not wait for it for ever", async () => {
    const { worker, seen } = atWork({ concurrency: 1, stopSeconds: 0.2 });
    const stuck = Promise.withResolvers<Sent[]>();
    const loan = { hands: 0 };
    const borrow = () =>
      worker.lend(1, (free) => {
        loan.hands = free.hands;
        return free.hands > 0 ? stuck.promise : Promise.resolve([]);
      });
    let sending = borrow();
    for (; loan.hands === 0; await sleep(5)) sending = borrow();
    await sendBy(worker.lend, step("a", 1));
    await given(seen, 1);
    await worker.stop();
    stuck.resolve([]);
    expect(await sending).toEqual([]);
  });

  test("it comes back when half of the lease is over: it is left to run out, and is not worked on twice", async () => {
    const { worker, seen } = atWork({ leaseSeconds: 0.4 });
    await worker.lend(1, async (free) => {
      const rows = await send(free, [step("a", 1)]);
      await sleep(300);
      return rows;
    });
    expect(seen).toEqual([]);
    await given(seen, 1);
    expect(seen[0]?.attempts).toBe(1);
  });

  test("the worker stops: what was taken meanwhile is still done, and afterwards nothing is lent", async () => {
    const { worker, seen } = atWork();
    const sending = Promise.withResolvers<void>();
    const taken = worker.lend(1, async (free) => {
      await sending.promise;
      return send(free, [step("a", 1)]);
    });
    const stopped = worker.stop();
    sending.resolve();
    expect((await taken)[0]?.taken).toHaveLength(1);
    await stopped;
    expect([numbers(seen), await states()]).toEqual([[1], ["done"]]);
    expect(await sendBy(worker.lend, step("b", 2))).toEqual([]);
  });

  test("the statement fails: the hands are free again", async () => {
    const { worker, seen } = atWork({ concurrency: 1 });
    await expect(worker.lend(1, () => Promise.reject(new Error("no database")))).rejects.toThrow("no database");
    // A claim has the only hand for a moment, now and then.
    let lanes = 0;
    const takesOne = (): Promise<readonly string[]> => sendBy(worker.lend, step(`a${(lanes += 1)}`, lanes));
    await expect.poll(takesOne, SOON).toHaveLength(1);
    await given(seen, lanes);
  });
});
