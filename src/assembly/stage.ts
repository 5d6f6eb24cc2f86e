import { join, resolve } from "node:path";
import type { FastifyInstance } from "fastify";
import pg from "pg";
import type { Logger } from "pino";
import type { Config } from "../config.ts";
import type { Books, Clock } from "../ports.ts";
import { joinSandbox } from "../sandbox/join.ts";
import { createSandbox, type Sandbox } from "../sandbox/sandbox.ts";
import { type Parts, partsOf } from "./parts.ts";
import { bookRows } from "./sample-invoices.ts";

/** The stand-ins of the parts that are not real: hosted here, or by another process on the same data folder. */
export type Stage = {
  readonly parts: Parts;
  /** Null: another process hosts them, or nothing runs as a stand-in. */
  readonly sandbox: Sandbox | null;
  /** Adds the workbench where the stand-ins are. */
  mount(server: FastifyInstance, books: Pick<Books, "recent">): void;
  stop(): Promise<void>;
};

type Needs = {
  readonly databaseUrl: string;
  readonly address: string;
  readonly log: Logger;
  readonly clock: Clock | undefined;
};

const NOTHING_TO_STAGE = { slack: null, telegram: null, vpos: null };

export async function openStage(config: Config, needs: Needs): Promise<Stage> {
  const { slack, telegram, vpos } = config;
  const plays = { slack: slack.is === "stand-in", telegram: telegram.is === "stand-in", vpos: vpos.is === "stand-in" };
  const nothing = { sandbox: null, mount: () => undefined, stop: async () => undefined };
  if (!Object.values(plays).includes(true)) return { parts: partsOf(config, NOTHING_TO_STAGE), ...nothing };
  const stateFile = join(config.dataDir, "sandbox.json");
  const host = await becomeHost(needs.databaseUrl, config.dataDir);
  if (!host) return { parts: partsOf(config, await joinSandbox(stateFile)), ...nothing };
  const { address, log, clock } = needs;
  const sandbox = createSandbox({
    ...plays,
    stateFile,
    serviceUrl: () => address,
    onTrouble: (error) => log.warn(error, "the stand-ins have trouble"),
    ...(clock ? { clock } : {}),
  });
  await sandbox.start();
  return {
    parts: partsOf(config, sandbox),
    sandbox,
    mount: (server, books) => sandbox.workbench(server, { book: () => bookRows(books) }),
    stop: async () => {
      await sandbox.stop();
      await host.end();
    },
  };
}

/** One process of a data folder hosts its stand-ins. The lock goes with the connection, even after kill -9. */
async function becomeHost(databaseUrl: string, dataDir: string): Promise<pg.Client | undefined> {
  const client = new pg.Client({ connectionString: databaseUrl });
  client.on("error", () => undefined);
  await client.connect();
  const values = [`sandbox:${resolve(dataDir)}`];
  const { rows } = await client.query<{ held: boolean }>("select pg_try_advisory_lock(hashtext($1)) as held", values);
  if (rows[0]?.held) return client;
  await client.end();
  return undefined;
}
