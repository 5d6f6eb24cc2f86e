import { readFileSync } from "node:fs";
import { join } from "node:path";
import type pg from "pg";
import { migrateUp } from "../../src/store/migrations.ts";

/** The first process of the server in a folder, the parent of all others. */
export const postmasterOf = (folder: string): number =>
  Number(readFileSync(join(folder, "data/postmaster.pid"), "utf8").split("\n")[0]);

/** For the floor alone, on the same server, so that its rows are in nobody's way. */
export async function emptyDatabase(client: pg.Client, url: string): Promise<string> {
  await client.query("create database floor");
  const floor = url.replace(/[^/]*$/, "floor");
  await migrateUp(floor);
  return floor;
}

/**
 * A promise for each row that is inserted into a table, kept when the database has committed it. `name` is SQL that says
 * which one it is, over the row `new`.
 */
export async function hearCommits(
  client: pg.Client,
  table: string,
  name: string,
): Promise<(name: string) => Promise<void>> {
  await client.query(`
    create function bench_tell() returns trigger language plpgsql as $$ begin
      perform pg_notify('bench', (${name}));
      return null;
    end $$;
    create trigger bench_tell after insert on ${table} for each row execute function bench_tell();
    listen bench`);
  const waiting = new Map<string, () => void>();
  client.on("notification", ({ payload = "" }) => {
    waiting.get(payload)?.();
    waiting.delete(payload);
  });
  return (awaited) => new Promise((resolve) => void waiting.set(awaited, resolve));
}

export async function describe(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ version: string; fsync: string; synchronous: string }>(
    `select current_setting('server_version') as version, current_setting('fsync') as fsync,
       current_setting('synchronous_commit') as synchronous`,
  );
  const [{ version, fsync, synchronous } = { version: "?", fsync: "?", synchronous: "?" }] = rows;
  return `PostgreSQL ${version}, fsync ${fsync}, synchronous_commit ${synchronous}`;
}
