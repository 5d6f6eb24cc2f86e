import type { Logger } from "pino";
import { system } from "../../domain/actor.ts";
import { type Config, ConfigError } from "../config.ts";
import { codeOf } from "../error-code.ts";
import { readPolicy } from "../policy-file.ts";
import type { Clock } from "../ports.ts";
import { CAST_ROLES } from "../sandbox/cast.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";
import { migrateUp } from "../store/migrations.ts";
import type { Database } from "../store/open-database.ts";
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
  const policy = readPolicy(config.policyFile, config.timeZone, config.slack.is === "stand-in" ? CAST_ROLES : {});
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

/** What PostgreSQL and the network say when DATABASE_URL leads nowhere. */
const UNREACHABLE: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nobody listens there",
  ENOTFOUND: "there is no such host",
  ETIMEDOUT: "it does not answer",
  "28P01": "it does not accept the password",
  "28000": "it does not accept the user",
  "3D000": "it has no database of this name",
};

async function migrated({ url, embedded }: Database): Promise<readonly string[]> {
  try {
    return await migrateUp(url);
  } catch (error) {
    const because = UNREACHABLE[codeOf(error) ?? ""];
    if (embedded || because === undefined) throw error;
    throw new ConfigError([
      `DATABASE_URL cannot be used: ${because}. Correct it, or leave it out for a database here.`,
    ]);
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
