import { spawn, type ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { MikroORM } from "@mikro-orm/postgresql";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { DeadJob, Job } from "../../src/delivery/job.ts";
import type { WorkerOptions } from "../../src/delivery/options.ts";
import type { OutboxWorker } from "../../src/delivery/worker.ts";
import { ormConfig } from "../../src/store/orm-config.ts";
import { sendAll, type Message } from "../../src/store/outbox/send.ts";
import { freshDatabase } from "../fresh-database.ts";
import { emptyOutbox, given, numbers, refuse, SOON, startWork, step } from "./at-work.ts";

let url: string;
let orm: MikroORM;
let pool: pg.Pool;
const workers: OutboxWorker[] = [];
const processes: ChildProcess[] = [];

beforeAll(async () => {
  url = await freshDatabase();
  orm = await MikroORM.init(ormConfig(url));
  pool = new pg.Pool({ connectionString: url });
  await pool.query("create table delivered (id bigserial primary key, lane text, step int)");
});
beforeEach(() => emptyOutbox(pool));
afterEach(async () => {
  for (const child of processes.splice(0)) child.kill("SIGKILL");
  await Promise.all(workers.splice(0).map((worker) => worker.stop()));
});
afterAll(async () => {
  await pool.end();
  await orm.close();
});

const sendEach = (...messages: Message[]) => orm.em.fork().transactional((em) => sendAll(em, messages));
const count = async (table: string): Promise<number> => (await pool.query(`select from ${table}`)).rowCount ?? 0;
const jobs = async (columns: string) => (await pool.query(`select ${columns} from outbox_job order by id`)).rows;
const ended = async (enough: number): Promise<void> => {
  await expect.poll(() => count("outbox_job where state <> 'ready'"), SOON).toBe(enough);
};
const atWork = (how: Partial<WorkerOptions> = {}) => {
  const work = startWork(url, how);
  workers.push(work.worker);
  return work;
};

describe("a lane keeps its order", () => {
  test("of what one transaction sent, and a job knows who asked for it", async () => {
    await sendEach(...[1, 2, 3, 4, 5, 6].map((number) => step("a", number, { requestId: `req-${number}` })));
    const { seen } = atWork();
    await given(seen, 6);
    expect(numbers(seen)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(seen[2]).toMatchObject({ requestId: "req-3", attempts: 0, dedupeKey: null, lane: "a", bucket: "a" });
  });

  test("a job that fails is tried again before the next one, under one idempotency key, and buried after the last try", async () => {
    await sendEach(step("a", 1), step("a", 2));
    const fail = async ({ payload }: Job) => {
      if (payload["step"] === 1) throw new Error("the other side said 500");
    };
    const { seen, dead } = atWork({ handle: fail });
    await ended(2);
    expect(numbers(seen)).toEqual([1, 1, 1, 2]);
    expect(new Set(seen.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(2);
    expect(await jobs("state, attempts, last_error")).toEqual([
      { state: "dead", attempts: 3, last_error: "Error: the other side said 500" },
      { state: "done", attempts: 1, last_error: null },
    ]);
    await expect.poll(() => dead, SOON).toMatchObject([{ attempts: 3, lastError: "Error: the other side said 500" }]);
  });

  test("a job that cannot succeed is buried after one try", async () => {
    await sendEach(step("a", 1));
    atWork({ handle: refuse({ again: false }) });
    await ended(1);
    expect(await jobs("state, attempts")).toEqual([{ state: "dead", attempts: 1 }]);
  });

  test("under three workers that fail and are killed with -9, and nothing is lost", { timeout: 30_000 }, async () => {
    const LANES = ["a", "b", "c", "d", "e", "f"];
    const STEPS = 12;
    for (let number = 1; number <= STEPS; number++) await sendEach(...LANES.map((lane) => step(lane, number)));
    const start = () => {
      const child = spawn("node", ["test/fixtures/outbox-worker.ts", url], { stdio: ["ignore", "ignore", "inherit"] });
      processes.push(child);
      return child;
    };
    const three = [start(), start(), start()];
    for (const [index, child] of three.entries()) {
      await expect.poll(() => count("delivered"), { timeout: 10_000, interval: 5 }).toBeGreaterThan(index * 15);
      child.kill("SIGKILL");
      start();
    }
    await expect.poll(() => count("outbox_job where state = 'ready'"), { timeout: 20_000 }).toBe(0);

    const { rows } = await pool.query<{ steps: number[] }>(
      "select array_agg(step order by id) as steps from delivered group by lane",
    );
    // At least once: a step may come twice when its worker died between delivering and settling. Never out of order.
    expect(rows.map(({ steps }) => steps.toSorted((a, b) => a - b))).toEqual(rows.map(({ steps }) => steps));
    expect(rows.map(({ steps }) => new Set(steps).size)).toEqual(LANES.map(() => STEPS));
    expect(await count("outbox_job where state = 'done'")).toBe(LANES.length * STEPS);
  });
});

describe("a lease", () => {
  test("is renewed while a handler works, so that nobody takes the lane over", async () => {
    await sendEach(step("a", 1));
    const slow = () => sleep(1500);
    const pair = [atWork({ handle: slow, leaseSeconds: 0.5 }), atWork({ handle: slow, leaseSeconds: 0.5 })];
    await ended(1);
    expect(pair.flatMap(({ seen, trouble }) => [...seen.map(() => "given"), ...trouble])).toEqual(["given"]);
    expect(await jobs("state, attempts")).toEqual([{ state: "done", attempts: 1 }]);
  });

  test("is let go when a handler takes too long: its signal aborts, the next try counts both, the late result does not", async () => {
    await sendEach(step("a", 1));
    const aborted: boolean[] = [];
    const stuckAtFirst = async ({ attempts }: Job, signal: AbortSignal) => {
      if (attempts > 0) return;
      await expect.poll(() => count("outbox_job where state = 'done'"), SOON).toBe(1);
      aborted.push(signal.aborted);
    };
    const { seen, trouble } = atWork({ handle: stuckAtFirst, leaseSeconds: 0.15, handleSeconds: 0.1 });
    await expect.poll(() => trouble.join(), SOON).toContain("taken over before the result was stored");
    expect(trouble[0]).toContain("did not end within 0.1 s");
    expect([seen.length, aborted]).toEqual([2, [true]]);
    expect(await jobs("state, attempts")).toEqual([{ state: "done", attempts: 2 }]);
  });

  test("that somebody else has taken over tells the handler to give up", async () => {
    await sendEach(step("a", 1));
    const untilAborted = (_: Job, signal: AbortSignal) =>
      new Promise<void>((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    const { seen, trouble } = atWork({ handle: untilAborted, leaseSeconds: 0.3 });
    await given(seen, 1);
    await pool.query("update outbox_lane set lease_id = gen_random_uuid(), lease_until = now() + interval '1 hour'");
    await expect
      .poll(() => trouble, SOON)
      .toEqual([expect.stringContaining("taken over before the result was stored")]);
    expect(await jobs("state, attempts")).toEqual([{ state: "ready", attempts: 0 }]);
  });

  test("of the last try runs out: the job is buried unseen, since it may be what kills its workers", async () => {
    await sendEach(step("a", 1));
    await pool.query("update outbox_job set attempts = 2");
    await pool.query("select from outbox_claim(null, 0, 1, 1)");
    const { seen, dead } = atWork();
    await expect.poll(() => dead.length, SOON).toBe(1);
    expect([seen, dead[0]?.lastError]).toEqual([[], expect.stringContaining("may have had its effect")]);
  });
});

describe("a bucket", () => {
  test("lets its burst through and then keeps its distance, while its lanes take turns", async () => {
    const bucket = { key: "x", intervalMs: 100, burst: 2 };
    const at: number[] = [];
    const six = [1, 2].flatMap((number) => ["x1", "x2", "x3"].map((lane) => step(lane, number, { bucket })));
    const began = performance.now();
    await sendEach(...six);
    const { seen } = atWork({ handle: async () => void at.push(performance.now() - began) });
    await given(seen, 6);
    const early = at.filter((ms, index) => ms < (index - 1) * 100);
    expect([early, (at[1] ?? 0) - (at[0] ?? 0) < 90]).toEqual([[], true]);
    expect(new Set(seen.slice(0, 3).map(({ lane }) => lane)).size).toBe(3);
  });

  test("that is told to wait pauses alone, and no try of it counts", async () => {
    let offset = 0;
    const start = Date.now();
    await sendEach(step("a1", 1), step("b1", 2));
    const busyUntilThen = async ({ bucket }: Job) => {
      if (bucket === "a" && offset === 0) await refuse({ retryAfterSeconds: 30 })();
    };
    const { worker, seen } = atWork({ handle: busyUntilThen, now: () => new Date(start + offset), attempts: () => 1 });
    await expect.poll(() => count("outbox_job where deferrals = 1"), SOON).toBe(1);
    await sendEach(step("a2", 3), step("b2", 4));
    await ended(2);
    expect(new Set(numbers(seen))).toEqual(new Set([1, 2, 4]));
    expect(await jobs("state, attempts, deferrals")).toContainEqual({ state: "ready", attempts: 0, deferrals: 1 });

    offset = 30_000;
    worker.wake();
    await ended(4);
    expect(await count("outbox_job where state = 'done' and attempts = 1")).toBe(4);
  });
});

test("a scheduled job runs when a test has moved the clock, or by itself when its time comes", async () => {
  let now = new Date("2030-01-01T00:00:00Z");
  await sendEach(step("tomorrow", 1, { runAt: new Date("2030-01-02T00:00:00Z") }), step("now", 2));
  const { worker, seen } = atWork({ now: () => now });
  await given(seen, 1);
  now = new Date("2030-01-02T00:00:00Z");
  worker.wake();
  await given(seen, 2);
  await worker.stop();

  const due = Date.now() + 300;
  await sendEach(step("soon", 3, { runAt: new Date(due) }));
  const late: number[] = [];
  const real = atWork({ handle: async () => void late.push(Date.now() - due) });
  await given(real.seen, 1);
  expect(late[0]).toBeGreaterThanOrEqual(-5);
  expect(late[0]).toBeLessThan(1500); // the poll, were nothing else to wake it
});

describe("connections are cut", () => {
  test("the worker listens again, and what is sent then is delivered at once and not at the next poll", async () => {
    const { seen, trouble } = atWork();
    const listening = () => count("pg_stat_activity where datname = current_database() and query = 'listen outbox'");
    await expect.poll(listening, SOON).toBe(1);
    await pool.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and query = 'listen outbox'`);
    await expect.poll(() => trouble.length, SOON).toBeGreaterThan(0);
    await expect.poll(listening, SOON).toBe(1);

    const waits: number[] = [];
    for (const number of [1, 2, 3, 4]) {
      await sleep(300); // the poll has become slow by now
      const sent = performance.now();
      await sendEach(step("a", number));
      await given(seen, number);
      waits.push(performance.now() - sent);
    }
    expect(waits.toSorted((a, b) => a - b)[1]).toBeLessThan(150);
  });

  test("or a result cannot be stored at once: it is stored a little later, and nothing is delivered twice", async () => {
    await sendEach(step("a", 1));
    const { seen, trouble } = atWork({
      leaseSeconds: 5,
      handle: async () => void (await pool.query("alter function outbox_settle rename to outbox_away")),
    });
    await given(seen, 1);
    await sleep(150);
    await pool.query("alter function outbox_away rename to outbox_settle");
    await ended(1);
    expect([seen.length, trouble.filter((one) => !one.includes("outbox_settle")), await jobs("attempts")]).toEqual([
      1,
      [],
      [{ attempts: 1 }],
    ]);
  });
});

describe("somebody is told of the dead", () => {
  test("once, by whichever of two workers, also when the worker that buried them was killed while telling", async () => {
    const child = spawn("node", ["test/fixtures/outbox-worker.ts", url, "deadly"], { stdio: "ignore" });
    processes.push(child);
    await sendEach(step("a", 1));
    await expect.poll(() => count("delivered where lane = 'told'"), { timeout: 10_000 }).toBe(1);
    child.kill("SIGKILL");
    expect(await jobs("state, noted_at")).toEqual([{ state: "dead", noted_at: null }]);

    const told: DeadJob[] = [];
    const onDead = async (job: DeadJob) => {
      told.push(job);
      await sleep(400); // the other worker looks twice meanwhile
    };
    for (const leaseSeconds of [0.6, 0.6]) atWork({ leaseSeconds, onDead });
    await expect.poll(() => count("outbox_job where noted_at is not null"), SOON).toBe(1);
    await sleep(250);
    expect(told).toMatchObject([{ lane: "a", lastError: "Error: no such chat" }]);
  });

  test("again, when telling failed", async () => {
    await sendEach(step("a", 1));
    let calls = 0;
    const onDead = async () => {
      if (++calls === 1) throw new Error("the case could not be opened");
    };
    const { trouble } = atWork({ handle: refuse({ again: false }), onDead, leaseSeconds: 0.3 });
    await expect.poll(() => count("outbox_job where noted_at is not null"), SOON).toBe(1);
    expect([calls, trouble]).toEqual([2, ["Error: the case could not be opened"]]);
  });
});

describe("stopping", () => {
  test("takes nothing new and waits for what is in hand", async () => {
    await sendEach(step("a", 1), step("a", 2));
    const { worker, seen } = atWork({ handle: () => sleep(300) });
    await given(seen, 1);
    await worker.stop();
    expect(await jobs("state")).toEqual([{ state: "done" }, { state: "ready" }]);
    expect(seen).toHaveLength(1);
  });

  test("does not wait for ever: a handler that ignores its signal is left behind, and its job stays ours to deliver", async () => {
    await sendEach(step("a", 1));
    const stuck = Promise.withResolvers<void>();
    const { worker, seen, trouble } = atWork({ handle: () => stuck.promise, stopSeconds: 0.1 });
    await given(seen, 1);
    await worker.stop();
    expect(trouble).toEqual([expect.stringContaining("will be delivered again")]);
    expect(await jobs("state")).toEqual([{ state: "ready" }]);
    stuck.resolve();
  });
});
