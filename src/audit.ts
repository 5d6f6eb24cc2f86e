import { once } from "node:events";
import { parseArgs } from "node:util";
import type { MikroORM } from "@mikro-orm/postgresql";
import { INVOICE_KINDS, type InvoiceKind } from "../domain/invoice.ts";
import { complain, type Exit, Misuse, noSuchCommand, runCommand, say } from "./command.ts";
import { readConfig } from "./config.ts";
import { vposAssumedV1 } from "./providers/vpos/contract.ts";
import { writeCheckpoint } from "./store/audit/checkpoint.ts";
import { exportAudit, isFormat } from "./store/audit/export.ts";
import { verifyAudit } from "./store/audit/verify.ts";
import { withDatabase } from "./store/with-database.ts";

const HELP = `The audit: every fact with who, when and why, in chains that show every change.

  npm run audit -- verify                    reads all of it again; ends with 1 when something was changed
  npm run audit -- verify --root 5f3a…       also looks for a checkpoint whose root you kept outside of the database
  npm run audit -- checkpoint                writes down where every chain stands, and says the root to keep
  npm run -s audit -- export --format csv    writes every entry to standard output (also: json)
  npm run -s audit -- export --format csv --invoice invoice:INV-1042    only those of one invoice`;

const OPTIONS = {
  help: { type: "boolean", short: "h", default: false },
  root: { type: "string" },
  format: { type: "string", default: "csv" },
  invoice: { type: "string" },
} as const;

type Command = (orm: MikroORM) => Promise<Exit>;

/** Waits when the reader of our output is slower than we are. */
async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, "drain");
}

const counted = (many: number, one: string, more: string): string => `${many} ${many === 1 ? one : more}`;

const verify =
  (root: string | undefined): Command =>
  async (orm) => {
    let broken = 0;
    const found = await verifyAudit(orm, {
      root,
      say: (sentence) => {
        broken += 1;
        say(sentence);
      },
    });
    const read = `${counted(found.entries, "entry", "entries")} in ${counted(found.chains, "chain", "chains")}`;
    const checkpoint = found.checkpoint === null ? "no checkpoint yet" : `checkpoint of ${found.checkpoint}`;
    const places = counted(broken, "place", "places");
    say(broken === 0 ? `The audit holds: ${read}, ${checkpoint}` : `The audit is broken in ${places}: ${read}`);
    return broken === 0 ? 0 : 1;
  };

const checkpoint: Command = async (orm) => {
  const last = await writeCheckpoint(orm, () => new Date());
  say(
    last
      ? `The checkpoint of ${last.at} covers ${last.entries} entries. Keep its root where nobody who can write to this database can write:\n${last.root}`
      : "There are no entries yet, and so there is no checkpoint.",
  );
  return 0;
};

/** `deal:77` is a deal, a plain number an invoice. Undefined: it is neither. */
function invoiceIn(text: string): { readonly kind: InvoiceKind; readonly number: string } | undefined {
  const [first = "", ...rest] = text.split(":");
  const kind = rest.length === 0 ? "invoice" : INVOICE_KINDS.find((one) => one === first.toLowerCase());
  const number = rest.length === 0 ? first : rest.join(":");
  return kind === undefined || number === "" ? undefined : { kind, number };
}

function exporting(format: string, named: string | undefined): Command {
  const invoice = named === undefined ? undefined : invoiceIn(named);
  if (!isFormat(format)) throw new Misuse("--format must be csv or json.");
  if (named !== undefined && !invoice)
    throw new Misuse("--invoice must look like invoice:INV-1042, deal:77 or order:55.");
  return async (orm) => {
    const entries = await exportAudit(orm, { format, invoice }, write);
    if (entries > 0 || named === undefined) return 0;
    complain(`No invoice is known as ${named}.`);
    return 1;
  };
}

/** What was asked for. */
function commandIn(): Command | "help" {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: OPTIONS });
  const [command, extra] = positionals;
  if (values.help) return "help";
  if (extra !== undefined) throw new Misuse(`"${extra}" is one word too many.`);
  if (command === "verify") return verify(values.root);
  if (command === "checkpoint") return checkpoint;
  if (command === "export") return exporting(values.format, values.invoice);
  throw noSuchCommand(command);
}

async function main(): Promise<Exit> {
  const command = commandIn();
  if (command !== "help") return withDatabase(readConfig(vposAssumedV1), command);
  say(HELP);
  return 0;
}

await runCommand({ help: HELP }, main);
