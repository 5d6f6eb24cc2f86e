import { join } from "node:path";
import { readFileSync } from "node:fs";
import pg from "pg";
import { startPostgres } from "../../src/embedded/embedded.ts";
import { migrateUp } from "../../src/store/migrations.ts";
import { closedLoop, type Event, type Load } from "./load.ts";
import { cpuMs, serverCpuMs } from "./processes.ts";
import { startFloor, startService, type Started } from "./service.ts";
import { paylink, SIGNING_SECRET, startSlackStub } from "./slack.ts";

/** Long enough for both to compile and for the database's sessions to keep their plans. */
const WARM_UP_S = 4;
const SERVICE_S = 4;
const FLOOR_S = 3;

export type Measured = Load & { readonly serviceCpu: number; readonly databaseCpu: number };
export type Row = { readonly clients: number; readonly floor: Measured; readonly service: Measured };
export type Issuing = {
  readonly rows: readonly Row[];
  readonly database: string;
  readonly startsMs: readonly number[];
};

/**
 * W1: a signed Slack command over HTTP, until its link, audit entry and reply are committed. The database tells of each
 * commit itself (a trigger that notifies), so nothing is counted that was only acknowledged.
 */
export async function issueLinks(folder: string, invoices: number, clients: readonly number[]): Promise<Issuing> {
  const postgres = await startPostgres(join(folder, "postgres"));
  const slack = await startSlackStub();
  const client = new pg.Client({ connectionString: postgres.url });
  const running: Started[] = [];
  try {
    await migrateUp(postgres.url);
    await client.connect();
    await fill(client, invoices);
    const commits = await hearCommits(client);
    const settings = { DATABASE_URL: postgres.url, SLACK_BOT_TOKEN: "xoxb-bench", SLACK_API_URL: slack.apiUrl };
    const start = () => startService(join(folder, "data"), { ...settings, SLACK_SIGNING_SECRET: SIGNING_SECRET });
    const startsMs: number[] = [];
    for (let again = 0; again < 3; again++) {
      await running.pop()?.stop();
      const started = await start();
      running.push(started);
      startsMs.push(started.readyMs);
    }
    const floor = await startFloor(await emptyDatabase(client, postgres.url), SIGNING_SECRET);
    const [service = floor] = running;
    running.push(floor);
    const postmaster = Number(readFileSync(join(folder, "postgres/data/postmaster.pid"), "utf8").split("\n")[0]);
    const rows = await measure({ service, floor, postmaster, commits, clients });
    return { rows, startsMs, database: await describe(client) };
  } finally {
    for (const one of running) await one.stop();
    await slack.stop();
    await client.end();
    await postgres.stop();
  }
}

type Stage = {
  readonly service: Started;
  readonly floor: Started;
  readonly postmaster: number;
  readonly commits: (number: string) => Promise<void>;
  readonly clients: readonly number[];
};

/** Floor and service take turns, so that a machine that grows busy is unfair to neither. */
async function measure({ service, floor, postmaster, commits, clients }: Stage): Promise<readonly Row[]> {
  let next = 0;
  const issue = async (client: number): Promise<Event> => {
    const number = `INV-${(next += 1)}`;
    const startedAt = performance.now();
    const committed = commits(number);
    const status = await paylink(service.address, number, client);
    if (status !== 200) throw new Error(`a command was answered ${status}`);
    const acknowledged = performance.now() - startedAt;
    await committed;
    return { acknowledged, committed: performance.now() - startedAt };
  };
  const least = async (client: number): Promise<Event> => {
    const startedAt = performance.now();
    const status = await paylink(floor.address, "INV-1", client);
    if (status !== 200) throw new Error(`the floor answered ${status}`);
    const took = performance.now() - startedAt;
    return { acknowledged: took, committed: took };
  };
  await closedLoop(20, WARM_UP_S, issue);
  await closedLoop(20, WARM_UP_S / 2, least);
  const rows: Row[] = [];
  for (const many of clients) {
    const under = await counted(floor.pid, postmaster, () => closedLoop(many, FLOOR_S, least));
    rows.push({
      clients: many,
      floor: under,
      service: await counted(service.pid, postmaster, () => closedLoop(many, SERVICE_S, issue)),
    });
  }
  return rows;
}

async function counted(pid: number, postmaster: number, work: () => Promise<Load>): Promise<Measured> {
  const before = [cpuMs(pid), serverCpuMs(postmaster)] as const;
  const load = await work();
  const after = [cpuMs(pid), serverCpuMs(postmaster)] as const;
  return {
    ...load,
    serviceCpu: (after[0] - before[0]) / load.events,
    databaseCpu: (after[1] - before[1]) / load.events,
  };
}

async function fill(client: pg.Client, invoices: number): Promise<void> {
  await client.query(
    `insert into book_invoices (id, kind, number, amount_minor, currency, purpose, customer, state, updated_at)
     select gen_random_uuid(), 'invoice', 'INV-' || n, 1500000, 'AMD', 'Ceramic tiles, 12 m²',
       jsonb_build_object('id', 'C-' || n % 1000, 'name', 'Aram Sargsyan', 'language', 'en', 'phone', null, 'email', null),
       'open', now()
     from generate_series(1, $1) n`,
    [invoices],
  );
}

/** For the floor alone, on the same server, so that its rows are in nobody's way. */
async function emptyDatabase(client: pg.Client, url: string): Promise<string> {
  await client.query("create database floor");
  const floor = url.replace(/[^/]*$/, "floor");
  await migrateUp(floor);
  return floor;
}

/** A promise for each invoice's link, kept when the database has committed it. */
async function hearCommits(client: pg.Client): Promise<(number: string) => Promise<void>> {
  await client.query(`
    create function bench_tell() returns trigger language plpgsql as $$ begin
      perform pg_notify('bench', number) from invoices where id = new.invoice_id;
      return null;
    end $$;
    create trigger bench_tell after insert on links for each row execute function bench_tell();
    listen bench`);
  const waiting = new Map<string, () => void>();
  client.on("notification", ({ payload = "" }) => {
    waiting.get(payload)?.();
    waiting.delete(payload);
  });
  return (number) => new Promise((resolve) => void waiting.set(number, resolve));
}

async function describe(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ version: string; fsync: string; synchronous: string }>(
    `select current_setting('server_version') as version, current_setting('fsync') as fsync,
       current_setting('synchronous_commit') as synchronous`,
  );
  const [{ version, fsync, synchronous } = { version: "?", fsync: "?", synchronous: "?" }] = rows;
  return `PostgreSQL ${version}, fsync ${fsync}, synchronous_commit ${synchronous}`;
}
