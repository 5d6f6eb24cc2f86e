import { join } from "node:path";
import { Migrator } from "@mikro-orm/migrations";
import { defineConfig } from "@mikro-orm/postgresql";
import { PreparingClient } from "../sql.ts";
import { TABLES } from "./tables/tables.ts";

export const MIGRATIONS = join(import.meta.dirname, "../../migrations");

/** A connection that lives too long keeps the query plans of yesterday's table sizes. */
const CONNECTION_LIFETIME_S = 1800;

/** From a database address to MikroORM's configuration: the one place that knows both. */
export const ormConfig = (url: string, { snapshot = false } = {}) =>
  defineConfig({
    clientUrl: url,
    entities: TABLES,
    extensions: [Migrator],
    forceUtcTimezone: true,
    ignoreUndefinedInQuery: false,
    pool: { min: 0, max: 10 },
    driverOptions: { maxLifetimeSeconds: CONNECTION_LIFETIME_S, Client: PreparingClient },
    schemaGenerator: { skipTables: [/^outbox_/] }, // written by hand: see the migration
    migrations: {
      path: MIGRATIONS,
      pathTs: MIGRATIONS,
      emit: "ts",
      snapshot, // only for who writes migrations: `up` would write into the folder of the code at every new database
      snapshotName: ".snapshot", // the default is the database's name, so every test database would leave one
      silent: true, // what ran is logged by whoever migrates
      transactional: true,
      allOrNothing: true,
    },
  });
