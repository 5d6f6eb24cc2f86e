import { randomUUIDv7 } from "node:crypto";
import { createReadStream } from "node:fs";
import { parseArgs } from "node:util";
import type { MikroORM } from "@mikro-orm/postgresql";
import { system } from "../domain/actor.ts";
import { readConfig } from "./config.ts";
import { createBook } from "./crm/book/book.ts";
import { CsvProblem } from "./crm/book/csv-text.ts";
import { runImport } from "./crm/book/import-command.ts";
import { sayBook } from "./crm/book/list.ts";
import { createProgress } from "./crm/book/progress.ts";
import { readEntry } from "./http/api/read-entry.ts";
import { readPolicy } from "./policy-file.ts";
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

Importing the same file again changes nothing. It ends with 1 when a row had a mistake.`;

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
    policy: readPolicy(config.policyFile, config.timeZone),
    hears: { merchant: config.invoiceWebhook !== null },
  });
  const act = { actor: system("import"), requestId: `import:${randomUUIDv7()}` };
  return runImport({
    ...how,
    open: () => createReadStream(file),
    read: readEntry,
    book,
    put: async (entry) => (await putInvoice({ books, book }, entry, act)).put,
    progress: (doing) => createProgress(process.stderr, doing),
    say: (text) => console.log(text),
  });
}

/** False: something was wrong, and it was said. */
async function main(): Promise<boolean> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: OPTIONS });
  const [command, file, extra] = positionals;
  if (values.help) {
    console.log(HELP);
    return true;
  }
  if (command === "list" && file === undefined) {
    const most = Math.max(1, Math.trunc(Number(values.limit)) || 1);
    console.log(await withDatabase(readConfig(vposAssumedV1), (orm) => sayBook(orm, most)));
    return true;
  }
  if (command === "import" && file !== undefined && extra === undefined) {
    const config = readConfig(vposAssumedV1);
    const how = { dryRun: values["dry-run"] || values.preview, skipErrors: values["skip-errors"] };
    return withDatabase(config, (orm) => importFile(config, orm, file, how));
  }
  console.error(HELP);
  return false;
}

try {
  if (!(await main())) process.exitCode = 1;
} catch (error) {
  console.error(sentenceOf(error));
  process.exitCode = 1;
}

/** A person reads a sentence; what nobody expected keeps its trace. */
function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const known = error instanceof CsvProblem || error.name === "ConfigError" || "syscall" in error || "code" in error;
  return known ? error.message : (error.stack ?? error.message);
}
