import { join } from "node:path";
import pg from "pg";
import { startPostgres } from "../../src/embedded/embedded.ts";
import { migrateUp } from "../../src/store/migrations.ts";
import { describe, emptyDatabase, hearCommits, postmasterOf } from "./databases.ts";
import { closedLoop, type Event } from "./load.ts";
import { counted, type Row } from "./measured.ts";
import { startFloor, startService, type Started } from "./service.ts";
import { paylink, SIGNING_SECRET, startSlackStub } from "./slack.ts";

/** Long enough for both to compile and for the database's sessions to keep their plans. */
const WARM_UP_S = 4;
const SERVICE_S = 4;
const FLOOR_S = 3;

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
    const commits = await hearCommits(client, "links", "select number from invoices where id = new.invoice_id");
    const settings = {
      DATABASE_URL: postgres.url,
      SLACK_BOT_TOKEN: "xoxb-bench",
      SLACK_API_URL: `${slack.origin}/api/`,
    };
    const start = () => startService(join(folder, "data"), { ...settings, SLACK_SIGNING_SECRET: SIGNING_SECRET });
    const startsMs: number[] = [];
    for (let again = 0; again < 3; again++) {
      await running.pop()?.stop();
      const started = await start();
      running.push(started);
      startsMs.push(started.readyMs);
    }
    const floor = await startFloor(await emptyDatabase(client, postgres.url), { signingSecret: SIGNING_SECRET });
    const [service = floor] = running;
    running.push(floor);
    const postmaster = postmasterOf(join(folder, "postgres"));
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
