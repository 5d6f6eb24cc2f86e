import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startPostgres } from "../../src/embedded/embedded.ts";

type Holder = { process: ChildProcess; adopted: boolean; url: string };

let parent: string;
let folder: string;
const processes: ChildProcess[] = [];

/** Making a database is most of the work, so one is made for all and copied. Many processes: a busy machine needs time. */
let made: string;
const PATIENT = { timeout: 60_000 };

beforeAll(async () => {
  made = mkdtempSync(join(tmpdir(), "embedded-postgres-made-"));
  chmodSync(made, 0o755);
  await (await startPostgres(join(made, "postgres"))).stop();
});
afterAll(() => rmSync(made, { recursive: true }));

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "embedded-postgres-"));
  chmodSync(parent, 0o755);
  folder = join(parent, "postgres");
});

afterEach(async () => {
  for (const child of processes.splice(0)) child.kill("SIGKILL");
  await expect.poll(serverRuns, { timeout: 20_000 }).toBe(false);
  rmSync(parent, { recursive: true });
});

const useMade = (): unknown => execFileSync("cp", ["-a", join(made, "postgres"), folder]);
const serverRuns = (): boolean => existsSync(join(folder, "data", "postmaster.pid"));

async function hold(): Promise<Holder> {
  const child = spawn("node", ["test/fixtures/holder.ts", folder], { stdio: ["pipe", "pipe", "inherit"] });
  processes.push(child);
  const [line] = await once(child.stdout, "data");
  return { process: child, ...JSON.parse(String(line)) };
}

async function run(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<Record<string, unknown>>(sql);
  await client.end();
  return rows;
}

const die = async ({ process: child }: Holder): Promise<void> => {
  child.kill("SIGKILL");
  await once(child, "exit");
};

const stop = async ({ process: child }: Holder): Promise<void> => {
  child.stdin?.write("stop\n");
  await once(child, "exit");
};

describe("a folder nobody has used", PATIENT, () => {
  test("a server is made and started in it, and stopping it is clean", async () => {
    const holder = await hold();
    expect(holder.adopted).toBe(false);
    expect(await run(holder.url, "select 1 as one")).toEqual([{ one: 1 }]);
    await stop(holder);
    expect(serverRuns()).toBe(false);
  });

  test("four processes that start at once share one server", async () => {
    const holders = await Promise.all([hold(), hold(), hold(), hold()]);
    expect(new Set(holders.map(({ url }) => url)).size).toBe(1);
    expect(readdirSync(parent)).toEqual(["postgres"]);
  });
});

describe("the server belongs to whoever needs it", PATIENT, () => {
  beforeEach(useMade);

  test("a second process adopts it, and it outlives the first, even by kill -9", async () => {
    const first = await hold();
    const second = await hold();
    expect(second).toMatchObject({ adopted: true, url: first.url });

    await die(first);
    await sleep(500); // ten times what a shutdown takes
    expect(await run(second.url, "select 1 as one")).toEqual([{ one: 1 }]);
  });

  test("when the last holder is killed with -9 the server shuts down by itself", async () => {
    const first = await hold();
    const second = await hold();
    await die(second);
    await die(first);
    await expect.poll(serverRuns, { timeout: 5000 }).toBe(false);
  });

  test("a process that starts while the old server is stopping waits for its end and starts another", async () => {
    await die(await hold());
    expect((await hold()).adopted).toBe(false);
  });
});

test("what was committed survives a server killed with -9", PATIENT, async () => {
  useMade();
  const first = await hold();
  await run(first.url, "create table money (minor bigint); insert into money values (9007199254740993)");
  process.kill(Number(readFileSync(join(folder, "data", "postmaster.pid"), "utf8").split("\n")[0]), "SIGKILL");

  const second = await hold();
  expect(second.adopted).toBe(false);
  expect(await run(second.url, "select minor from money")).toEqual([{ minor: "9007199254740993" }]);
});

test("a lock file that names a living process which is no server holds nothing up", PATIENT, async () => {
  useMade();
  // The server and that process belong to the same user then, also where we are root.
  chmodSync(parent, 0o700);
  execFileSync("chown", ["-R", `${process.getuid?.()}`, folder]);
  await die(await hold());
  await expect.poll(serverRuns, { timeout: 5000 }).toBe(false);
  const stale = [process.pid, join(folder, "data"), 1, 1, "", "127.0.0.1", "  1  1", "starting"].join("\n");
  writeFileSync(join(folder, "data", "postmaster.pid"), `${stale}\n`);
  chownSync(join(folder, "data", "postmaster.pid"), statSync(folder).uid, statSync(folder).gid);

  const holder = await hold();
  expect(holder.adopted).toBe(false);
  expect(await run(holder.url, "select 1 as one")).toEqual([{ one: 1 }]);
});

describe("a folder that is not as it should be", PATIENT, () => {
  test("one that is used for something else is left alone, with a sentence", async () => {
    mkdirSync(folder);
    writeFileSync(join(folder, "diary.txt"), "mine");
    await expect(startPostgres(folder)).rejects.toThrow(/is in use for something else.*DATABASE_URL/);
    expect([readdirSync(parent), readdirSync(folder)]).toEqual([["postgres"], ["diary.txt"]]);
  });

  test("one that has lost its password says so", async () => {
    useMade();
    rmSync(join(folder, "password"));
    await expect(startPostgres(folder)).rejects.toThrow(/has lost password: restore it/);
  });

  test("one that cannot be started tells what PostgreSQL said", async () => {
    useMade();
    writeFileSync(join(folder, "data", "PG_VERSION"), "12\n");
    await expect(startPostgres(folder)).rejects.toThrow(/does not start.*database files are incompatible/s);
  });

  test("what a start that was killed long ago left beside it is cleared away, and nothing younger", async () => {
    const [old, young] = [`${folder}.new-old`, `${folder}.new-young`];
    for (const path of [old, young]) mkdirSync(path);
    utimesSync(old, new Date(0), new Date(0));
    await hold();
    expect(readdirSync(parent)).toEqual(["postgres", "postgres.new-young"]);
  });
});

test.runIf(process.getuid?.() === 0)(
  "root uses a namespace where nobody cannot reach the folder",
  PATIENT,
  async () => {
    chmodSync(parent, 0o700);
    const holder = await hold();
    expect(statSync(folder).uid).toBe(0);
    await die(holder);
    await expect.poll(serverRuns, { timeout: 5000 }).toBe(false);
  },
);
