import { randomBytes } from "node:crypto";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { startPostgres } from "../src/embedded/embedded.ts";
import { migrateUp } from "../src/store/migrations.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** A server address without a database, and the migrated database that every test file copies. */
    server: string;
    template: string;
  }
}

/** A test database may lose everything in a crash; in exchange it never waits for the disk. Whoever connects is let in. */
const FAST = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  max_connections: "300",
  hba_file: join(import.meta.dirname, "fixtures/pg_hba.conf"),
};

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await startPostgres(".data/test-postgres", { settings: FAST });
  const server = postgres.url.slice(0, postgres.url.lastIndexOf("/"));
  const template = `template_${randomBytes(4).toString("hex")}`;

  const admin = new pg.Client({ connectionString: postgres.url });
  await admin.connect();
  await admin.query(`create database ${template}`);
  await migrateUp(`${server}/${template}`);
  project.provide("server", server);
  project.provide("template", template);

  return async () => {
    const { rows } = await admin.query<{ name: string }>(
      "select datname as name from pg_database where starts_with(datname, $1)",
      [template],
    );
    for (const { name } of rows) await admin.query(`drop database ${name} with (force)`);
    await admin.end();
    await postgres.stop();
  };
}
