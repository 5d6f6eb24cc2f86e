import { MikroORM } from "@mikro-orm/postgresql";
import { migrateUp } from "./migrations.ts";
import { openDatabase } from "./open-database.ts";
import { ormConfig } from "./orm-config.ts";
import { reaching } from "./unreachable.ts";

type Where = { readonly databaseUrl: string | undefined; readonly dataDir: string };

/** The database of the service, for a command: a running one is joined, and otherwise it runs for as long as the command. */
export async function withDatabase<T>(
  { databaseUrl, dataDir }: Where,
  work: (orm: MikroORM) => Promise<T>,
): Promise<T> {
  const database = await openDatabase(databaseUrl, dataDir);
  try {
    await reaching(database, () => migrateUp(database.url));
    const orm = await MikroORM.init(ormConfig(database.url));
    try {
      return await work(orm);
    } finally {
      await orm.close();
    }
  } finally {
    await database.stop();
  }
}
