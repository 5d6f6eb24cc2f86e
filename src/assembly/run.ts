import type { Logger } from "pino";
import { system } from "../../domain/actor.ts";
import { type Config, ConfigError } from "../config.ts";
import { codeOf } from "../error-code.ts";
import type { Clock } from "../ports.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";
import { migrateUp } from "../store/migrations.ts";
import type { Database } from "../store/open-database.ts";
import { reaching, Unreachable } from "../store/unreachable.ts";
import { policyInForce } from "./policy-in-force.ts";
import { holdPort } from "./port.ts";
import { stockBook } from "./sample-invoices.ts";
import { openStage } from "./stage.ts";
import { assembleService } from "./service.ts";

export type Run = {
  /** Where it listens. */
  readonly address: string;
  readonly publicUrl: string;
  readonly database: string;
  readonly workbench: string | null;
  /** Null: nothing runs as a stand-in here. */
  readonly sandbox: Sandbox | null;
  readonly service: Awaited<ReturnType<typeof assembleService>>;
  stop(): Promise<void>;
};

type Options = { readonly log: Logger; readonly database: Database; readonly clock?: Clock };

/** Builds and starts everything a configuration asks for on a database that is up: stand-ins, service. `stop` goes in reverse. */
export async function run(config: Config, { log, database, clock }: Options): Promise<Run> {
  const policy = policyInForce(config);
  const { port, release } = await holdPort(config.port);
  const address = `http://${config.host.includes(":") ? `[${config.host}]` : config.host}:${port}`;
  const publicUrl = config.publicUrl ?? address;
  // The stand-ins need no tables of ours: they are built while the schema is brought forward.
  const [ran, stage] = await Promise.all([
    migrated(database),
    openStage(config, { databaseUrl: database.url, address, log, clock }),
  ]);
  if (ran.length > 0) log.info({ ran }, "migrated");
  const { parts } = stage;
  const { apiTokens, invoiceWebhook, leaseSeconds } = config;
  const around = { policy, parts, publicUrl, apiTokens, invoiceWebhook, leaseSeconds, log, clock: clock ?? null };
  const service = await assembleService({ ...around, databaseUrl: database.url });
  stage.mount(service.server, service.needs.books);
  await service.needs.books.adoptPolicy({ actor: system("policy"), requestId: "start" });
  if (config.slack.is === "stand-in") await stockBook(service);
  await release();
  await listen(service.server, config.host, port);
  await service.receive();
  return {
    address,
    publicUrl,
    database: database.embedded ? `embedded PostgreSQL in ${config.dataDir}` : "the PostgreSQL of DATABASE_URL",
    workbench: stage.sandbox ? `${address}/sandbox` : null,
    sandbox: stage.sandbox,
    service,
    stop: async () => {
      await service.stop();
      await stage.stop();
      await database.stop();
    },
  };
}

async function migrated(database: Database): Promise<readonly string[]> {
  try {
    return await reaching(database, () => migrateUp(database.url));
  } catch (error) {
    throw error instanceof Unreachable ? new ConfigError([error.message]) : error;
  }
}

async function listen(server: Run["service"]["server"], host: string, port: number): Promise<void> {
  try {
    await server.listen({ host, port });
  } catch (error) {
    if (codeOf(error) !== "EADDRINUSE") throw error;
    throw new ConfigError([`Port ${port} is taken, perhaps by another paythread: stop it, or set PORT to a free one.`]);
  }
}
