import { readdirSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { expect, test } from "vitest";
import { CASES } from "../../domain/cases.ts";
import { ATTEMPT_STATES, LINK_STATES, PAYMENT_HOMES } from "../../domain/states.ts";
import { migrateUp, withMigrator } from "../../src/store/migrations.ts";
import { emptyDatabase, freshDatabase } from "../fresh-database.ts";

const ALL = readdirSync(join(import.meta.dirname, "../../migrations"))
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.replace(".ts", ""));

test("of five copies that start at once one migrates and the others find it done", async () => {
  const url = await emptyDatabase();
  const ran = await Promise.all([1, 2, 3, 4, 5].map(() => migrateUp(url)));
  expect(ALL.length).toBeGreaterThan(2);
  expect(ran.toSorted((a, b) => b.length - a.length)).toEqual([ALL, [], [], [], []]);
});

test("code that is older than the schema refuses to start and changes nothing", async () => {
  const url = await freshDatabase();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(
    "insert into mikro_orm_migrations (name, executed_at) values ('Migration29990101000000_later', now())",
  );
  await client.end();
  await expect(migrateUp(url)).rejects.toThrow(/migrated by a newer paythread.*Migration29990101000000_later/);
});

test("the migrations make exactly the tables that the code describes", async () => {
  expect(await withMigrator(await freshDatabase(), (migrator) => migrator.checkSchema())).toBe(false);
});

// The snapshot knows what the code says and not what the database does: a list that grew in the code alone is found here.
test.each([
  ["cases_kind", Object.keys(CASES)],
  ["links_state", LINK_STATES],
  ["attempts_state", ATTEMPT_STATES],
  ["payments_home", PAYMENT_HOMES],
])("the database takes all of %s and nothing else", async (constraint, values) => {
  const client = new pg.Client({ connectionString: await freshDatabase() });
  await client.connect();
  const { rows } = await client.query<{ check: string }>(
    "select pg_get_constraintdef(oid) as check from pg_constraint where conname = $1",
    [constraint],
  );
  await client.end();
  const listed = [...(rows[0]?.check ?? "").matchAll(/'(\w+)'/g)].map(([, value]) => value);
  expect(new Set(listed)).toEqual(new Set(values));
});
