import { readdirSync } from "node:fs";
import { MikroORM } from "@mikro-orm/postgresql";
import pg from "pg";
import { MIGRATIONS, ormConfig } from "./orm-config.ts";

type Migrator = MikroORM["migrator"];

/** One process at a time: the migrator takes no lock, and of three starters one would die of a duplicate row. */
async function underLock<T>(url: string, work: (lock: pg.Client) => Promise<T>): Promise<T> {
  const lock = new pg.Client({ connectionString: url });
  await lock.connect();
  try {
    await lock.query("select pg_advisory_lock(hashtext('migrations'))");
    return await work(lock);
  } finally {
    await lock.end(); // the lock belongs to the session and goes with it, even after kill -9
  }
}

async function useMigrator<T>(url: string, snapshot: boolean, work: (migrator: Migrator) => Promise<T>): Promise<T> {
  const orm = await MikroORM.init(ormConfig(url, { snapshot }));
  try {
    return await work(orm.migrator);
  } finally {
    await orm.close();
  }
}

/** The migrator of a database, for the `migrate` command, alone on it. */
export const withMigrator = async <T>(url: string, work: (migrator: Migrator) => Promise<T>): Promise<T> =>
  underLock(url, () => useMigrator(url, true, work));

/**
 * Brings the schema forward and answers with the names of what ran. Refuses when the schema is newer than this code.
 * The usual start finds nothing to do, and finds that out without loading the migrator.
 */
export const migrateUp = async (url: string): Promise<string[]> =>
  underLock(url, async (lock) => {
    const done = await executed(lock);
    const ours = new Set(
      readdirSync(MIGRATIONS)
        .filter((file) => file.endsWith(".ts"))
        .map((file) => file.slice(0, -".ts".length)),
    );
    const foreign = done.filter((name) => !ours.has(name));
    if (foreign.length > 0) throw new Error(newerSchema(foreign));
    if (done.length === ours.size) return [];
    return useMigrator(url, false, async (migrator) => (await migrator.up()).map(({ name }) => name));
  });

/** Old code on a new schema would write rows that the new code's rules do not expect. It must not start. */
const newerSchema = (names: readonly string[]): string =>
  `this database was migrated by a newer paythread (${names.join(", ")}): nothing was changed; start the newer version`;

async function executed(client: pg.Client): Promise<string[]> {
  const { rows: tables } = await client.query("select to_regclass('mikro_orm_migrations') as found");
  if (!tables.some(({ found }: { found: string | null }) => found !== null)) return [];
  const { rows } = await client.query<{ name: string }>("select name from mikro_orm_migrations order by id");
  return rows.map(({ name }) => name);
}
