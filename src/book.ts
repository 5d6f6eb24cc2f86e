import { randomUUIDv7 } from "node:crypto";
import { createReadStream } from "node:fs";
import { access, constants, stat } from "node:fs/promises";
import { parseArgs } from "node:util";
import type { MikroORM } from "@mikro-orm/postgresql";
import { system } from "../domain/actor.ts";
import { policyInForce } from "./assembly/policy-in-force.ts";
import { type Exit, Misuse, noSuchCommand, runCommand, say } from "./command.ts";
import { readConfig } from "./config.ts";
import { createBook } from "./crm/book/book.ts";
import { runImport } from "./crm/book/import-command.ts";
import { sayBook } from "./crm/book/list.ts";
import { createProgress } from "./crm/book/progress.ts";
import { readEntry } from "./http/api/read-entry.ts";
import { vposAssumedV1 } from "./providers/vpos/contract.ts";
import { createBooks } from "./store/books.ts";
import { newToken } from "./store/invitations.ts";
import { withDatabase } from "./store/with-database.ts";
import { putInvoice } from "./usecases/put-invoice.ts";

const HELP = `The invoice book: the CRM of a merchant who has none.

  npm run book -- import file.csv             look at every row, then put all of them into the book
  npm run book -- import file.csv --dry-run   only say what would be created and changed (also --preview)
  npm run book -- import file.csv --skip-errors   leave out the rows with mistakes
  npm run book -- list [--limit 50]           what is in the book, the last changed first

The first line of the file names its columns, in any order:
  number, amount, currency, purpose, customer_id, customer_name
  and if you like: kind (invoice, deal or order), customer_phone, customer_email, customer_language (hy, ru or en),
  owner_id, owner_name, owner_slack_user_id, state (open, cancelled, or settled: paid elsewhere)

Importing the same file again changes nothing. It ends with 1 when a row had a mistake or something failed, with 2 when
what was typed cannot be done.`;

const OPTIONS = {
  help: { type: "boolean", short: "h", default: false },
  "dry-run": { type: "boolean", default: false },
  preview: { type: "boolean", default: false },
  "skip-errors": { type: "boolean", default: false },
  limit: { type: "string", default: "50" },
} as const;

type Config = ReturnType<typeof readConfig>;

type How = { readonly dryRun: boolean; readonly skipErrors: boolean };

async function importFile(config: Config, orm: MikroORM, file: string, how: How): Promise<boolean> {
  const shared = { orm, clock: () => new Date(), ids: { id: () => randomUUIDv7(), token: newToken } };
  const book = createBook(shared);
  const books = createBooks({
    ...shared,
    policy: policyInForce(config),
    hears: { merchant: config.invoiceWebhook !== null, ops: true },
  });
  const act = { actor: system("import"), requestId: `import:${randomUUIDv7()}` };
  return runImport({
    ...how,
    open: () => createReadStream(file),
    read: readEntry,
    book,
    put: async (entry) => (await putInvoice({ books, book }, entry, act)).put,
    progress: (doing) => createProgress(process.stderr, doing),
    say,
  });
}

/** Looked at before a database is opened: a slip in a name is answered at once. */
async function checkFile(file: string): Promise<void> {
  await access(file, constants.R_OK);
  if ((await stat(file)).isDirectory()) throw new Error(`${file} is a folder, not a file.`);
}

function limitIn(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new Misuse("--limit must be a number of invoices such as 50.");
  return Number(text);
}

async function main(): Promise<Exit> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: OPTIONS });
  const [command, file, ...extra] = positionals;
  if (values.help) {
    say(HELP);
    return 0;
  }
  if (command !== "list" && command !== "import") throw noSuchCommand(command);
  const tooMany = command === "list" ? file : extra[0];
  if (tooMany !== undefined) throw new Misuse(`"${tooMany}" is one word too many.`);
  if (command === "list") return list(limitIn(values.limit));
  if (file === undefined) throw new Misuse("Say which file: npm run book -- import file.csv");
  await checkFile(file);
  const config = readConfig(vposAssumedV1);
  const how = { dryRun: values["dry-run"] || values.preview, skipErrors: values["skip-errors"] };
  return (await withDatabase(config, (orm) => importFile(config, orm, file, how))) ? 0 : 1;
}

async function list(most: number): Promise<Exit> {
  say(await withDatabase(readConfig(vposAssumedV1), (orm) => sayBook(orm, most)));
  return 0;
}

await runCommand({ help: HELP }, main);
