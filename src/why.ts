import { parseArgs } from "node:util";
import type { InvoiceName } from "../domain/desk.ts";
import { isLocale, type Locale } from "../domain/locale.ts";
import { nameOf } from "../domain/invoice.ts";
import { statusOf } from "../domain/status.ts";
import { sayNextPart } from "../domain/words/schedule.ts";
import { sayEntry } from "../domain/words/facts.ts";
import { sayStatus } from "../domain/words/status.ts";
import { readInvoiceName } from "../bots/ask.ts";
import { policyInForce } from "./assembly/policy-in-force.ts";
import { complain, type Exit, Misuse, runCommand, say } from "./command.ts";
import { readConfig } from "./config.ts";
import { vposAssumedV1 } from "./providers/vpos/contract.ts";
import { readEntries } from "./store/audit/read.ts";
import { loadInvoice } from "./store/load-invoice.ts";
import { withDatabase } from "./store/with-database.ts";
import { expectingBy } from "./usecases/expect-part.ts";

const HELP = `How an invoice came to its status, from its facts.

  npm run why -- INV-1042              (a deal: deal:77, an order: order:55)
  npm run why -- INV-1042 --lang hy    in Armenian (hy), Russian (ru) or English (en)`;

const OPTIONS = {
  lang: { type: "string", default: "en" },
  help: { type: "boolean", short: "h", default: false },
} as const;

async function why(name: InvoiceName, locale: Locale): Promise<Exit> {
  const config = readConfig(vposAssumedV1);
  const policy = policyInForce(config);
  const { timeZone } = policy;
  return withDatabase(config, async (orm): Promise<Exit> => {
    const key = { crm: "book", ...name };
    const em = orm.em.fork();
    const invoice = (await loadInvoice(em, { key }))?.invoice;
    if (!invoice) {
      complain(`There is no ${nameOf(key)} in the books: nobody has asked for it yet.`);
      return 1;
    }
    const lines = (await readEntries(em, key)).map((entry) => sayEntry(entry, { locale, timeZone }));
    const next = expectingBy({ policy, clock: () => new Date() })(invoice);
    if (next) lines.push(sayNextPart(next, { locale, timeZone }));
    say(`${nameOf(invoice)}: ${sayStatus(statusOf(invoice), locale)}\n${lines.join("\n")}`);
    return 0;
  });
}

async function main(): Promise<Exit> {
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
  const { lang: locale } = values;
  const [text, extra] = positionals;
  if (values.help) {
    say(HELP);
    return 0;
  }
  if (text === undefined) throw new Misuse("Say which invoice.");
  if (extra !== undefined) throw new Misuse(`"${extra}" is one word too many.`);
  const name = readInvoiceName(text);
  if (!name) throw new Misuse(`"${text}" is no invoice: write INV-1042, deal:77 or order:55.`);
  if (!isLocale(locale)) throw new Misuse("--lang must be hy, ru or en.");
  return why(name, locale);
}

await runCommand({ help: HELP }, main);
