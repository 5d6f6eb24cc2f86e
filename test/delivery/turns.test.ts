import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { WorkerOptions } from "../../src/delivery/options.ts";
import type { OutboxWorker } from "../../src/delivery/worker.ts";
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

const send = (by: Pick<pg.ClientBase, "query">, ...messages: Message[]) =>
  by.query("select outbox_send($1::jsonb)", [JSON.stringify(messages.map(rowOf))]);
const atWork = (how: Partial<WorkerOptions>) => {
  const work = startWork(url, how);
  workers.push(work.worker);
  return work;
};
const states = async () =>
  (await pool.query<{ state: string }>("select state from outbox_job order by id")).rows.map(({ state }) => state);

/** A transaction that has sent to lane `a` and does not end. */
async function senderWhoLingers(): Promise<pg.PoolClient> {
  const sender = await pool.connect();
  await sender.query("begin");
  await send(sender, step("a", 2));
  return sender;
}

describe("a sender lingers in the lane of a job that is done", () => {
  test("no other lane waits for it; when it has ended, the lane goes on where it was, and nothing comes twice", async () => {
    await send(pool, step("a", 1));
    const working = Promise.withResolvers<void>();
    const { seen, trouble } = atWork({ handle: async ({ lane }) => (lane === "a" ? working.promise : undefined) });
    await given(seen, 1);
    const sender = await senderWhoLingers();
    try {
      working.resolve();
      for (const number of [3, 4]) {
        await send(pool, step("b", number));
        await given(seen, number - 1);
      }
      await expect.poll(states, SOON).toEqual(["ready", "done", "done"]);
    } finally {
      await sender.query("commit");
      sender.release();
    }
    await expect.poll(states, SOON).toEqual(["done", "done", "done", "done"]);
    expect([numbers(seen), trouble]).toEqual([[1, 3, 4, 2], []]);
  });

  test("with one pair of hands, the next is not begun before they are free", async () => {
    await send(pool, step("a", 1), step("b", 3));
    const working = Promise.withResolvers<void>();
    const { seen } = atWork({ concurrency: 1, handle: () => working.promise });
    await given(seen, 1);
    const sender = await pool.connect();
    await sender.query("begin");
    await send(sender, step(seen[0]?.lane ?? "", 2));
    working.resolve();
    await expect
      .poll(async () => (await pool.query("select from outbox_lane where lease_id is not null")).rowCount, SOON)
      .toBe(1);
    expect(seen).toHaveLength(1);
    await sender.query("commit");
    sender.release();
    await given(seen, 3);
  });
});

test("to stop does not wait for ever for results that cannot be stored: they are left to their leases", async () => {
  await send(pool, step("a", 1), step("b", 2), step("c", 3), step("d", 4));
  const working = Promise.withResolvers<void>();
  const { worker, seen, trouble } = atWork({ stopSeconds: 0.1, handle: () => working.promise });
  await given(seen, 4);
  await pool.query("alter function outbox_settle rename to outbox_away");
  try {
    working.resolve();
    await expect.poll(() => trouble.length, SOON).toBeGreaterThan(0);
    const began = performance.now();
    await worker.stop();
    expect(performance.now() - began).toBeLessThan(1500);
  } finally {
    await pool.query("alter function outbox_away rename to outbox_settle");
  }
  expect(await states()).toEqual(["ready", "ready", "ready", "ready"]);
});
