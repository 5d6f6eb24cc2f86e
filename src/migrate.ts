import { type Exit, Misuse, noSuchCommand, runCommand, say } from "./command.ts";
import { readConfig } from "./config.ts";
import { vposAssumedV1 } from "./providers/vpos/contract.ts";
import { migrateUp, withMigrator } from "./store/migrations.ts";
import { openDatabase } from "./store/open-database.ts";
import { reaching } from "./store/unreachable.ts";

const HELP = `npm run migrate -- up | pending | check | create <name>
  up       brings the schema forward (the service does this at its start)
  pending  lists what has not run yet
  check    ends with 1 when the tables in the code have moved on from the migrations
  create   writes the next migration from the difference; delete its down: we only go forward`;

/** What a command says, and whether it went well. */
type Result = { readonly says: string; readonly ok: boolean };
type Command = (url: string, name: string | undefined) => Promise<Result>;

const up: Command = async (url) => {
  const ran = await migrateUp(url);
  return { says: ran.length > 0 ? `ran ${ran.join(", ")}` : "nothing to do: the schema is up to date", ok: true };
};

const pending: Command = (url) =>
  withMigrator(url, async (migrator) => {
    const names = (await migrator.getPending()).map((one) => one.name);
    return { says: names.join("\n") || "nothing is pending", ok: true };
  });

const check: Command = (url) =>
  withMigrator(url, async (migrator) =>
    (await migrator.checkSchema())
      ? { says: "the tables in the code have moved on: create a migration", ok: false }
      : { says: "the migrations make exactly the tables in the code", ok: true },
  );

const create: Command = (url, name) => {
  if (name === undefined) throw new Misuse("Say what the migration is called.");
  return withMigrator(url, async (migrator) => ({
    says: `wrote ${(await migrator.create(undefined, false, false, name)).fileName}`,
    ok: true,
  }));
};

const COMMANDS = new Map(Object.entries({ up, pending, check, create }));

async function main(): Promise<Exit> {
  const [verb = "up", name] = process.argv.slice(2);
  const command = COMMANDS.get(verb);
  if (!command) throw noSuchCommand(verb);
  const config = readConfig(vposAssumedV1);
  const database = await openDatabase(config.databaseUrl, config.dataDir);
  try {
    const { says, ok } = await reaching(database, () => command(database.url, name));
    say(says);
    return ok ? 0 : 1;
  } finally {
    await database.stop();
  }
}

await runCommand({ help: HELP }, main);
