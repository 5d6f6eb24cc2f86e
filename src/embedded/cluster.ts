import { execFile, execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { codeOf } from "../error-code.ts";
import { commandAs, giveFolderTo, type Command, type Identity } from "./identity.ts";

/** What lies in the folder of one database server. */
export type Home = {
  readonly folder: string;
  readonly data: string;
  readonly password: string;
  readonly log: string;
  /** A named pipe. Whoever needs the server holds it open; when nobody does, the server stops. */
  readonly holders: string;
};

const DRAFT = ".new-";
const ABANDONED_MS = 10 * 60_000;

export const homeAt = (folder: string): Home => ({
  folder,
  data: join(folder, "data"),
  password: join(folder, "password"),
  log: join(folder, "postgres.log"),
  holders: join(folder, "holders"),
});

export const urlOf = (home: Home, port: number, database: string): string =>
  `postgres://app:${readFileSync(home.password, "utf8")}@127.0.0.1:${port}/${database}`;

/** Builds the folder beside its place and renames it, so that it is never half there, whoever is killed or races us. */
export async function ensureCluster(home: Home, binaries: string, identity: Identity): Promise<void> {
  if (existsSync(home.data)) return refuseHalf(home);

  sweepDrafts(home);
  const draft = homeAt(mkdtempSync(`${home.folder}${DRAFT}`));
  try {
    writeFileSync(draft.password, randomBytes(24).toString("base64url"), { mode: 0o600 });
    execFileSync("mkfifo", ["-m", "600", draft.holders]);
    giveFolderTo(identity, draft.folder);
    await run(commandAs(identity, join(binaries, "initdb"), initdb(draft)), draft);
    renameSync(draft.folder, home.folder);
  } catch (error) {
    rmSync(draft.folder, { recursive: true, force: true });
    if (existsSync(home.data)) return; // another process has built it meanwhile
    if (["ENOTEMPTY", "EEXIST", "EBUSY"].includes(codeOf(error) ?? ""))
      throw new Error(notOurs(home), { cause: error });
    throw error;
  }
}

function refuseHalf(home: Home): void {
  const missing = [home.password, home.holders].filter((file) => !existsSync(file));
  if (missing.length === 0) return;
  throw new Error(
    `The database folder ${home.folder} has lost ${missing.map((file) => basename(file)).join(" and ")}: ` +
      "restore it from a copy, or remove the whole folder to begin with an empty database.",
  );
}

const notOurs = ({ folder }: Home): string =>
  `${folder} is in use for something else (it is not empty, or it is a mount point): ` +
  "choose another folder inside it or beside it, or set DATABASE_URL.";

/** What starts that were killed have left behind. A start takes seconds, so nobody works on one that is this old. */
function sweepDrafts(home: Home): void {
  const parent = dirname(home.folder);
  const prefix = `${basename(home.folder)}${DRAFT}`;
  for (const name of readdirSync(parent).filter((entry) => entry.startsWith(prefix))) {
    const path = join(parent, name);
    const made = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - made > ABANDONED_MS) rmSync(path, { recursive: true, force: true });
  }
}

const initdb = (home: Home): string[] => [
  `--pgdata=${home.data}`,
  "--username=app",
  `--pwfile=${home.password}`,
  "--auth=scram-sha-256",
  "--encoding=UTF8",
  "--locale=C",
  "--locale-provider=libc",
];

/** Waits without holding the process up: whoever starts us loads the rest of the service meanwhile. */
async function run({ file, args, ...user }: Command, { folder }: Home): Promise<void> {
  try {
    await promisify(execFile)(file, args, { ...user, cwd: folder });
  } catch (cause) {
    const said = stderrOf(cause);
    throw new Error(`The database could not be made, ${basename(file)} failed: ${said} (or set DATABASE_URL)`, {
      cause,
    });
  }
}

const stderrOf = (error: unknown): string => {
  const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : "";
  return said === "" ? String(error) : said;
};
