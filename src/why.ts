import { parseArgs } from "node:util";
import { isLocale } from "../domain/locale.ts";
import { nameOf } from "../domain/invoice.ts";
import { statusOf } from "../domain/status.ts";
import { sayEntry } from "../domain/words/facts.ts";
import { sayStatus } from "../domain/words/status.ts";
import { readInvoiceName } from "../bots/ask.ts";
import { readConfig } from "./config.ts";
import { readPolicy } from "./policy-file.ts";
import { vposAssumedV1 } from "./providers/vpos/contract.ts";
import { readEntries } from "./store/audit/read.ts";
import { loadInvoice } from "./store/load-invoice.ts";
import { withDatabase } from "./store/with-database.ts";

const HELP = `How an invoice came to its status, from its facts.

  npm run why -- INV-1042              (a deal: deal:77, an order: order:55)
  npm run why -- INV-1042 --lang hy    in Armenian (hy), Russian (ru) or English (en)`;

const { values, positionals } = parseArgs({
  options: { lang: { type: "string", default: "en" }, help: { type: "boolean", short: "h", default: false } },
  allowPositionals: true,
});

const name = readInvoiceName(positionals[0] ?? "");
const { lang: locale } = values;
if (!name || !isLocale(locale) || values.help) {
  process.stderr.write(`${HELP}\n`);
  process.exitCode = values.help ? 0 : 2;
} else {
  const config = readConfig(vposAssumedV1);
  const { timeZone } = readPolicy(config.policyFile, config.timeZone);
  process.exitCode = await withDatabase(config, async (orm) => {
    const key = { crm: "book", ...name };
    const em = orm.em.fork();
    const invoice = (await loadInvoice(em, { key }))?.invoice;
    if (!invoice) {
      process.stderr.write(`There is no ${nameOf(key)} in the books: nobody has asked for it yet.\n`);
      return 1;
    }
    const lines = (await readEntries(em, key)).map((entry) => sayEntry(entry, { locale, timeZone }));
    process.stdout.write(`${nameOf(invoice)}: ${sayStatus(statusOf(invoice), locale)}\n${lines.join("\n")}\n`);
    return 0;
  });
}
