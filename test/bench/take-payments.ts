import { loadavg } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { startPostgres } from "../../src/embedded/embedded.ts";
import { migrateUp } from "../../src/store/migrations.ts";
import { caughtUp, countOf, type Counted, forgetPaced } from "./count-payments.ts";
import { describe, emptyDatabase, hearCommits, postmasterOf } from "./databases.ts";
import { type Killed, killInTheMiddle } from "./kill.ts";
import { closedLoop, type Event, openLoop } from "./load.ts";
import { counted, type Row, spentBy } from "./measured.ts";
import { fillOwed } from "./owed.ts";
import { startFloor, startService, type Started } from "./service.ts";
import { SIGNING_SECRET, startSlackStub } from "./slack.ts";
import { deliver, deliveries, type Delivery, startVposStub, WEBHOOK_SECRET } from "./vpos.ts";

const WARM_UP_S = 3;
const SERVICE_S = 3;
const FLOOR_S = 2;

/** Events a second from outside, whether or not we keep up. */
const OFFERED = 100;

/** How many deliveries come while the service is killed and started again. */
const AMID_KILL = 300;

/** Until the CRM had been told of the last payment, from its commit; and the CPU of all of it, an event. */
type Following = { readonly ms: number; readonly serviceCpu: number; readonly databaseCpu: number };

export type TakingRow = Row & { readonly following: Following };
export type Taking = {
  readonly rows: readonly TakingRow[];
  readonly offered: TakingRow;
  readonly killed: Killed;
  readonly end: Counted;
  readonly database: string;
  readonly load: number;
};

/**
 * W2: a signed webhook over HTTP, until the payment that the provider then confirms is applied, audited and committed, with
 * the CRM's effect queued. An event is a delivery; one about a payment that was told of before is over with its answer. At the
 * end, also of a run in which the service is killed, every payment is counted.
 */
export async function takePayments(folder: string, invoices: number, clients: readonly number[]): Promise<Taking> {
  const [load = Number.NaN] = loadavg();
  const postgres = await startPostgres(join(folder, "postgres"));
  const slack = await startSlackStub();
  const vpos = await startVposStub();
  const client = new pg.Client({ connectionString: postgres.url });
  const running: Started[] = [];
  try {
    await migrateUp(postgres.url);
    await client.connect();
    await fillOwed(client, invoices);
    const commits = await hearCommits(client, "payments", "new.reference");
    const settings = { ...settingsFor(slack.origin, vpos.origin), DATABASE_URL: postgres.url };
    const start = async (more: Readonly<Record<string, string>> = {}): Promise<Started> => {
      const started = await startService(join(folder, "data"), { ...settings, ...more });
      running.push(started);
      return started;
    };
    const service = await start();
    const floorUrl = await floorDatabase(client, postgres.url, invoices);
    const secrets = { signingSecret: SIGNING_SECRET, webhookSecret: WEBHOOK_SECRET, vposOrigin: vpos.origin };
    const floor = await startFloor(floorUrl, secrets);
    running.push(floor);

    const told = new Set<string>();
    const next = deliveries(invoices);
    const take = paying(service.address, () => heard(told, next()), commits);
    const least = answered(floor.address, deliveries(invoices));
    const postmaster = postmasterOf(join(folder, "postgres"));
    const measured = await measure({ service, floor, postmaster, client, take, least, clients });
    await floor.stop();
    await service.stop();
    const amid = Array.from({ length: AMID_KILL }, () => heard(told, next()));
    const killed = await killInTheMiddle(client, amid, () => start({ LEASE_SECONDS: "3" }));
    return { ...measured, killed, end: await countOf(client, [...told]), database: await describe(client), load };
  } finally {
    for (const one of running) await one.stop();
    await slack.stop();
    await vpos.stop();
    await client.end();
    await postgres.stop();
  }
}

const settingsFor = (slackOrigin: string, vposOrigin: string): Record<string, string> => ({
  SLACK_BOT_TOKEN: "xoxb-bench",
  SLACK_API_URL: `${slackOrigin}/api/`,
  SLACK_SIGNING_SECRET: SIGNING_SECRET,
  VPOS_BASE_URL: vposOrigin,
  VPOS_API_TOKEN: "a token of the bench alone",
  VPOS_WEBHOOK_SECRET: WEBHOOK_SECRET,
  VPOS_AMD_EXPONENT: "2",
});

async function floorDatabase(client: pg.Client, url: string, invoices: number): Promise<string> {
  const floor = new pg.Client({ connectionString: await emptyDatabase(client, url) });
  await floor.connect();
  await fillOwed(floor, invoices);
  await floor.end();
  return url.replace(/[^/]*$/, "floor");
}

const heard = (told: Set<string>, delivery: Delivery): Delivery => {
  told.add(delivery.reference);
  return delivery;
};

type Fire = () => Promise<Event>;

const paying =
  (address: string, next: () => Delivery, commits: (reference: string) => Promise<void>): Fire =>
  async () => {
    const delivery = next();
    const startedAt = performance.now();
    const committed = delivery.first ? commits(delivery.reference) : undefined;
    const { acknowledged } = await answered(address, () => delivery)();
    await committed;
    return { acknowledged, committed: committed ? performance.now() - startedAt : acknowledged };
  };

/** Over with its answer, as the floor's is. */
const answered =
  (address: string, next: () => Delivery): Fire =>
  async () => {
    const startedAt = performance.now();
    const status = await deliver(address, next());
    if (status !== 200) throw new Error(`a webhook was answered ${status}`);
    const took = performance.now() - startedAt;
    return { acknowledged: took, committed: took };
  };

type Stage = {
  readonly service: Started;
  readonly floor: Started;
  readonly postmaster: number;
  readonly client: pg.Client;
  readonly take: Fire;
  readonly least: Fire;
  readonly clients: readonly number[];
};

/** Floor and service take turns, and nobody begins before the other's work is done to its end. */
async function measure(stage: Stage): Promise<Pick<Taking, "rows" | "offered">> {
  const { client, take, least, clients } = stage;
  await closedLoop(16, WARM_UP_S, take);
  await caughtUp(client);
  await forgetPaced(client);
  await closedLoop(16, WARM_UP_S / 2, least);
  const rows: TakingRow[] = [];
  for (const many of clients) rows.push(await turn(stage, many, (fire, seconds) => closedLoop(many, seconds, fire)));
  const offered = await turn(stage, OFFERED, (fire, seconds) => openLoop(OFFERED, seconds, fire));
  return { rows, offered };
}

type Loop = (fire: Fire, seconds: number) => ReturnType<typeof closedLoop>;

async function turn(stage: Stage, clients: number, loop: Loop): Promise<TakingRow> {
  const { service: process, floor: under, postmaster, client, take, least } = stage;
  const floor = await counted(under.pid, postmaster, () => loop(least, FLOOR_S));
  const spent = spentBy(process.pid, postmaster);
  const service = await counted(process.pid, postmaster, () => loop(take, SERVICE_S));
  const committedAt = performance.now();
  await caughtUp(client);
  const ms = performance.now() - committedAt;
  const all = spent();
  await forgetPaced(client);
  const following = { ms, serviceCpu: all.service / service.events, databaseCpu: all.database / service.events };
  return { clients, floor, service, following };
}
