import { readConfig } from "./config.ts";
import { vposAssumedV1 } from "./providers/vpos/contract.ts";
import { migrateUp, withMigrator } from "./store/migrations.ts";
import { openDatabase } from "./store/open-database.ts";

const HELP = `npm run migrate -- up | pending | check | create <name>
  up       brings the schema forward (the service does this at its start)
  pending  lists what has not run yet
  check    ends with 1 when the tables in the code have moved on from the migrations
  create   writes the next migration from the difference; delete its down: we only go forward`;

/** What a command says, and whether it went well. */
type Result = { readonly says: string; readonly ok: boolean };

async function perform(url: string, command: string, name: string | undefined): Promise<Result> {
  if (command === "up") {
    const ran = await migrateUp(url);
    return { says: ran.length > 0 ? `ran ${ran.join(", ")}` : "nothing to do: the schema is up to date", ok: true };
  }
  return withMigrator(url, async (migrator) => {
    switch (command) {
      case "pending":
        return {
          says: (await migrator.getPending()).map((one) => one.name).join("\n") || "nothing is pending",
          ok: true,
        };
      case "check":
        return (await migrator.checkSchema())
          ? { says: "the tables in the code have moved on: create a migration", ok: false }
          : { says: "the migrations make exactly the tables in the code", ok: true };
      case "create":
        return name === undefined
          ? { says: HELP, ok: false }
          : { says: `wrote ${(await migrator.create(undefined, false, false, name)).fileName}`, ok: true };
      default:
        return { says: HELP, ok: false };
    }
  });
}

const [command = "up", name] = process.argv.slice(2);
const config = readConfig(vposAssumedV1);
const database = await openDatabase(config.databaseUrl, config.dataDir);
try {
  const { says, ok } = await perform(database.url, command, name);
  console.log(says);
  if (!ok) process.exitCode = 1;
} finally {
  await database.stop();
}
