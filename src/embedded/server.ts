import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import pg from "pg";
import { codeOf } from "../error-code.ts";
import { urlOf, type Home } from "./cluster.ts";
import { commandAs, type Identity } from "./identity.ts";

export type Settings = Readonly<Record<string, string>>;

export type Seen =
  | { readonly is: "ready"; readonly port: number }
  | { readonly is: "busy" }
  | { readonly is: "absent" };

/**
 * Starts the server and waits beside it on the pipe. `read` returns when the last holder has gone, by `stop()` or by
 * kill -9 alike; SIGINT is PostgreSQL's fast shutdown: roll back, write a checkpoint, exit. A lock file that names its
 * grandparent is a leftover to PostgreSQL, which is how it learns that the process in the file is no server.
 */
const GUARD = `
  holders=$1; stranger=$2; shift 2
  PG_GRANDPARENT_PID=$stranger "$@" </dev/null &
  server=$!
  (read -r _ <"$holders"; kill -INT "$server") &
  watch=$!
  wait "$server"; status=$?
  kill "$watch" 2>/dev/null
  exit "$status"`;

/** Returns a function that tells whether the server has ended again. */
export async function launch(home: Home, binaries: string, identity: Identity, settings: Settings) {
  const all = { ...(await essentials()), ...settings };
  const flags = Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const postgres = [join(binaries, "postgres"), "-D", home.data, ...flags];
  const stranger = String(strangerIn(home) ?? 0);
  const guard = ["-c", GUARD, "guard", home.holders, stranger, ...postgres];
  const { file, args, ...user } = commandAs(identity, "/bin/sh", guard);

  const log = openSync(home.log, "a", 0o600);
  const child = spawn(file, args, { ...user, cwd: home.folder, stdio: ["ignore", log, log], detached: true });
  closeSync(log);
  let ended = false;
  child.on("exit", () => (ended = true)).on("error", () => (ended = true));
  child.unref();
  return () => ended;
}

async function essentials(): Promise<Settings> {
  return {
    port: String(await freePort()),
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: "50",
    shared_buffers: "64MB",
    timezone: "UTC",
    log_timezone: "UTC",
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close();
      if (typeof address === "object" && address) resolve(address.port);
      else reject(new Error("no port"));
    });
  });
}

/** Looks for the server that the lock file names, and asks it: the file may be a leftover and its process another's. */
export async function findServer(home: Home): Promise<Seen> {
  const { pid, port, status } = readLock(home);
  if (!lives(pid) || isStranger(pid)) return { is: "absent" };
  if (status !== "ready") return { is: "busy" }; // starting, stopping
  const is = await ask(urlOf(home, port, "postgres"));
  return is === "ready" ? { is, port } : { is };
}

/** The last words of the server, for an error. */
export const lastWords = (home: Home): string => readOrNothing(home.log).trim().slice(-2000);

/** What the lock file alone says. `gone` comes after the last checkpoint. */
export function statusOf(home: Home): string {
  const { pid, status } = readLock(home);
  return lives(pid) && !isStranger(pid) ? status : "gone";
}

/** A living process that got the number of a server that was killed: usual in containers, where numbers are low. */
function strangerIn(home: Home): number | undefined {
  const { pid } = readLock(home);
  return lives(pid) && isStranger(pid) ? pid : undefined;
}

/** Surely not PostgreSQL. Without /proc nobody can say so. */
function isStranger(pid: number): boolean {
  const name = readOrNothing(`/proc/${pid}/comm`).trim();
  return name !== "" && name !== "postgres";
}

function readLock(home: Home): { pid: number; port: number; status: string } {
  const [pid = "", , , port = "", , , , status = ""] = readOrNothing(join(home.data, "postmaster.pid")).split("\n");
  return { pid: Number(pid), port: Number(port), status: status.trim() };
}

function readOrNothing(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    // ESRCH: a process that ended while we read of it.
    if (["ENOENT", "ESRCH"].includes(codeOf(error) ?? "")) return "";
    throw error;
  }
}

function lives(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}

async function ask(url: string): Promise<Seen["is"]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return "ready";
  } catch (error) {
    return codeOf(error) === "ECONNREFUSED" ? "absent" : "busy";
  } finally {
    await client.end().catch(() => undefined);
  }
}
