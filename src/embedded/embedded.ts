import { closeSync, constants, mkdirSync, openSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { codeOf } from "../error-code.ts";
import { findBinaries, type Origin } from "./binaries.ts";
import { ensureCluster, homeAt, urlOf, type Home } from "./cluster.ts";
import { chooseIdentity } from "./identity.ts";
import { findServer, lastWords, launch, statusOf, type Settings } from "./server.ts";

type EmbeddedPostgres = {
  readonly url: string;
  /** The server was running already, started by another process of ours. */
  readonly adopted: boolean;
  /** Lets go of the server. The last process to let go, or to die, stops it. */
  stop(): Promise<void>;
};

type Options = { readonly database?: string; readonly settings?: Settings; readonly only?: Origin };

/** The database that is there from the first moment; making another costs a quarter of a second. */
const INITDB_MAKES = "postgres";

const POLL_MS = 10;
const PATIENCE_MS = 30_000;
const ATTEMPTS = 3;

/** Real PostgreSQL for a laptop, a demonstration and the tests, in a folder. Production sets DATABASE_URL instead. */
export async function startPostgres(folder: string, options: Options = {}): Promise<EmbeddedPostgres> {
  if (process.platform === "win32") throw new Error("There is no embedded PostgreSQL for Windows: set DATABASE_URL.");
  const home = homeAt(resolve(folder));
  const parent = dirname(home.folder);
  mkdirSync(parent, { recursive: true });
  const binaries = findBinaries(options.only);
  const identity = chooseIdentity(home.folder, [parent, join(binaries, "postgres")]);
  await ensureCluster(home, binaries, identity);

  // Read and write, so that opening the pipe never waits for a reader. Node closes it in every child.
  const hold = openSync(home.holders, constants.O_RDWR);
  try {
    const database = options.database ?? INITDB_MAKES;
    const start = () => launch(home, binaries, identity, options.settings ?? {});
    const { port, adopted } = await bringUpWith(database, home, start);
    return { url: urlOf(home, port, database), adopted, stop: once(() => letGo(home, hold)) };
  } catch (error) {
    closeSync(hold);
    throw error;
  }
}

type Server = { readonly port: number; readonly adopted: boolean };

/** A server that we adopt may have been let go just before we came, and be about to stop: then we begin again. */
async function bringUpWith(database: string, home: Home, start: () => Promise<() => boolean>): Promise<Server> {
  for (let attempts = 1; ; attempts++) {
    const server = await bringUp(home, start);
    try {
      await ensureDatabase(home, server.port, database);
      if (statusOf(home) === "ready") return server;
    } catch (error) {
      if (statusOf(home) === "ready" || attempts === ATTEMPTS) throw error;
    }
  }
}

/** Adopts a server that runs, waits for one that comes or goes, starts one where there is none. */
async function bringUp(home: Home, start: () => Promise<() => boolean>): Promise<Server> {
  const deadline = Date.now() + PATIENCE_MS;
  let ended: (() => boolean) | undefined;
  for (let attempts = 0; Date.now() < deadline; await sleep(POLL_MS)) {
    const seen = await findServer(home);
    if (seen.is === "ready") return { port: seen.port, adopted: ended === undefined };
    if (seen.is === "busy" || ended?.() === false) continue;
    if (attempts++ === ATTEMPTS) break;
    ended = await start();
  }
  throw new Error(
    `The embedded PostgreSQL in ${home.folder} does not start. Remove the folder for an empty database, or set ` +
      `DATABASE_URL. It said:\n${lastWords(home)}`,
  );
}

async function letGo(home: Home, hold: number): Promise<void> {
  closeSync(hold);
  const noticed = Date.now() + 300;
  for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await sleep(POLL_MS)) {
    const status = statusOf(home);
    if (status === "gone" || (status === "ready" && Date.now() > noticed)) return; // stopped, or held by others
  }
}

/** Whoever can connect to a database has it. */
async function ensureDatabase(home: Home, port: number, name: string): Promise<void> {
  if (name === INITDB_MAKES || (await connects(urlOf(home, port, name)))) return;
  await connected(urlOf(home, port, "postgres"), async (admin) => {
    try {
      await admin.query(`create database ${pg.escapeIdentifier(name)}`);
    } catch (error) {
      // Two processes started together: the other one has made it (duplicate_database, or the index behind it).
      if (!["42P04", "23505"].includes(codeOf(error) ?? "")) throw error;
    }
  });
}

async function connects(url: string): Promise<boolean> {
  try {
    await connected(url, async () => undefined);
    return true;
  } catch (error) {
    if (codeOf(error) === "3D000") return false;
    throw error;
  }
}

async function connected(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined); // whoever asks of it is told
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => (result ??= work());
}
